import type { Clock } from './clock.ts';
import type { WarrantState } from './domain/index.ts';
import type { ForwardSummary } from './forward.ts';
import { balances, type Counts } from './ingest/apply/counts.ts';
import type { FeedSourceReport } from './ingest/bookings/index.ts';
import type { CourtSourceReport } from './ingest/court-source.ts';
import type { MatchSummary } from './ports/link-drift.ts';
import type { Trouble } from './ports/probe-destination.ts';
import type { Reconciled } from './reconcile.ts';
import { countByState, createdBetween, type Store, type Tally, tally } from './store/index.ts';
import type { TransmitCounts } from './transmit/index.ts';

export interface SourceLine {
  readonly name: string;
  readonly kind: string;
  readonly report: CourtSourceReport | FeedSourceReport;
}

export interface SourceSummary {
  readonly name: string;
  readonly kind: string;
  readonly files: {
    readonly done: number;
    readonly refused: number;
    readonly duplicate: number;
    readonly noticed: number;
  };
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly {
    readonly file: string;
    readonly code: string;
    readonly field?: string;
    readonly line?: number;
    readonly message: string;
  }[];
  readonly stopped?: string;
}

/** Received on one side, where it all is on the other; each line must balance. */
export interface Balance {
  /** Court records read in this run, and what became of each. */
  readonly records: {
    readonly received: number;
    readonly outcomes: Readonly<Record<string, number>>;
    readonly ok: boolean;
  };
  /** Warrants: before + new = after, by state. */
  readonly warrants: {
    readonly before: number;
    readonly created: number;
    readonly after: number;
    readonly byState: Partial<Record<WarrantState, number>>;
    readonly ok: boolean;
  };
  /** Warrants the destination has accepted against warrants we call entered. */
  readonly entered: { readonly warrants: number; readonly withoutAnswer: number; readonly ok: boolean };
}

export interface RunSummary {
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  readonly sources: readonly SourceSummary[];
  /** Warrants ended because their own last day in force had passed. */
  readonly expired: number;
  readonly match: MatchSummary | null;
  readonly transmit: TransmitCounts | null;
  /** Citation thumbprints forwarded to the repository; null where none is configured. */
  readonly forwarded: ForwardSummary | null;
  /** Why the destination could not be used; null if it could. */
  readonly destination: Trouble | null;
  /** The night's comparison of the lists; null where it was not made. */
  readonly reconcile: Pick<Reconciled, 'counts' | 'differences' | 'acted'> | null;
  readonly balance: Balance;
  readonly balances: boolean;
  /** Records or files that need somebody: decides the exit code. */
  readonly failed: number;
}

export interface Before {
  readonly runId: string;
  readonly startedAt: string;
  readonly clock: Clock;
  readonly at: Tally;
}

/** Notes how things stood before anything was done. */
export async function beginSummary(store: Store, runId: string, clock: Clock): Promise<Before> {
  return { runId, startedAt: clock.now().toISOString(), clock, at: await tally(store.db) };
}

function isCourt(report: SourceLine['report']): report is CourtSourceReport {
  return 'counts' in report;
}

interface FileLine {
  readonly name: string;
  readonly state: string;
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly problems: readonly {
    readonly code: string;
    readonly field?: string;
    readonly line?: number;
    readonly message: string;
  }[];
}

function filesOf(report: SourceLine['report']): FileLine[] {
  if (isCourt(report)) return report.files.map((file) => ({ ...file }));
  return report.files.map(({ name, outcome }) => ({
    name,
    state: outcome.state,
    counts: 'counts' in outcome ? { ...outcome.counts } : {},
    problems: outcome.problems,
  }));
}

