import { type Clock, localDate } from './clock.ts';
import type { Config, SourceConfig } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { type Correction, correctRecord, type QuarantinePorts, type Replayed } from './ingest/quarantine.ts';
import { type ReplayReport, replayQuarantine } from './ingest/replay.ts';

export { CORRECTABLE_FIELDS, typedValue } from './ingest/correction.ts';
export type { Correction } from './ingest/quarantine.ts';

import { parseContextOf } from './run-sources.ts';
import { getRecord, quarantinedOf, type Store, sourceOfRecord } from './store/index.ts';

/** What a desk needs to deal with records that were stopped before they became warrants. */
export interface RecordDesk {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  /** Who does it. */
  readonly actor: string;
}

export interface RecordsReport extends ReplayReport {
  /** Quarantined records that the query names. */
  readonly selected: number;
}

const courts = ({ config }: RecordDesk, name?: string): readonly SourceConfig[] =>
  config.sources.filter(({ kind, name: own }) => kind === 'court' && (!name || name === own));

function portsOf({ store, config, clock, actor }: RecordDesk, source?: SourceConfig): QuarantinePorts {
  const today = localDate(clock.now(), config.zone);
  const selection = { policy: config.policy, county: source?.county || config.county, today };
  return { store, actor, selection };
}

/**
 * Reads the quarantined records again from the raw files they came in, with today's configuration: after a code map
 * or a setting was put right, what is right now takes effect; what is still wrong stays.
 */
export async function reprocessRecords(
  desk: RecordDesk,
  query: { readonly code?: string; readonly source?: string },
  options: { readonly dryRun?: boolean } = {},
): Promise<RecordsReport> {
  const total = { selected: 0, tried: 0, applied: 0, stillWrong: 0 };
  for (const source of courts(desk, query.source)) {
    total.selected += (await quarantinedOf(desk.store.db, source.name, query.code)).length;
    if (options.dryRun) continue;
    const ports = portsOf(desk, source);
    const context = parseContextOf(source, { config: desk.config, today: ports.selection.today });
    const done = await replayQuarantine(ports, context, query.code ? { code: query.code } : {});
    total.tried += done.tried;
    total.applied += done.applied;
    total.stillWrong += done.stillWrong;
  }
  return total;
}

/**
 * Corrects one quarantined record; if nothing is wrong with it any more it takes effect.
 * @throws BenchlinkError NOT-FOUND, NOT-RESUBMITTABLE, STILL-WRONG, FIELD-UNKNOWN, FIELD-FORMAT
 */
export async function resubmitRecord(
  desk: RecordDesk,
  id: number,
  corrections: readonly Correction[],
): Promise<Extract<Replayed, { state: 'applied' }>> {
  if (!(await getRecord(desk.store.db, id)))
    throw new BenchlinkError('usage', 'NOT-FOUND', `There is no record ${id}.`);
  const name = await sourceOfRecord(desk.store.db, id);
  const replayed = await correctRecord(portsOf(desk, courts(desk, name)[0]), id, corrections);
  if (replayed.state === 'gone') {
    throw new BenchlinkError('usage', 'NOT-RESUBMITTABLE', `Record ${id} is not in quarantine any more.`);
  }
  if (replayed.state === 'still-wrong') {
    const problems = replayed.problems.filter(({ severity }) => severity === 'error');
    throw new BenchlinkError(
      'reject',
      'STILL-WRONG',
      `Record ${id} is still wrong and stays in quarantine: ${problems.map((p) => `${p.code} ${p.field ?? ''}: ${p.message}`).join(' ')}`,
    );
  }
  return replayed;
}
