import { OFF_FILE_STATES, type PriorRecord, type ReasonCode, sameSigner } from './domain/index.ts';
import { BenchlinkError } from './errors.ts';
import { closeRemovalAlerts } from './removal-alerts.ts';
import {
  addLink,
  addOpinion,
  addPrintCheck,
  currentPrintCheck,
  decideReview,
  getBooking,
  getPrior,
  getReview,
  getWarrant,
  move,
  type OpinionRow,
  opinionsOf,
  type PrintCheckRow,
  type ReviewRow,
  type Store,
  type Unit,
  type WarrantRow,
} from './store/index.ts';
import { removedByTelephone, type Word } from './transmit/by-telephone.ts';

/**
 * What a person may decide of a question the match stage asked.
 * - `attach`: this booking is the warrant's origin (the print check then runs on it);
 * - `no-booking`: none of them is;
 * - `confirm`: the prior record is this person's; its number is packed;
 * - `send-without-print`: the warrant goes out without print and number;
 * - `keep`: it stays here, and a record of it at the destination is taken back; the question is answered for good;
 * - `removed`: the record no message takes off is gone, on the word of somebody at the destination;
 * - `done`: what the destination told us has been dealt with; the warrant stays where it stands.
 */
export type ReviewDecision =
  | { readonly kind: 'attach'; readonly bookingId: string }
  | { readonly kind: 'no-booking' }
  | { readonly kind: 'confirm'; readonly recordId: string }
  | { readonly kind: 'send-without-print' }
  | { readonly kind: 'keep' }
  | ({ readonly kind: 'removed' } & Word)
  | { readonly kind: 'done' };

const ALLOWED: Partial<Record<ReasonCode, readonly ReviewDecision['kind'][]>> = {
  'LNK-REVIEW': ['attach', 'no-booking', 'keep'],
  'PRT-REVIEW': ['confirm', 'send-without-print', 'keep'],
  'PRT-FOUND': ['confirm', 'send-without-print', 'keep'],
  'PRT-MISMATCH': ['send-without-print', 'keep'],
  'DST-ONFILE': ['keep'],
  // A record on file that the policy no longer sends (ingest/apply/changes.ts); --stands is the other answer.
  'WAR-NOT-FTA': ['keep'],
  'WAR-NOT-SELECTED': ['keep'],
  'WAR-LEVEL-BARRED': ['keep'],
  'DST-PURGED': ['done'],
  'WAR-SERVED': ['done'],
  'RCL-REFUSED': ['removed'],
};

/** Answers that are about a record at the destination, wherever its warrant stands. */
const ABOUT_RECORDS: readonly ReviewDecision['kind'][] = ['done', 'removed'];

interface Case {
  readonly unit: Unit;
  readonly review: ReviewRow;
  readonly warrant: WarrantRow;
}

async function relink({ unit, warrant }: Case, bookingId: string | null, why: string): Promise<void> {
  if (bookingId && !(await getBooking(unit.trx, bookingId))) {
    throw new BenchlinkError('usage', 'NOT-FOUND', `There is no booking ${bookingId}.`);
  }
  await addLink(unit, {
    warrant_id: warrant.id,
    version: warrant.version,
    booking_id: bookingId,
    kind: bookingId ? 'certain' : 'none',
    rule: 'decided',
    probability: null,
    explanation: JSON.stringify({ why, rows: null }),
    decided_by: unit.actor,
  });
  await move(unit, { id: warrant.id, from: 'review', to: 'linked', code: 'SYS-DECISION' });
}

async function recheck(c: Case, change: Partial<PrintCheckRow>): Promise<void> {
  const last = await currentPrintCheck(c.unit.trx, c.warrant.id);
  if (!last)
    throw new BenchlinkError(
      'fault',
      'NO-PRINT-CHECK',
      `Warrant ${c.warrant.id} has no print check to decide on.`,
    );
  const { id: _id, created_at: _at, ...rest } = last;
  await addPrintCheck(c.unit, { ...rest, version: c.warrant.version, ...change });
  await move(c.unit, { id: c.warrant.id, from: 'review', to: 'verified', code: 'SYS-DECISION' });
}

