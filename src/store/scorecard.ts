import type { Reader } from './database.ts';

/** What files and records of one source came to in a span of time. */
export interface SourceTally {
  readonly files: { readonly done: number; readonly refused: number; readonly duplicate: number };
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** Codes of refused files. */
  readonly refusals: Readonly<Record<string, number>>;
}

interface FileLine {
  state: string;
  counts: string;
  problems: string;
  received_at: string;
}

const PAGE = 2000;

function add(into: Record<string, number>, key: string, n = 1): void {
  into[key] = (into[key] ?? 0) + n;
}

/** Sources that ever sent a file, by name. */
export async function knownSources(db: Reader): Promise<string[]> {
  return (await db('source_files').distinct('source').orderBy('source').pluck('source')) as string[];
}

/** Adds up the files of a source received in [from, to). */
export async function tallyFiles(db: Reader, source: string, from: string, to: string): Promise<SourceTally> {
  const files = { done: 0, refused: 0, duplicate: 0 };
  const counts: Record<string, number> = {};
  const refusals: Record<string, number> = {};
  const rows = (await db('source_files')
    .where({ source })
    .where('received_at', '>=', from)
    .where('received_at', '<', to)
    .orderBy('received_at')
    .select('state', 'counts', 'problems', 'received_at')) as FileLine[];
  for (const row of rows) {
    if (row.state in files) files[row.state as keyof typeof files] += 1;
    for (const [key, n] of Object.entries(JSON.parse(row.counts) as Record<string, number>))
      add(counts, key, n);
    if (row.state !== 'refused') continue;
    for (const { code } of JSON.parse(row.problems) as { code: string }[]) add(refusals, code);
  }
  return {
    files,
    counts,
    refusals,
    firstAt: rows[0]?.received_at ?? null,
    lastAt: rows.at(-1)?.received_at ?? null,
  };
}

/** Walks the records of a source stored in [from, to), page by page: their problems and canonical JSON. */
export async function* walkRecords(
  db: Reader,
  source: string,
  from: string,
  to: string,
): AsyncGenerator<{
  readonly id: number;
  readonly state: string;
  readonly problems: string;
  readonly canonical: string;
  readonly created_at: string;
}> {
  let after = 0;
  for (;;) {
    const rows = (await db('court_records')
      .join('source_files', 'source_files.id', 'court_records.file_id')
      .where({ 'source_files.source': source })
      .whereNull('court_records.replaces')
      .where('source_files.received_at', '>=', from)
      .where('source_files.received_at', '<', to)
      .where('court_records.id', '>', after)
      .orderBy('court_records.id')
      .limit(PAGE)
      .select(
        'court_records.id',
        'court_records.state',
        'court_records.problems',
        'court_records.canonical',
        'court_records.created_at',
      )) as {
      id: number;
      state: string;
      problems: string;
      canonical: string;
      created_at: string;
    }[];
    const last = rows.at(-1);
    if (!last) return;
    yield* rows;
    after = last.id;
  }
}
