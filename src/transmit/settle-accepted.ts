import { OFF_FILE_STATES } from '../domain/index.ts';
import {
  dropHolding,
  getHolding,
  getWarrant,
  type HoldingRow,
  move,
  moveSubmission,
  openReview,
  putHolding,
  type SubmissionRow,
  setHolding,
  setPersonKeys,
  submissionFacts,
  type Unit,
  unpack,
  withdrawReviewsOf,
} from '../store/index.ts';
import type { AnswerBody } from './answer-model.ts';
import { type Evidence, kept } from './evidence.ts';
import { VALIDATE_DAYS } from './parameters.ts';
import { personKeys } from './person-keys.ts';
import { purged, wasPurged } from './purged.ts';
import type { FactsSnapshot } from './record-facts.ts';
import { isRemoval } from './removal.ts';
import { ridersEntered } from './riders.ts';

type Accepted = Extract<AnswerBody, { kind: 'accepted' }>;

export function isoDateAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Fingerprint-backed FBI number as it was sent: only a verdict that proves it lets it be sent. */
function sentFbi(facts: FactsSnapshot): string | undefined {
  return facts.disposition.verdict === 'verified' || facts.disposition.verdict === 'found'
    ? facts.disposition.fbi
    : undefined;
}

/** Notes that the destination's record now says what a message told it. */
export async function hold(
  unit: Unit,
  sub: SubmissionRow,
  numbers: { fcn: string; nic: string | null },
  told?: { facts: string; nam: string; ori: string; oca: string },
  validateDays = VALIDATE_DAYS,
): Promise<void> {
  const row = told ?? (await submissionFacts(unit.trx, sub.message_id));
  if (!row) return;
  const before = await getHolding(unit.trx, sub.warrant_id);
  const facts = JSON.parse(row.facts) as FactsSnapshot;
  const holding: HoldingRow = {
    warrant_id: sub.warrant_id,
    destination: sub.destination,
    fcn: numbers.fcn,
    nic: numbers.nic,
    ori: row.ori ?? '',
    oca: row.oca ?? '',
    nam: row.nam ?? '',
    message_id: sub.message_id,
    facts: row.facts,
    held_since: before?.held_since ?? unit.at,
    told_at: unit.at,
    validate_by: before?.validate_by ?? isoDateAfter(unit.at, validateDays),
    located_at: before?.located_at ?? null,
    dirty: before?.dirty ?? 0,
  };
  await putHolding(unit, holding);
  const keys = personKeys(facts.warrant, holding.nam, sentFbi(facts));
  if (keys.length > 0) await setPersonKeys(unit, sub.warrant_id, holding.ori, keys);
}

/** The warrant's own row learns the number, and is `entered` unless it has ended, or is kept here, meanwhile. */
async function entered(unit: Unit, sub: SubmissionRow, holding: HoldingRow | undefined): Promise<void> {
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (!row || !holding) return;
  const set = { fcn: holding.fcn, nic: holding.nic, name_as_sent: holding.nam };
  // A record that takes changes of a standing warrant is not to be taken off any more.
  const stands = sub.kind === 'modify' && !OFF_FILE_STATES.includes(row.state);
  if (stands) await withdrawReviewsOf(unit, [row.id], 'RCL-REFUSED');
  if (row.state === 'sent') {
    await move(unit, { id: row.id, from: 'sent', to: 'entered', code: 'DST-ACCEPTED', set });
    return;
  }
  await unit.trx('warrants').where({ id: row.id }).update(set);
}

/** A record removed while its warrant stands gave way to a more serious one of the person: it rides from now on. */
export async function removed(unit: Unit, warrantId: string, why: string): Promise<void> {
  await dropHolding(unit, warrantId, why);
  await withdrawReviewsOf(unit, [warrantId], 'RCL-REFUSED');
  const row = await getWarrant(unit.trx, warrantId);
  if (row?.state !== 'entered') return;
  await move(unit, { id: row.id, from: 'entered', to: 'verified', code: 'DUP-LEAD' });
}

/** An entry accepted though the destination gave us another record of the warrant before: a person removes that one. */
async function askAboutSecond(unit: Unit, sub: SubmissionRow, fcn: string): Promise<void> {
  const before = await getHolding(unit.trx, sub.warrant_id);
  if (!before || before.fcn === fcn) return;
  await openReview(unit, {
    warrantId: sub.warrant_id,
    version: sub.warrant_version,
    stage: 'transmit',
    code: 'REC-DRIFT',
    sentence: `The destination has two records of this warrant, ${before.fcn} and ${fcn}. Cancel ${before.fcn} by telephone.`,
  });
}

async function afterChange(
  unit: Unit,
  sub: SubmissionRow,
  body: Accepted,
  validateDays: number | undefined,
): Promise<void> {
  if (sub.kind === 'enter' || sub.kind === 'modify') {
    if (sub.kind === 'enter') await askAboutSecond(unit, sub, body.fcn);
    await hold(unit, sub, { fcn: body.fcn, nic: body.nic ?? null }, undefined, validateDays);
    await ridersEntered(unit, sub.warrant_id, sub.message_id);
    const holding = await getHolding(unit.trx, sub.warrant_id);
    await entered(unit, sub, holding);
    if (sub.kind === 'enter') await unpack(unit, sub.warrant_id);
    // An answer that was lost and asked for later may be older than the purge of the record.
    if (holding && (await wasPurged(unit, holding.fcn))) await purged(unit, holding);
    return;
  }
  if (isRemoval(sub)) return removed(unit, sub.warrant_id, sub.kind);
  const told = { message_id: sub.message_id, told_at: unit.at };
  const validated = { ...told, validate_by: isoDateAfter(unit.at, validateDays ?? VALIDATE_DAYS) };
  await setHolding(unit, sub.warrant_id, sub.kind === 'validate' ? validated : told);
}

/** An accepted message, and all that follows from it. */
export async function accepted(
  unit: Unit,
  sub: SubmissionRow,
  body: Accepted,
  evidence: Evidence,
): Promise<void> {
  await moveSubmission(unit, {
    id: sub.message_id,
    from: sub.state,
    to: 'accepted',
    code: 'DST-ACCEPTED',
    set: {
      answered_at: unit.at,
      answer_code: 'DST-ACCEPTED',
      ...kept(evidence, body),
      fcn: body.fcn,
      nic: body.nic ?? null,
    },
  });
  await afterChange(unit, sub, body, evidence.validateDays);
}
