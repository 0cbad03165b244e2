import { closeAlert } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { newWork } from './lease.ts';
import { exonerations } from './ports/exonerations.ts';
import { withDestination } from './ports/sending.ts';
import { getHit, getWarrant, type HitRow, openHits, type Store } from './store/index.ts';
import { decideHit, sendHitAnswers } from './transmit/hits.ts';
import type { HitAnswer, HitRequest } from './transmit/package/text/index.ts';

/** A hit request with all that decides its answer. */
export interface HitLine {
  readonly id: number;
  readonly fcn: string;
  readonly byOri: string;
  readonly priority: 'U' | 'R';
  readonly receivedAt: string;
  readonly dueAt: string;
  /** Negative once it is overdue. */
  readonly minutesLeft: number;
  readonly warrantId: string | null;
  readonly number: string | null;
  /** Where the warrant stands now: only one that stands may be confirmed. */
  readonly state: string | null;
  readonly request: HitRequest;
  /** How many people have been shown not to be the one wanted. */
  readonly exonerations: number;
}

async function lineOf(store: Store, clock: Clock, hit: HitRow): Promise<HitLine> {
  const row = hit.warrant_id ? await getWarrant(store.db, hit.warrant_id) : undefined;
  const left = Date.parse(hit.due_at) - clock.now().getTime();
  return {
    id: hit.id,
    fcn: hit.fcn,
    byOri: hit.by_ori,
    priority: hit.priority,
    receivedAt: hit.received_at,
    dueAt: hit.due_at,
    minutesLeft: Math.floor(left / 60_000),
    warrantId: hit.warrant_id,
    number: row?.number ?? null,
    state: row?.state ?? null,
    request: JSON.parse(hit.request) as HitRequest,
    exonerations: hit.warrant_id ? (await exonerations(store.db, hit.warrant_id)).length : 0,
  };
}

/** The requests nobody has answered, most urgent first. */
export async function hitList(store: Store, clock: Clock): Promise<HitLine[]> {
  const hits = await openHits(store.db);
  return Promise.all(hits.map((hit) => lineOf(store, clock, hit)));
}

export interface AnswerCommand {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: string;
}

/**
 * Answers a request and sends the answer at once.
 * @returns the response as it goes out, and whether the destination has it
 */
export async function answerHitNow(
  command: AnswerCommand,
  id: number,
  answer: HitAnswer,
): Promise<{ readonly response: string; readonly sent: boolean }> {
  const { config, store, clock, actor } = command;
  const { owner } = newWork('hit', clock);
  return withDestination({ config, store, clock, actor, owner }, async (sending) => {
    await decideHit(sending, id, answer);
    await sendHitAnswers(sending);
    const answered = await getHit(store.db, id);
    if (answered) await closeAlert(store, actor, `hit:${answered.seq}`);
    const hit = await getHit(store.db, id);
    return { response: hit?.response ?? '', sent: hit?.state === 'sent' };
  });
}