/** The records the print was held against: only one of them can be what an examiner has seen agree. */
function recordsCompared(check: PrintCheckRow): string[] {
  const candidates = JSON.parse(check.candidates) as { readonly priorId: string }[];
  return [...(check.claimed_record_id ? [check.claimed_record_id] : []), ...candidates.map((c) => c.priorId)];
}

/** The record an examiner confirms. @throws BenchlinkError NOT-FOUND, DECISION-NOT-ALLOWED */
async function recordToConfirm(
  c: Case,
  recordId: string,
): Promise<{ readonly id: string; readonly record: PriorRecord }> {
  const prior = await getPrior(c.unit.trx, recordId);
  if (!prior) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no prior record ${recordId}.`);
  const check = await currentPrintCheck(c.unit.trx, c.warrant.id);
  const compared = check ? recordsCompared(check) : [];
  if (!compared.includes(prior.id)) {
    throw new BenchlinkError(
      'usage',
      'DECISION-NOT-ALLOWED',
      `The print was not held against record ${recordId}; it was against: ${compared.join(', ') || 'none'}.`,
    );
  }
  return { id: prior.id, record: JSON.parse(prior.facts) as PriorRecord };
}

async function confirm(c: Case, recordId: string): Promise<void> {
  const { id, record } = await recordToConfirm(c, recordId);
  await recheck(c, {
    verdict: 'verified',
    code: 'PRT-VERIFIED',
    sentence: 'The print agrees with the record, as examined by a person; its number is packed.',
    claimed_record_id: id,
    cii: record.cii ?? null,
    fbi: record.fbi ?? null,
  });
}

async function apply(c: Case, decision: ReviewDecision): Promise<void> {
  switch (decision.kind) {
    case 'attach':
      return relink(c, decision.bookingId, 'A clerk chose this booking.');
    case 'no-booking':
      return relink(c, null, 'A clerk found that no known booking belongs to this warrant.');
    case 'confirm':
      return confirm(c, decision.recordId);
    case 'send-without-print':
      return recheck(c, {
        verdict: 'none',
        code: 'PRT-NONE',
        sentence: 'A person decided that the warrant goes out without print and number.',
        print_id: null,
        cii: null,
        fbi: null,
      });
    case 'keep':
      return move(c.unit, { id: c.warrant.id, from: 'review', to: 'not-selected', code: 'SYS-DECISION' });
    case 'removed':
      return removedByTelephone(c.unit, c.review, decision);
    case 'done':
      return;
  }
}

/**
 * Whether one examiner's yes to a record is not enough. A search holds a print against thousands, so a stranger may come first by
 * chance: what it found takes two examiners who each say the same record. The record that the booking itself claims
 * takes one.
 */
async function takesTwo({ unit, review, warrant }: Case, recordId: string): Promise<boolean> {
  if (review.code === 'PRT-FOUND') return true;
  const check = await currentPrintCheck(unit.trx, warrant.id);
  return check?.claimed_record_id !== recordId;
}

/** Whether somebody else has found the same. @throws BenchlinkError SAME-EXAMINER */
function seconded(given: readonly OpinionRow[], actor: string, decision: string, review: ReviewRow): boolean {
  const agree = given.filter((one) => one.decision === decision);
  if (agree.some((one) => sameSigner(one.given_by, actor))) {
    throw new BenchlinkError(
      'usage',
      'SAME-EXAMINER',
      `${actor} has confirmed this record for question ${review.id} before; a second examiner must look too: benchlink review decide ${review.id} --confirm RECORD --by NAME.`,
    );
  }
  // An examiner who has named another record since does not count for this one.
  const lastOf = (who: string) => given.findLast((one) => sameSigner(one.given_by, who))?.decision;
  return agree.some((one) => lastOf(one.given_by) === decision);
}

/** How a question may be answered; what the destination said of a warrant it does not stop may be dealt with elsewhere. */
function answersTo(review: ReviewRow, warrant: WarrantRow): readonly ReviewDecision['kind'][] {
  const stopped = warrant.state === 'rejected' || warrant.state === 'failed' || warrant.state === 'review';
  const allowed = ALLOWED[review.code] ?? (review.stage === 'transmit' && !stopped ? ['done'] : []);
  // A record that was to give way to another warrant's may as well stay.
  const mayStay = review.code === 'RCL-REFUSED' && !OFF_FILE_STATES.includes(warrant.state);
  return mayStay ? [...allowed, 'done'] : allowed;
}

/** The open question, the warrant it is about, and that the decision answers it. */
async function openCase(unit: Unit, reviewId: number, decision: ReviewDecision): Promise<Case> {
  const review = await getReview(unit.trx, reviewId);
  const warrant = review && (await getWarrant(unit.trx, review.warrant_id));
  if (!review || !warrant)
    throw new BenchlinkError('usage', 'NOT-FOUND', `There is no question ${reviewId}.`);
  const allowed = answersTo(review, warrant);
  if (!allowed.includes(decision.kind)) {
    throw new BenchlinkError(
      'usage',
      'DECISION-NOT-ALLOWED',
      allowed.length > 0
        ? `Question ${reviewId} (${review.code}) can be answered with: ${allowed.join(', ')}.`
        : `Question ${reviewId} (${review.code}) is answered by a correction: benchlink resubmit ${warrant.id} --set FIELD=VALUE.`,
    );
  }
  const waits = warrant.state === 'review' && warrant.version === review.version;
  if (!waits && !ABOUT_RECORDS.includes(decision.kind)) {
    throw new BenchlinkError(
      'usage',
      'STALE-QUESTION',
      `Warrant ${warrant.id} has moved on (${warrant.state}, version ${warrant.version}); the question no longer stands.`,
    );
  }
  if (review.state !== 'open') throw alreadyDecided(review);
  return { unit, review, warrant };
}

function alreadyDecided(review: ReviewRow): BenchlinkError {
  const by = review.decided_by ?? 'somebody';
  return new BenchlinkError('usage', 'ALREADY-DECIDED', `Question ${review.id} was decided before by ${by}.`);
}

/**
 * Carries out a person's decision on an open question of the match stage, once: of two clicks the second is refused.
 * To pack the number of a record that only a search has found takes two examiners: the first one's finding is kept,
 * and `second-examiner` says that the question stays open.
 * @throws BenchlinkError NOT-FOUND, DECISION-NOT-ALLOWED, ALREADY-DECIDED, STALE-QUESTION, SAME-EXAMINER, and of a
 * removal NOT-HELD, MESSAGE-OPEN, TIME-WRONG
 */
export async function decideMatchReview(
  store: Store,
  actor: string,
  reviewId: number,
  decision: ReviewDecision,
  note?: string,
): Promise<'decided' | 'second-examiner'> {
  const outcome = await store.transaction(actor, async (unit) => {
    const c = await openCase(unit, reviewId, decision);
    const kept = { decision: JSON.stringify(decision), ...(note ? { note } : {}) };
    if (decision.kind === 'confirm' && (await takesTwo(c, decision.recordId))) {
      await recordToConfirm(c, decision.recordId);
      const given = await opinionsOf(unit.trx, reviewId);
      const agreed = seconded(given, actor, kept.decision, c.review);
      await addOpinion(unit, { reviewId, ...kept });
      if (!agreed) return 'second-examiner' as const;
    }
    if (!(await decideReview(unit, reviewId, kept))) throw alreadyDecided(c.review);
    await apply(c, decision);
    return 'decided' as const;
  });
  if (ABOUT_RECORDS.includes(decision.kind)) await closeRemovalAlerts(store, actor);
  return outcome;
}
