import { isConfidential, type ReasonCode, reason, type Warrant, type WarrantState } from './domain/index.ts';
import { BenchlinkError } from './errors.ts';
import { setAt } from './ingest/correction.ts';
import type { Correction } from './ingest/quarantine.ts';
import {
  changeFacts,
  factsOf,
  getWarrant,
  type Move,
  move,
  page,
  type Store,
  type Unit,
  type WarrantRow,
  withdrawReviews,
} from './store/index.ts';

/** What may be sent round again: nothing that the destination holds or that is on its way there. */
export const REPROCESSABLE: readonly WarrantState[] = ['failed', 'rejected', 'not-selected', 'purged'];

export interface ReprocessQuery {
  readonly state?: WarrantState;
  readonly code?: ReasonCode;
  readonly source?: string;
}

export interface ReprocessReport {
  /** Warrants that would go round again (all of them in a dry run). */
  readonly selected: number;
  readonly done: number;
  /** Moved on while this was at work, so left alone. */
  readonly skipped: number;
  readonly byCode: Readonly<Record<string, number>>;
  readonly stopped: boolean;
}

const PAGE = 500;

function statesOf(query: ReprocessQuery): readonly WarrantState[] {
  if (query.state === undefined) return ['failed', 'rejected'];
  if (!REPROCESSABLE.includes(query.state)) {
    throw new BenchlinkError(
      'usage',
      'NOT-REPROCESSABLE',
      `Warrants in state ${query.state} are not reprocessed; only ${REPROCESSABLE.join(', ')} are. What the destination holds changes by a new version.`,
    );
  }
  return [query.state];
}

async function sendRound(unit: Unit, row: WarrantRow): Promise<void> {
  // That it failed as well is not what a purge asks the clerk.
  await withdrawReviews(unit, row.id, row.state === 'purged' ? undefined : 'DST-PURGED');
  await move(unit, {
    id: row.id,
    from: row.state,
    to: 'checked',
    code: 'SYS-REPROCESS',
    detail: { was: row.reason },
  });
}

async function tryOne(store: Store, actor: string, row: WarrantRow): Promise<boolean> {
  try {
    await store.transaction(actor, (unit) => sendRound(unit, row));
    return true;
  } catch (error) {
    // Somebody else moved it meanwhile: theirs is the newer decision.
    if (error instanceof BenchlinkError && error.code === 'STATE-CONFLICT') return false;
    throw error;
  }
}

/**
 * Sends failed or refused warrants round again from their stored facts, after the cause was put right: each goes
 * back to `checked` and through match and transmit anew, under its own id. A message that was accepted is never
 * sent again, because an accepted warrant is not in any of these states.
 */
export async function reprocess(
  store: Store,
  actor: string,
  query: ReprocessQuery,
  options: {
    readonly dryRun?: boolean;
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ReprocessReport> {
  const states = statesOf(query);
  const byCode: Record<string, number> = {};
  let [selected, done, skipped] = [0, 0, 0];
  for (let after = ''; ; ) {
    const rows = await page(store.db, {
      states,
      after,
      limit: PAGE,
      ...(query.code ? { code: query.code } : {}),
      ...(query.source ? { source: query.source } : {}),
    });
    for (const row of rows) {
      if (options.signal?.aborted) return { selected, done, skipped, byCode, stopped: true };
      selected += 1;
      byCode[row.reason] = (byCode[row.reason] ?? 0) + 1;
      if (options.dryRun) continue;
      if (await tryOne(store, actor, row)) done += 1;
      else skipped += 1;
      options.onProgress?.(done);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return { selected, done, skipped, byCode, stopped: false };
    after = last.id;
  }
}

/** States in which a clerk may correct a warrant here; elsewhere the court's next event is the way. */
const RESUBMITTABLE: readonly WarrantState[] = ['rejected', 'failed', 'review', 'not-selected', 'purged'];

/** Round again; of a sealed case nothing goes further, and what was sent of it is taken back. */
function wayOf(facts: Warrant, at: string): Pick<Move, 'to' | 'code' | 'set'> {
  if (!isConfidential(facts)) return { to: 'checked', code: 'SYS-REPROCESS' };
  return { to: 'recalled', code: 'WAR-SEALED', set: { court_ended_at: at } };
}

/**
 * Corrects a warrant and sends it round again: the correction is a new version, the version before stays, and only
 * the new one is ever sent. Of two clicks the second is refused, because it names a version that is no longer.
 * @param version the version the clerk saw
 * @throws BenchlinkError NOT-RESUBMITTABLE, STALE-VERSION, FIELD-UNKNOWN, FIELD-FORMAT
 */
export async function resubmit(
  store: Store,
  actor: string,
  id: string,
  change: { readonly version: number; readonly corrections: readonly Correction[]; readonly reason?: string },
): Promise<number> {
  return store.transaction(actor, async (unit) => {
    const row = await getWarrant(unit.trx, id);
    if (!row) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no warrant ${id}.`);
    if (!RESUBMITTABLE.includes(row.state)) {
      throw new BenchlinkError(
        'usage',
        'NOT-RESUBMITTABLE',
        `Warrant ${id} is ${row.state} (${reason(row.reason).meaning}) and is not corrected here.`,
      );
    }
    if (row.version !== change.version) {
      throw new BenchlinkError(
        'usage',
        'STALE-VERSION',
        `Warrant ${id} is at version ${row.version}, the correction was made to version ${change.version}. Look at it again.`,
      );
    }
    const facts = change.corrections.reduce((f, { field, value }) => setAt(f, field, value), factsOf(row));
    const version =
      change.corrections.length === 0
        ? row.version
        : await changeFacts(unit, {
            id,
            fromVersion: row.version,
            facts,
            changes: change.corrections.map((c) => c.field),
            recordId: null,
          });
    await withdrawReviews(unit, id);
    await move(unit, {
      id,
      from: row.state,
      ...wayOf(facts, unit.at),
      detail: { was: row.reason, version, ...(change.reason ? { why: change.reason } : {}) },
    });
    return version;
  });
}
