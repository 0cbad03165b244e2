import { describe, expect, it } from 'vitest';
import { type Booking, NO_PERSON, type PriorRecord, type ReasonCode } from '../src/domain/index.ts';
import { decideMatchReview, type ReviewDecision } from '../src/review.ts';
import {
  addPrintCheck,
  bookingId,
  currentLink,
  currentPrintCheck,
  getWarrant,
  history,
  insertWarrants,
  openReview,
  openReviews,
  priorId,
  type Store,
  upsertBookings,
  upsertPriors,
  warrantId,
} from '../src/store/index.ts';
import { aWarrant, openTestStore } from './support/store.ts';

const ID = warrantId('court:1');
const BOOKING: Booking = {
  kind: 'booking',
  system: 'jail',
  number: 'BK1',
  caseNumbers: [],
  charges: [],
  person: NO_PERSON,
};
const prior = (number: string): PriorRecord => ({
  system: 'records',
  number,
  cii: `A${number}`,
  person: NO_PERSON,
});
const [CLAIMED, CANDIDATE, STRANGER] = ['1', '2', '3'].map(prior) as [PriorRecord, PriorRecord, PriorRecord];

/** A warrant that waits for a person, with the question and the print check it was asked about. */
async function asked(code: ReasonCode): Promise<{ store: Store; question: number }> {
  const { store } = await openTestStore();
  await store.transaction('match', async (unit) => {
    const facts = aWarrant();
    const warrant = { identityKey: 'court:1', source: 'court', county: 'Example', facts, recordId: null };
    await insertWarrants(unit, [{ ...warrant, state: 'review', reason: code }]);
    await upsertBookings(unit, [BOOKING]);
    await upsertPriors(unit, [CLAIMED, CANDIDATE, STRANGER]);
    await addPrintCheck(unit, {
      warrant_id: ID,
      version: 1,
      verdict: 'found',
      code,
      sentence: 'The print resembles a record.',
      print_id: null,
      claimed_record_id: priorId(CLAIMED),
      score: 12,
      fmr: 0.0001,
      log10_lr: 4,
      quality: 80,
      thresholds: '{}',
      algorithm: 'test',
      candidates: JSON.stringify([{ priorId: priorId(CANDIDATE), score: 9 }]),
      cii: null,
      fbi: null,
    });
    await openReview(unit, { warrantId: ID, version: 1, stage: 'match', code, sentence: 'Who is it?' });
  });
  const [review] = await openReviews(store.db);
  return { store, question: review!.id };
}

const decide = (store: Store, question: number, decision: ReviewDecision) =>
  decideMatchReview(store, 'A. Clerk', question, decision, 'seen on paper');

