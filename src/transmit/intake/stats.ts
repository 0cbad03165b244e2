import type { Knex } from 'knex';

/** What the intake has seen and holds. */
export interface IntakeStats {
  /** Messages posted since the start, repeats included, and status questions. */
  readonly posts: number;
  readonly asks: number;
  /** Distinct message ids that arrived, ever. */
  readonly messages: number;
  /** Arrivals of an id that had arrived before. */
  readonly repeats: number;
  /** Messages whose answer is still outstanding. */
  readonly queued: number;
  /** Records by state. */
  readonly records: Readonly<Record<string, number>>;
}

type Count = { state: string; n: number | string };

/** Counts from the intake's own tables. */
export async function readStats(
  db: Knex,
  counts: { readonly posts: number; readonly asks: number },
): Promise<IntakeStats> {
  const records = (await db('records').select('state').count({ n: '*' }).groupBy('state')) as Count[];
  const messages = (await db('messages').select('state').count({ n: '*' }).groupBy('state')) as Count[];
  const of = (state: string) => Number(messages.find((row) => row.state === state)?.n ?? 0);
  const [times] = (await db('messages').sum({ n: db.raw('times - 1') })) as { n: number | string | null }[];
  return {
    posts: counts.posts,
    asks: counts.asks,
    messages: of('answered') + of('queued'),
    repeats: Number(times?.n ?? 0),
    queued: of('queued'),
    records: Object.fromEntries(records.map((row) => [row.state, Number(row.n)])),
  };
}
