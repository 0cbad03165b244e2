import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type RunOptions, run } from '../../src/run.ts';
import { Store, submissionsOf, type WarrantRow } from '../../src/store/index.ts';
import type { RunSummary } from '../../src/summary.ts';

export const SHERIFF = 'CA0190000';
const COURT = 'CA019013J';

/** What a test wants to say of one warrant; the rest is drawn from its number. */
export interface CountyWarrant {
  readonly n: number;
  readonly status?: 'Issued' | 'Recalled' | 'Served';
  readonly level?: 'F' | 'M' | 'I';
  readonly bail?: string;
  readonly surname?: string;
  readonly given?: string;
  readonly birth?: string;
  readonly sex?: string;
  readonly race?: string;
  readonly charge?: string;
  readonly sealed?: 'Y';
  /** Last day in force, as the export writes dates. */
  readonly expires?: string;
}

/** Today in the court's zone, as its export writes dates. */
export function usDate(daysAgo = 0): string {
  const at = new Date(systemClock.now().getTime() - daysAgo * 86_400_000);
  return new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

const LETTERS = 'ABCDEFGHIJ';

function rowOf(warrant: CountyWarrant): Record<string, string> {
  const digits = String(warrant.n).padStart(4, '0');
  const letters = [...digits].map((digit) => LETTERS[Number(digit)]).join('');
  return {
    'Warrant Number': `M26-${digits}-W1`,
    'Case Number': `M26-${digits}`,
    'Warrant Type Code': 'Bench Warrant - FTA',
    'Warrant Status Code': warrant.status ?? 'Issued',
    'Warrant Status Date': usDate(),
    'Issue Date': usDate(1),
    'Bond Type': 'Cash or Surety',
    'Bond Amount': warrant.bail ?? '5000',
    Degree: warrant.level ?? 'M',
    Count: '1',
    'Statutory Cite 1': warrant.charge ?? 'VC 14601.1',
    'Offense Description': 'DRIVING WHILE SUSPENDED',
    'Offense Date': usDate(90),
    'FTA Date': usDate(2),
    'Enforcement Agency ORI': SHERIFF,
    OCA: `26-${digits}`,
    'Last Name': warrant.surname ?? `TEST${letters}`,
    'First Name': warrant.given ?? 'PAT',
    DOB: warrant.birth ?? `0${(warrant.n % 9) + 1}/1${warrant.n % 10}/1980`,
    Sex: warrant.sex ?? 'M',
    Race: warrant.race ?? 'W',
    HGT: '510',
    WGT: '180',
    Eye: 'BRO',
    Hair: 'BRO',
    Sealed: warrant.sealed ?? 'N',
    'Expiry Date': warrant.expires ?? '',
  };
}

/** One court and its drop, an installation's folder, and its runs: what an operator's machine has. */
export class SmallCounty {
  readonly folder: string;
  readonly config: Config;
  /** The configuration file every command can be pointed at. */
  readonly file: string;
  #exports = 0;

  constructor(folder: string, destination: Record<string, unknown>, more: Record<string, unknown> = {}) {
    this.folder = folder;
    mkdirSync(join(folder, 'court'), { recursive: true });
    const raw = {
      county: 'Los Angeles',
      data: './data',
      log: 'silent',
      threads: 1,
      sources: [
        {
          name: 'court',
          kind: 'court',
          format: 'odyssey-csv',
          transport: { type: 'folder', path: './court', settleMs: 0 },
          options: { courtOri: COURT },
        },
      ],
      destination: { ori: SHERIFF, perSecond: 1000, ...destination },
      ...more,
    };
    this.file = join(folder, 'benchlink.json');
    writeFileSync(this.file, JSON.stringify(raw, null, 2));
    this.config = parseConfig(raw, folder);
  }

  /** The court's export of these warrants appears in its drop. */
  court(...warrants: readonly CountyWarrant[]): void {
    this.#exports += 1;
    const rows = warrants.map(rowOf);
    const head = Object.keys(rows[0] ?? {});
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [head, ...rows.map((row) => head.map((column) => quoted(row[column] ?? '')))];
    const text = lines.map((cells) => cells.join(',')).join('\n');
    writeFileSync(join(this.folder, 'court', `export-${this.#exports}.csv`), `${text}\n`);
  }

  open(clock: Clock = systemClock): Promise<Store> {
    const { database, data } = this.config;
    return Store.open({ database: database!, blobs: join(data, 'blobs'), clock });
  }

  async run(over: Partial<RunOptions> = {}): Promise<RunSummary> {
    const store = await this.open(over.clock);
    try {
      return await run({ config: this.config, store, clock: systemClock, log: createLog('silent'), ...over });
    } finally {
      await store.close();
    }
  }

  /** Runs until every message has its answer: a drop is looked through now and then only. */
  async runToEnd(): Promise<void> {
    for (let n = 0; n < 10; n += 1) {
      const { transmit } = await this.run();
      if (transmit?.open === 0) return;
    }
  }

  /** State and messages of each warrant, by the number the court gave it. */
  async standing(): Promise<Record<string, string>> {
    const store = await this.open();
    try {
      const rows = (await store.db('warrants').orderBy('number')) as WarrantRow[];
      const told: [string, string][] = [];
      for (const row of rows) {
        const messages = (await submissionsOf(store.db, row.id)).map((sub) => `${sub.kind} ${sub.state}`);
        told.push([row.number ?? row.id, [row.state, ...messages].join(', ')]);
      }
      return Object.fromEntries(told);
    } finally {
      await store.close();
    }
  }
}