function sourceSummary({ name, kind, report }: SourceLine): SourceSummary {
  const files = filesOf(report);
  const count = (state: string) => files.filter((file) => file.state === state).length;
  const counts: Record<string, number> = {};
  for (const file of files)
    for (const [key, value] of Object.entries(file.counts)) counts[key] = (counts[key] ?? 0) + (value ?? 0);
  const all = [
    ...report.notices.map((n) => ({ file: n.name, ...n.problem })),
    ...files.flatMap((file) => file.problems.map((problem) => ({ file: file.name, ...problem }))),
  ];
  return {
    name,
    kind,
    files: {
      done: count('done'),
      refused: count('refused') + count('unread'),
      duplicate: count('duplicate'),
      noticed: report.notices.length,
    },
    counts,
    problems: all.map(({ file, code, field, line, message }) => ({
      file,
      code,
      ...(field === undefined ? {} : { field }),
      ...(line === undefined ? {} : { line }),
      message,
    })),
    ...(report.stopped ? { stopped: report.stopped.code } : {}),
  };
}

function recordBalance(lines: readonly SourceLine[]): Balance['records'] {
  const total: Record<string, number> = {};
  for (const { report } of lines) {
    if (!isCourt(report)) continue;
    for (const [key, value] of Object.entries(report.counts)) total[key] = (total[key] ?? 0) + value;
  }
  const { received = 0, ...outcomes } = total;
  return {
    received,
    outcomes,
    ok: lines.every(({ report }) => !isCourt(report) || balances(report.counts as Counts)),
  };
}

async function enteredBalance(store: Store): Promise<Balance['entered']> {
  const entered = (await store.db('warrants').where({ state: 'entered' }).count({ n: '*' }).first()) as {
    n: number;
  };
  const without = (await store
    .db('warrants')
    .where({ state: 'entered' })
    .whereNotExists(
      store
        .db('submissions')
        .select(store.db.raw('1'))
        .whereRaw('submissions.warrant_id = warrants.id')
        .whereIn('submissions.state', ['accepted', 'on-file']),
    )
    // A warrant packed into another's record has no message of its own.
    .whereNotNull('fcn')
    .count({ n: '*' })
    .first()) as { n: number };
  return { warrants: Number(entered.n), withoutAnswer: Number(without.n), ok: Number(without.n) === 0 };
}

/** Adds everything up; the summary that the run stores, prints and is judged by. */
export async function finishSummary(
  store: Store,
  before: Before,
  done: {
    readonly sources: readonly SourceLine[];
    readonly expired: number;
    readonly matched: MatchSummary | undefined;
    readonly sent: TransmitCounts | undefined;
    readonly forwarded?: ForwardSummary;
    readonly reconciled?: Reconciled;
    readonly trouble?: Trouble;
    readonly dryRun: boolean;
  },
): Promise<RunSummary> {
  const byState = await countByState(store.db);
  const now = await tally(store.db);
  const created = await createdBetween(store.db, before.at, now);
  const records = recordBalance(done.sources);
  const warrants = {
    before: before.at.warrants,
    created,
    after: now.warrants,
    byState,
    ok: before.at.warrants + created === now.warrants,
  };
  const entered = await enteredBalance(store);
  const sources = done.sources.map(sourceSummary);
  const failed =
    sources.reduce((n, s) => n + s.files.refused + (s.counts.quarantined ?? 0) + (s.stopped ? 1 : 0), 0) +
    (done.sent ? done.sent.rejected + done.sent.refused + done.sent.dead : 0) +
    (done.forwarded?.stopped ? 1 : 0) +
    (done.trouble ? 1 : 0);
  return {
    runId: before.runId,
    startedAt: before.startedAt,
    finishedAt: before.clock.now().toISOString(),
    dryRun: done.dryRun,
    sources,
    expired: done.expired,
    match: done.matched ?? null,
    transmit: done.sent ?? null,
    forwarded: done.forwarded ?? null,
    destination: done.trouble ?? null,
    reconcile: done.reconciled
      ? {
          counts: done.reconciled.counts,
          differences: done.reconciled.differences,
          acted: done.reconciled.acted,
        }
      : null,
    balance: { records, warrants, entered },
    balances: records.ok && warrants.ok && entered.ok,
    failed,
  };
}
