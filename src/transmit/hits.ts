import { z } from 'zod';
import { OFF_FILE_STATES } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  answerHit,
  getHit,
  getWarrant,
  type HitRow,
  type HoldingRow,
  hitSent,
  unsentHits,
  type WarrantRow,
} from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { HIT_MINUTES } from './package/parameters.ts';
import { type HitAnswer, type HitRequest, readHitRequest, writeHitResponse } from './package/text/index.ts';
import type { Notice } from './transports/transport.ts';

const Body = z.object({ text: z.string() });

/** What is known of a request that has no text of the frame: only the record, and that it cannot wait. */
function bareRequest(holding: HoldingRow | undefined): HitRequest {
  return {
    fromOri: '',
    toOri: holding?.ori ?? '',
    request: 1,
    priority: 'U',
    dueMinutes: HIT_MINUTES.U,
    ...(holding ? { oca: holding.oca, name: holding.nam } : {}),
    ...(holding?.nic ? { nic: holding.nic } : {}),
  };
}

function requestIn(notice: Notice, holding: HoldingRow | undefined): HitRequest {
  const body = Body.safeParse(notice.body);
  if (!body.success) return bareRequest(holding);
  try {
    return readHitRequest(body.data.text);
  } catch {
    // A request that is not as the guide has it still waits for an answer.
    return bareRequest(holding);
  }
}

/** A hit request as it is kept: about a record of ours, or of nobody we know, and due by its priority. */
export function hitOf(run: TransmitRun, notice: Notice, fcn: string, holding: HoldingRow | undefined) {
  const request = requestIn(notice, holding);
  const minutes = run.policy?.hitMinutes?.[request.priority] ?? request.dueMinutes;
  return {
    destination: run.destination,
    seq: notice.seq,
    warrant_id: holding?.warrant_id ?? null,
    fcn,
    by_ori: request.fromOri,
    priority: request.priority,
    request: JSON.stringify(request),
    received_at: notice.at,
    due_at: new Date(Date.parse(notice.at) + minutes * 60_000).toISOString(),
  };
}

/** A hit can be confirmed only while the warrant stands: a person is arrested on the answer. */
function assertMayConfirm(hit: HitRow, row: WarrantRow | undefined): void {
  const why = !row
    ? 'no warrant of ours is known for it'
    : row.state === 'purged' || OFF_FILE_STATES.includes(row.state)
      ? `the warrant is ${row.state}`
      : undefined;
  if (!why) return;
  const text = `Record ${hit.fcn} cannot be confirmed: ${why}. Answer --deny, and have the record removed.`;
  throw new BenchlinkError('usage', 'HIT-NOT-STANDING', text);
}

/**
 * Answers a hit request, once; it goes out with `sendHitAnswers`. "In process" may be followed by a final answer.
 * @throws BenchlinkError NOT-FOUND, HIT-NOT-STANDING (a confirmation of a warrant that does not stand),
 * HIT-ANSWERED
 */
export async function decideHit(
  run: Pick<TransmitRun, 'store' | 'actor'>,
  id: number,
  answer: HitAnswer,
): Promise<void> {
  await run.store.transaction(run.actor, async (unit) => {
    const hit = await getHit(unit.trx, id);
    if (!hit) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no hit request ${id}.`);
    const row = hit.warrant_id ? await getWarrant(unit.trx, hit.warrant_id) : undefined;
    if (answer.confirmed === 'Y') assertMayConfirm(hit, row);
    const response = Buffer.from(writeHitResponse(JSON.parse(hit.request) as HitRequest, answer)).toString(
      'ascii',
    );
    const later = new Date(Date.parse(unit.at) + (answer.hours ?? 0) * 3_600_000).toISOString();
    const due_at = answer.confirmed === 'P' ? later : hit.due_at;
    if (await answerHit(unit, hit, { answer: answer.confirmed, response, due_at })) return;
    const text = `Hit request ${id} was answered at ${hit.answered_at ?? '?'} by ${hit.answered_by ?? 'somebody'}.`;
    throw new BenchlinkError('usage', 'HIT-ANSWERED', text);
  });
}

/** Sends the answers that have not gone yet. A destination that cannot be reached gets them with the next run. */
export async function sendHitAnswers(run: TransmitRun): Promise<number> {
  let sent = 0;
  for (const hit of await unsentHits(run.store.db, run.destination)) {
    const attempt = await run.transport.respond(hit.seq, Buffer.from(hit.response ?? '', 'ascii'));
    if (attempt.kind !== 'answered' || attempt.status >= 300) continue;
    await run.store.transaction(run.actor, (unit) => hitSent(unit, hit));
    sent += 1;
  }
  return sent;
}
