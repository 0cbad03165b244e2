import { BenchlinkError } from '../errors.ts';
import {
  addHit,
  getWarrant,
  type HoldingRow,
  holdingByFcn,
  lockDestination,
  openReview,
  saveDestination,
  setHolding,
  type Unit,
} from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { rateOf } from './gate.ts';
import { hitOf } from './hits.ts';
import { lateAnswer } from './late-answer.ts';
import { notePurge, purged } from './purged.ts';
import type { Notice } from './transports/transport.ts';

/** What the unsolicited messages of a run came to. */
export interface NoticeCounts {
  answers: number;
  purged: number;
  located: number;
  hits: number;
  /** About records or messages that are not ours, or of a kind not known. */
  foreign: number;
}

/** Another agency found the person: the entering agency clears or cancels, or the record purges (domain brief A.1). */
async function located(unit: Unit, holding: HoldingRow, at: string): Promise<void> {
  await setHolding(unit, holding.warrant_id, { located_at: at });
  const row = await getWarrant(unit.trx, holding.warrant_id);
  if (!row) return;
  await openReview(unit, {
    warrantId: row.id,
    version: row.version,
    stage: 'transmit',
    code: 'WAR-SERVED',
    sentence: `Another agency placed a locate on record ${holding.fcn}. Confirm the arrest with it and clear the record; a located record purges by itself within about two weeks.`,
  });
}

async function apply(unit: Unit, run: TransmitRun, notice: Notice, counts: NoticeCounts): Promise<void> {
  if (notice.kind === 'answer') {
    if (await lateAnswer(unit, run, notice)) counts.answers += 1;
    else counts.foreign += 1;
    return;
  }
  const holding = notice.fcn ? await holdingByFcn(unit.trx, notice.fcn) : undefined;
  if (notice.kind === 'purge' && notice.fcn) notePurge(unit, notice.fcn);
  if (holding && notice.kind === 'purge') {
    await purged(unit, holding);
    counts.purged += 1;
  } else if (holding && notice.kind === 'locate') {
    await located(unit, holding, notice.at);
    counts.located += 1;
  } else if (notice.fcn && notice.kind === 'hit-request') {
    await addHit(unit, hitOf(run, notice, notice.fcn, holding));
    counts.hits += 1;
  } else {
    counts.foreign += 1;
  }
}

/** A hit waits for an answer within ten minutes if urgent, an hour if routine (domain brief C.1). */
async function alertHits(run: TransmitRun, notices: readonly Notice[]): Promise<void> {
  for (const notice of notices.filter((each) => each.kind === 'hit-request')) {
    const message = `A hit confirmation is requested for record ${notice.fcn}, received ${notice.at}. Answer within ten minutes (urgent) or one hour (routine): benchlink hits.`;
    await run.ports.alert?.(`hit:${notice.seq}`, 'red', message);
  }
}

async function applyAll(run: TransmitRun, notices: readonly Notice[], counts: NoticeCounts): Promise<void> {
  for (const notice of notices) {
    await run.store.transaction(run.actor, async (unit) => {
      const row = await lockDestination(unit, run.destination, rateOf(run).burst);
      if (row.notices_after >= notice.seq) return;
      await apply(unit, run, notice, counts);
      await saveDestination(unit, run.destination, { notices_after: notice.seq });
    });
  }
}

/**
 * Takes the destination's unsolicited messages in order, each once: late answers, purges, locates, hit requests.
 * The position is kept in the transaction that applies the message, so a crash neither loses nor repeats one.
 */
export async function takeNotices(run: TransmitRun): Promise<NoticeCounts> {
  const counts: NoticeCounts = { answers: 0, purged: 0, located: 0, hits: 0, foreign: 0 };
  for (;;) {
    const after = await run.store.transaction(run.actor, (unit) =>
      lockDestination(unit, run.destination, rateOf(run).burst),
    );
    const notices = await run.transport.notices(after.notices_after);
    if (notices === undefined || notices.length === 0) return counts;
    if (notices.some((notice) => notice.seq <= after.notices_after)) {
      throw new BenchlinkError(
        'retry',
        'DST-NOTICES',
        'The destination repeats notices it was told were taken.',
      );
    }
    await applyAll(run, notices, counts);
    await alertHits(run, notices);
  }
}
