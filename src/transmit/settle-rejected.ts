import { OFF_FILE_STATES, type ReasonCode } from '../domain/index.ts';
import {
  dropHolding,
  fruitless,
  getWarrant,
  markDirty,
  move,
  moveSubmission,
  openReview,
  ridersOf,
  type SubmissionRow,
  type Unit,
} from '../store/index.ts';
import type { Rejection } from './answer-model.ts';
import { askForRemoval } from './by-telephone.ts';
import { type Evidence, kept } from './evidence.ts';
import { FIELD_PATHS } from './package/fields.ts';
import { MAX_RESUBMISSIONS } from './parameters.ts';
import { isRemoval, takesRiderOut } from './removal.ts';
import { refuseRiders, releaseRiders } from './riders.ts';
import { removed } from './settle-accepted.ts';

/** The destination's rejections as one reason of ours. */
export function reasonOf(codes: readonly Rejection[]): ReasonCode {
  if (codes.some((code) => code.code === 'NOT-ON-FILE')) return 'DST-NOTFOUND';
  return codes.every((code) => code.retryable) ? 'DST-DOWN' : 'DST-REJECT';
}

/** The destination's words, field by field. */
function wordsOf(codes: readonly Rejection[], pathOf: (field: string) => string | undefined): string {
  const lines = codes.map(({ field, text }) => {
    if (!field) return text;
    const path = pathOf(field);
    return `${field}: ${text}${path ? ` [${path}]` : ''}`;
  });
  return `The destination refused the message. ${lines.join(' ')}`.slice(0, 1000);
}

/** What a clerk is told, with what to correct. */
export function sentenceOf(codes: readonly Rejection[]): string {
  return wordsOf(codes, (field) => FIELD_PATHS.get(field));
}

/** A record that was to stop naming a warrant the court has ended. */
const STILL_NAMES = 'The record still names a warrant that has ended: have it taken out by telephone.';

/** The warrant's own question, and one for each of those that were to ride in its record by this message. */
async function askClerk(
  unit: Unit,
  sub: SubmissionRow,
  codes: readonly Rejection[],
  code: ReasonCode,
): Promise<void> {
  const said = sentenceOf(codes);
  await openReview(unit, {
    warrantId: sub.warrant_id,
    version: sub.warrant_version,
    stage: 'transmit',
    code,
    sentence: takesRiderOut(sub) ? `${STILL_NAMES} ${said}` : said,
  });
  // Of a record that is not there nobody can ride any more (recalls.ts).
  if (sub.kind !== 'modify' || code === 'DST-NOTFOUND') return;
  const riders = await ridersOf(unit.trx, sub.message_id);
  // The fields are those of the other warrant's record: no path says what to correct in this one.
  await refuseRiders(
    unit,
    { id: sub.warrant_id, riders },
    code,
    wordsOf(codes, () => undefined),
  );
}

/** Whether the destination only cannot take it now, and has not said so too often. */
async function maySendAgain(
  unit: Unit,
  { warrant_id: id, warrant_version: version, kind }: SubmissionRow,
  codes: readonly Rejection[],
): Promise<boolean> {
  const now = reasonOf(codes) === 'DST-DOWN' || codes.some((each) => each.code === 'CLOSED');
  return now && (await fruitless(unit.trx, id, version, kind)) < MAX_RESUBMISSIONS;
}

async function afterEntry(unit: Unit, sub: SubmissionRow, codes: readonly Rejection[]): Promise<void> {
  const code = reasonOf(codes);
  // The record we believed in is gone; what stands in its place must be entered anew, by a person's decision.
  if (code === 'DST-NOTFOUND') await dropHolding(unit, sub.warrant_id, 'not on file');
  if (sub.kind === 'enter') await releaseRiders(unit, sub.message_id);
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (!row) return;
  const standing =
    row.state === 'sent' ||
    row.state === 'entered' ||
    (takesRiderOut(sub) && !OFF_FILE_STATES.includes(row.state));
  if (standing && (await maySendAgain(unit, sub, codes))) {
    await markDirty(unit, row.id, takesRiderOut(sub) ? 2 : 1);
    if (row.state === 'sent')
      await move(unit, { id: row.id, from: 'sent', to: 'verified', code: 'DST-DOWN' });
    return;
  }
  // A change of its riders is refused, and the record still stands: unless it is gone, the warrant stays entered.
  const fallen = row.state === 'sent' || (row.state === 'entered' && code === 'DST-NOTFOUND');
  if (fallen) await move(unit, { id: row.id, from: row.state, to: 'rejected', code });
  if (standing) await askClerk(unit, sub, codes, code);
}

/**
 * A removal that was refused: of something already gone it is done; refused for now it is built again (recalls.ts);
 * else a person must take the record off, because somebody can be arrested on it.
 */
async function afterRemoval(unit: Unit, sub: SubmissionRow, codes: readonly Rejection[]): Promise<void> {
  const code = reasonOf(codes);
  if (code === 'DST-NOTFOUND') return removed(unit, sub.warrant_id, 'not on file');
  if (code === 'DST-DOWN') return;
  const about = { id: sub.warrant_id, version: sub.warrant_version };
  const why = `The record must leave the destination, and it will not take it off. ${sentenceOf(codes)}`;
  await askForRemoval(unit, about, why);
}

/** A rejected message: the clerk's work, or for a removal of something already gone, its end. */
export async function rejected(
  unit: Unit,
  sub: SubmissionRow,
  codes: readonly Rejection[],
  evidence: Evidence,
): Promise<void> {
  const code = reasonOf(codes);
  await moveSubmission(unit, {
    id: sub.message_id,
    from: sub.state,
    to: 'rejected',
    code,
    set: {
      answered_at: unit.at,
      answer_code: code,
      ...kept(evidence, { kind: 'rejected', codes }),
    },
  });
  if (isRemoval(sub)) return afterRemoval(unit, sub, codes);
  await afterEntry(unit, sub, codes);
}