describe("A person's decision", () => {
  it('to attach a booking makes the link certain, in the name of who decided', async () => {
    const { store, question } = await asked('LNK-REVIEW');
    await decide(store, question, { kind: 'attach', bookingId: bookingId(BOOKING) });
    expect(await currentLink(store.db, ID)).toMatchObject({
      kind: 'certain',
      rule: 'decided',
      booking_id: bookingId(BOOKING),
      decided_by: 'A. Clerk',
    });
    expect((await getWarrant(store.db, ID))?.state).toBe('linked');
    const trail = await history(store.db, 'review', String(question));
    expect(trail.at(-1)).toMatchObject({ actor: 'A. Clerk', action: 'review.decide', outcome: 'success' });
  });

  it('that no booking belongs to it lets it go on without a print', async () => {
    const { store, question } = await asked('LNK-REVIEW');
    await decide(store, question, { kind: 'no-booking' });
    expect(await currentLink(store.db, ID)).toMatchObject({ kind: 'none', rule: 'decided' });
  });

  const confirms = (store: Store, question: number, who: string, record: PriorRecord) =>
    decideMatchReview(store, who, question, { kind: 'confirm', recordId: priorId(record) });

  it('to confirm the record that the booking claims packs its number', async () => {
    const { store, question } = await asked('PRT-REVIEW');
    expect(await confirms(store, question, 'A. Examiner', CLAIMED)).toBe('decided');
    expect(await currentPrintCheck(store.db, ID)).toMatchObject({ verdict: 'verified', cii: CLAIMED.cii });
    expect((await getWarrant(store.db, ID))?.state).toBe('verified');
  });

  it.each<[string, ReasonCode, PriorRecord]>([
    ['what a search found', 'PRT-FOUND', CANDIDATE],
    ['another record than the claimed one', 'PRT-REVIEW', CANDIDATE],
  ])('to confirm %s takes two examiners', async (_which, code, record) => {
    const { store, question } = await asked(code);
    expect(await confirms(store, question, 'A. Examiner', record)).toBe('second-examiner');
    expect((await getWarrant(store.db, ID))?.state).toBe('review');
    expect(await openReviews(store.db)).toHaveLength(1);
    // The same person once more, however the name is spelt, is no second one.
    const again = confirms(store, question, 'a  examiner', record);
    await expect(again).rejects.toMatchObject({ code: 'SAME-EXAMINER' });
    expect(await confirms(store, question, 'B. Examiner', record)).toBe('decided');
    expect(await currentPrintCheck(store.db, ID)).toMatchObject({ verdict: 'verified', cii: record.cii });
    expect((await getWarrant(store.db, ID))?.state).toBe('verified');
    const trail = await history(store.db, 'review', String(question));
    expect(trail.map(({ actor, action }) => [actor, action])).toEqual([
      ['A. Examiner', 'review.opinion'],
      ['B. Examiner', 'review.opinion'],
      ['B. Examiner', 'review.decide'],
    ]);
  });

  it('stays open while two examiners name different records, and a changed mind no longer counts', async () => {
    const { store, question } = await asked('PRT-FOUND');
    expect(await confirms(store, question, 'A. Examiner', CANDIDATE)).toBe('second-examiner');
    expect(await confirms(store, question, 'A. Examiner', CLAIMED)).toBe('second-examiner');
    expect(await confirms(store, question, 'B. Examiner', CANDIDATE)).toBe('second-examiner');
    expect((await getWarrant(store.db, ID))?.state).toBe('review');
    expect(await confirms(store, question, 'C. Examiner', CANDIDATE)).toBe('decided');
  });

  it('to confirm a record the print was never held against is refused: it may be a typing error', async () => {
    const { store, question } = await asked('PRT-FOUND');
    const wrong = decide(store, question, { kind: 'confirm', recordId: priorId(STRANGER) });
    await expect(wrong).rejects.toMatchObject({ code: 'DECISION-NOT-ALLOWED' });
    expect((await getWarrant(store.db, ID))?.state).toBe('review');
    expect(await openReviews(store.db)).toHaveLength(1);
  });

  it('to send without the print takes print and number off', async () => {
    const { store, question } = await asked('PRT-MISMATCH');
    await decide(store, question, { kind: 'send-without-print' });
    expect(await currentPrintCheck(store.db, ID)).toMatchObject({
      verdict: 'none',
      print_id: null,
      cii: null,
    });
  });

  it('to keep it is an end that sends nothing', async () => {
    const { store, question } = await asked('PRT-MISMATCH');
    await decide(store, question, { kind: 'keep' });
    expect(await getWarrant(store.db, ID)).toMatchObject({ state: 'not-selected', reason: 'SYS-DECISION' });
  });

  it('counts once: of two clicks the second is refused', async () => {
    const { store, question } = await asked('LNK-REVIEW');
    const click = () => decide(store, question, { kind: 'no-booking' });
    const clicks = await Promise.allSettled([click(), click()]);
    expect(clicks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each<[ReasonCode, ReviewDecision]>([
    ['PRT-MISMATCH', { kind: 'confirm', recordId: priorId(CLAIMED) }],
    ['LNK-REVIEW', { kind: 'send-without-print' }],
    ['PRT-REVIEW', { kind: 'no-booking' }],
  ])('of a kind that does not answer %s is refused', async (code, decision) => {
    const { store, question } = await asked(code);
    await expect(decide(store, question, decision)).rejects.toMatchObject({ code: 'DECISION-NOT-ALLOWED' });
  });

  it('about a version that is no longer is refused', async () => {
    const { store, question } = await asked('LNK-REVIEW');
    await store.db('warrants').where({ id: ID }).update({ version: 2 });
    const late = decide(store, question, { kind: 'no-booking' });
    await expect(late).rejects.toMatchObject({ code: 'STALE-QUESTION' });
  });
});
