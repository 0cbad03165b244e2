import { Temporal } from 'temporal-polyfill';
import { type ArrivedFile, arrivedSince, type Store } from '../../store/index.ts';
import { currentWindow, dueAt, type Expectation, isExpectedOn } from './calendar.ts';
import { ARRIVAL_FAULTS, type Finding, judgeArrivals, USUAL_NIGHTS, usualRecords } from './judge.ts';

export { DEFAULT_EXPECTATION, type Expectation } from './calendar.ts';
export type { ArrivalFault, Finding } from './judge.ts';

/** Where alerts go: each is told once when it starts and once when it ends (log, e-mail, webhook). */
export interface AlertSink {
  /** True if the alert was not open yet. */
  open(alert: {
    readonly key: string;
    readonly severity: 'amber' | 'red';
    readonly message: string;
  }): Promise<boolean>;
  /** True if it was open. */
  close(key: string): Promise<boolean>;
}

/** Records of each of the last windows before the current one, newest first. */
function earlierCounts(
  expectation: Expectation,
  files: readonly ArrivedFile[],
  opens: Temporal.Instant,
): number[] {
  const counts: number[] = [];
  let end = opens;
  let date = opens.toZonedDateTimeISO(expectation.zone).toPlainDate();
  for (let back = 0; back < 2 * USUAL_NIGHTS && counts.length < USUAL_NIGHTS; back++) {
    date = date.subtract({ days: 1 });
    if (!isExpectedOn(expectation, date)) continue;
    const start = dueAt(expectation, date);
    const [from, to] = [start, end].map((at) => at.toString({ smallestUnit: 'millisecond' })) as [
      string,
      string,
    ];
    const here = files.filter((file) => file.receivedAt >= from && file.receivedAt < to);
    if (here.length > 0) counts.push(here.reduce((sum, file) => sum + file.records, 0));
    end = start;
  }
  return counts;
}

export interface ArrivalChange {
  readonly source: string;
  readonly started: readonly Finding[];
  readonly ended: readonly string[];
}

/** What a source's calendar says at a moment. */
export interface ArrivalState {
  readonly source: string;
  /** The date the newest due input stands for, and the instant it was due; absent before the first. */
  readonly date?: string;
  readonly due?: string;
  readonly files: number;
  readonly records: number;
  /** Records that are usual: the median of the nights before, where enough are known. */
  readonly usual?: number;
  readonly findings: readonly Finding[];
}

/** Looks at one source's calendar, changing nothing. */
export async function arrivalState(store: Store, expectation: Expectation, now: Date): Promise<ArrivalState> {
  const { source } = expectation;
  const window = currentWindow(expectation, Temporal.Instant.fromEpochMilliseconds(now.getTime()));
  if (!window) return { source, files: 0, records: 0, findings: [] };
  const opens = window.opens.toString({ smallestUnit: 'millisecond' });
  const since = window.opens
    .subtract({ hours: 24 * 2 * USUAL_NIGHTS })
    .toString({ smallestUnit: 'millisecond' });
  const files = await arrivedSince(store.db, source, since);
  const here = files.filter((file) => file.receivedAt >= opens);
  const earlier = earlierCounts(expectation, files, window.opens);
  const usual = usualRecords(earlier);
  return {
    source,
    date: window.date,
    due: window.due.toString({ smallestUnit: 'minute' }),
    files: here.length,
    records: here.reduce((sum, file) => sum + file.records, 0),
    ...(usual === undefined ? {} : { usual }),
    findings: judgeArrivals(expectation, files, earlier, now),
  };
}

/**
 * Looks at one source's calendar and tells what changed: an alert when a fault starts, one when it ends.
 * Call it after each run and every few minutes between.
 */
export async function watchArrivals(
  store: Store,
  expectation: Expectation,
  sink: AlertSink,
  now: Date,
): Promise<ArrivalChange> {
  const { source, date, findings } = await arrivalState(store, expectation, now);
  if (date === undefined) return { source, started: [], ended: [] };
  const started: Finding[] = [];
  const ended: string[] = [];
  for (const fault of ARRIVAL_FAULTS) {
    const key = `arrival:${source}:${fault}`;
    const finding = findings.find((one) => one.fault === fault);
    if (!finding) {
      if (await sink.close(key)) ended.push(key);
      continue;
    }
    const severity = fault === 'late' ? 'amber' : 'red';
    if (await sink.open({ key, severity, message: finding.message })) started.push(finding);
  }
  return { source, started, ended };
}
