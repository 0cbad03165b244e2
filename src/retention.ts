import { type Clock, localDate } from './clock.ts';
import type { Config } from './config.ts';
import {
  RETAINED,
  type Retained,
  type RetentionRule,
  type RetentionStart,
  retentionRule,
  STARTS,
} from './domain/index.ts';
import { blobNamed, type DueRow, dueForRetention, erase, inputKept, type Store } from './store/index.ts';

export interface RetentionOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: string;
  /** Only count. */
  readonly dryRun?: boolean;
  /** Only these kinds. */
  readonly what?: readonly Retained[];
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** What became of one kind. */
export interface RetentionLine {
  readonly what: Retained;
  /** The rule in force; null where nothing limits the kind, and it is kept. */
  readonly rule: string | null;
  readonly why: string | null;
  /** What started on this day or before is due, ISO. */
  readonly until: string | null;
  /** Things erased (in a dry run: that would be). */
  readonly erased: number;
  /** Files of the blob store removed. */
  readonly blobs: number;
}

export interface RetentionReport {
  readonly policy: string;
  readonly dryRun: boolean;
  readonly lines: readonly RetentionLine[];
  readonly stopped: boolean;
}

const PAGE = 200;

function daysBefore(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function startOf(rule: RetentionRule): RetentionStart {
  return rule.after ?? STARTS[rule.what][0] ?? 'received';
}

/** One kind under one rule, page by page; each page is one transaction, its blobs go after the commit. */
class Sweep {
  readonly #options: RetentionOptions;
  readonly #rule: RetentionRule;
  readonly #until: string;
  erased = 0;
  blobs = 0;

  constructor(options: RetentionOptions, rule: RetentionRule, until: string) {
    this.#options = options;
    this.#rule = rule;
    this.#until = until;
  }

  #page(from: string): Promise<DueRow[]> {
    const { what, sources } = this.#rule;
    return dueForRetention(this.#options.store.db, what, {
      after: startOf(this.#rule),
      until: this.#until,
      from,
      limit: PAGE,
      ...(sources ? { sources } : {}),
    });
  }

  /** A file of input whose bytes are gone was erased before. */
  #still(row: DueRow): boolean {
    const { store } = this.#options;
    return this.#rule.what !== 'input' || row.blobs.some((hash) => store.blobs.has(hash));
  }

  async #remove(hashes: readonly string[]): Promise<void> {
    const { store } = this.#options;
    for (const hash of new Set(hashes)) {
      if (!store.blobs.has(hash) || (await blobNamed(store.db, hash))) continue;
      if (this.#rule.what === 'input' && (await inputKept(store.db, hash, this.#until))) continue;
      store.blobs.remove(hash);
      this.blobs += 1;
    }
  }

  async #erase(rows: readonly DueRow[]): Promise<void> {
    const { store, actor, config } = this.#options;
    const why = { rule: this.#rule.name, policy: config.retention.version };
    const freed = await store.transaction(actor, async (unit) => {
      const hashes: string[] = [];
      for (const row of rows) hashes.push(...row.blobs, ...(await erase(unit, this.#rule.what, row, why)));
      return hashes;
    });
    await this.#remove(freed);
  }

  /** @returns false when it was asked to stop */
  async run(): Promise<boolean> {
    for (let from = ''; ; ) {
      if (this.#options.signal?.aborted) return false;
      const page = await this.#page(from);
      const due = page.filter((row) => this.#still(row));
      if (due.length > 0 && !this.#options.dryRun) await this.#erase(due);
      this.erased += due.length;
      this.#options.onProgress?.(this.erased);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return true;
      from = last.id;
    }
  }
}

/**
 * Erases what the dated retention policy no longer lets be kept: prints, bookings, prior records, ended warrants and
 * raw input, each with an audit entry. Nothing that backs a record at the destination is touched. Safe to kill: what
 * was committed is erased, the rest is due the next time.
 */
export async function applyRetention(options: RetentionOptions): Promise<RetentionReport> {
  const { config, clock } = options;
  const today = localDate(clock.now(), config.zone);
  const lines: RetentionLine[] = [];
  let stopped = false;
  for (const what of options.what ?? RETAINED) {
    const rule = retentionRule(config.retention, what, today);
    if (!rule || stopped) {
      lines.push({
        what,
        rule: rule?.name ?? null,
        why: rule?.why ?? null,
        until: null,
        erased: 0,
        blobs: 0,
      });
      continue;
    }
    const until = daysBefore(today, rule.days);
    const sweep = new Sweep(options, rule, until);
    stopped = !(await sweep.run());
    const { erased, blobs } = sweep;
    lines.push({ what, rule: rule.name, why: rule.why, until, erased, blobs });
  }
  return { policy: config.retention.version, dryRun: options.dryRun ?? false, lines, stopped };
}
