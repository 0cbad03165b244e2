import { z } from 'zod';
import {
  getHolding,
  getSubmission,
  type HoldingRow,
  moveSubmission,
  type SubmissionRow,
  setHolding,
  type Unit,
} from '../store/index.ts';
import { askForRemoval } from './by-telephone.ts';
import type { TransmitRun } from './context.ts';
import { isRemoval } from './removal.ts';
import { readReply } from './reply.ts';
import { reasonOf } from './settle-rejected.ts';
import type { Attempt } from './transports/transport.ts';

const Listed = z.object({ state: z.string(), fields: z.record(z.string(), z.string()) });
const STANDS = ['active', 'located'];

/** NAM under which a record still stands, `gone` if it does not, undefined if the destination did not say. */
async function nameThere(
  run: TransmitRun,
  holding: HoldingRow,
): Promise<{ nam: string } | 'gone' | undefined> {
  const look = await run.transport.record?.(holding.fcn);
  // A transport that cannot ask: what the answer said is all there is.
  if (look === undefined) return 'gone';
  if (look.kind !== 'answered') return undefined;
  if (look.status === 404) return 'gone';
  if (look.status !== 200) return undefined;
  const read = Listed.safeParse(JSON.parse(Buffer.from(look.bytes).toString('utf8')));
  if (!read.success) return undefined;
  const { state, fields } = read.data;
  if (!STANDS.includes(state)) return 'gone';
  return fields.OCA === holding.oca ? { nam: fields.NAM ?? '' } : 'gone';
}

/** Our record under another name than we have: its removal is built anew with the name it has there. */
async function standsYet(unit: Unit, sub: SubmissionRow, holding: HoldingRow, nam: string): Promise<void> {
  const set = { answered_at: unit.at, answer_code: 'DST-NOTFOUND' };
  const { message_id: id, state: from } = sub;
  await moveSubmission(unit, { id, from, to: 'rejected', code: 'DST-NOTFOUND', set });
  if (nam !== holding.nam) {
    // Told later than the refused message was built: it is due again.
    const told = new Date(Date.parse(unit.at) + 1).toISOString();
    await setHolding(unit, sub.warrant_id, { nam, told_at: told });
    return;
  }
  const why = `The destination says that record ${holding.fcn} is not on file, and lists it all the same.`;
  await askForRemoval(unit, { id: sub.warrant_id, version: sub.warrant_version }, why);
}

export async function alertRefusedRemoval(run: TransmitRun, sub: SubmissionRow): Promise<void> {
  const what = isRemoval(sub)
    ? `to take off the record of warrant ${sub.warrant_id}. If it still stands,`
    : `to take an ended warrant out of the record of warrant ${sub.warrant_id}. While it is named there`;
  const message = `The destination refused ${what} somebody can be arrested on it: see benchlink status ${sub.warrant_id}.`;
  await run.ports.alert?.(`removal:${sub.warrant_id}`, 'red', message);
}

export function saysNotOnFile(run: TransmitRun, sub: SubmissionRow, attempt: Attempt): boolean {
  if (attempt.kind !== 'answered') return false;
  const reading = readReply(run, attempt.bytes, sub);
  return (
    reading.kind === 'answer' &&
    reading.body.kind === 'rejected' &&
    reasonOf(reading.body.codes) === 'DST-NOTFOUND'
  );
}

/**
 * "Not on file" said of a removal is believed only when the record itself is gone: a name that differs by a letter
 * gets the same answer, and somebody can be arrested on what is left. A record of ours that stands under another
 * name is noted so, and its removal is built anew with that name.
 * @returns the attempt to apply, or undefined to ask again later
 */
export async function confirmGone(
  run: TransmitRun,
  sub: SubmissionRow,
  attempt: Attempt,
): Promise<Attempt | undefined> {
  if (!isRemoval(sub) || !saysNotOnFile(run, sub, attempt)) return attempt;
  const holding = await getHolding(run.store.db, sub.warrant_id);
  if (!holding) return attempt;
  const there = await nameThere(run, holding);
  if (there === 'gone') return attempt;
  if (there === undefined)
    return sub.state === 'on-the-wire' ? { kind: 'unsure', why: 'not confirmed' } : undefined;
  await run.store.transaction(run.actor, async (unit) => {
    const now = await getSubmission(unit.trx, sub.message_id);
    if (now?.state !== sub.state) return;
    await standsYet(unit, sub, holding, there.nam);
  });
  await alertRefusedRemoval(run, sub);
  return undefined;
}
