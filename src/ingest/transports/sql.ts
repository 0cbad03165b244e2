import type { Knex } from 'knex';
import type { Clock } from '../../clock.ts';
import type { Cursor } from './cursor.ts';
import { parseJson } from './https-client.ts';
import { openSource, type SqlClient } from './sql-connection.ts';
import { sqlError } from './sql-faults.ts';
import type { Arrival, Beside, Fetched, Transport } from './transport.ts';

export interface SqlSettings {
  readonly client: SqlClient;
  /** Connection string, or the path of a SQLite file. A secret. */
  readonly connection: string;
  /** Table or view of the warrants, and of their children by the name they get in the record. */
  readonly views: Readonly<Record<string, string>>;
  /** The column that ties the views together; unique among the warrants. */
  readonly keyColumn: string;
  /** Read what changed since, by this column; without it the whole view is read each time. */
  readonly watermarkColumn?: string;
  readonly batchRows: number;
  readonly timeoutMs: number;
}

type Row = Record<string, unknown>;

/** How far the changes have been read: watermark, then key among rows of one watermark. */
interface Mark {
  readonly at: string | number;
  /** Without it, the rows of the watermark itself are read again too. */
  readonly key?: string | number;
}

/** The name of the children list in a record, by the name of its view. */
const CHILDREN: Readonly<Record<string, string>> = { offenses: 'offenses', history: 'status_history' };
/**
 * Rows may be committed later than their own time stamp says, so a read begins this much before the last one
 * ended; what comes twice is known by its content.
 */
const OVERLAP_MS = 300_000;

function isMark(value: unknown): value is Mark {
  return typeof value === 'object' && value !== null && 'at' in value;
}

/** Dates of drivers that insist on them: midnight is a day, anything else an instant. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return typeof value === 'bigint' ? value.toString() : value;
}

function line(row: Row): Uint8Array {
  return Buffer.from(`${JSON.stringify(row, (_key, value: unknown) => plain(value))}\n`);
}

/** A court's database or reporting views, read row by row; each row with its children is one line of JSON. */
export class SqlPull implements Transport {
  readonly #settings: SqlSettings;
  readonly #cursor: Cursor;
  readonly #clock: Clock;
  readonly #db: Knex;

  constructor(settings: SqlSettings, cursor: Cursor, clock: Clock) {
    this.#settings = settings;
    this.#cursor = cursor;
    this.#clock = clock;
    this.#db = openSource(settings.client, settings.connection, settings.timeoutMs);
  }

  fetch(): AsyncGenerator<Fetched> {
    return this.#settings.watermarkColumn === undefined
      ? this.#snapshot()
      : this.#changes(this.#settings.watermarkColumn);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #name(kind: string): string {
    return `${this.#clock
      .now()
      .toISOString()
      .replaceAll(/[^0-9]/g, '')
      .slice(0, 14)}-${kind}`;
  }

  /** Rows of one page in the order of `order`, after `after`, each with its children. */
  async #page(
    db: Knex | Knex.Transaction,
    where: (query: Knex.QueryBuilder) => void,
    order: readonly string[],
  ): Promise<Row[]> {
    const { views, keyColumn, batchRows } = this.#settings;
    const query = db(views.warrants ?? 'warrants')
      .select('*')
      .limit(batchRows);
    for (const column of order) query.orderBy(column);
    where(query);
    try {
      const rows = (await query) as Row[];
      const keys = rows.map((row) => row[keyColumn]) as string[];
      for (const [view, name] of Object.entries(CHILDREN)) {
        const table = views[view];
        if (table === undefined || keys.length === 0) continue;
        const children = (await db(table).select('*').whereIn(keyColumn, keys)) as Row[];
        const byKey = Map.groupBy(children, (child) => String(child[keyColumn]));
        for (const row of rows)
          row[name] = (byKey.get(String(row[keyColumn])) ?? []).map((child) => without(child, keyColumn));
      }
      return rows;
    } catch (error) {
      throw sqlError(this.#settings.client, error);
    }
  }

  /** The whole view as one input, in one transaction, page by page in flat memory. */
  async *#snapshot(): AsyncGenerator<Fetched> {
    const name = this.#name('snapshot');
    const read = () => this.#lines();
    yield {
      kind: 'arrival',
      arrival: arrival(
        name,
        read,
        () => undefined,
        () => undefined,
      ),
    };
  }

  async *#lines(): AsyncGenerator<Uint8Array> {
    const { client, keyColumn } = this.#settings;
    yield line({ extract: { full: true, as_of: this.#clock.now().toISOString() } });
    const trx = await this.#begin();
    let count = 0;
    try {
      let last: unknown;
      for (;;) {
        const after = last;
        const rows = await this.#page(
          trx,
          (q) => void (after === undefined ? q : q.where(keyColumn, '>', after as string)),
          [keyColumn],
        );
        for (const row of rows) yield line(row);
        count += rows.length;
        last = rows.at(-1)?.[keyColumn];
        if (rows.length === 0) break;
      }
    } finally {
      await trx.rollback().catch((error: unknown) => {
        throw sqlError(client, error);
      });
    }
    yield line({ extract_end: { rows: count } });
  }

  async #begin(): Promise<Knex.Transaction> {
    const { client } = this.#settings;
    try {
      if (client === 'sqlite') return await this.#db.transaction();
      const isolationLevel = client === 'mssql' ? 'snapshot' : 'repeatable read';
      return await this.#db.transaction({
        isolationLevel,
        // MySQL and SQL Server do not read what knex writes for it; the account may only read anyway.
        ...(client === 'pg' ? { readOnly: true } : {}),
      });
    } catch (error) {
      throw sqlError(client, error);
    }
  }

  /** What changed, batch by batch; the mark moves when a batch is stored. */
  async *#changes(column: string): AsyncGenerator<Fetched> {
    const { keyColumn } = this.#settings;
    const stored: unknown = parseJson(this.#cursor.read() ?? 'null');
    let mark = isMark(stored) ? overlapped(stored) : undefined;
    let refused = false;
    for (let batch = 1; ; batch += 1) {
      const from = mark;
      const where = (query: Knex.QueryBuilder) => {
        if (from?.key === undefined) void (from && query.where(column, '>=', from.at));
        else
          query.where((q) =>
            q
              .where(column, '>', from.at)
              .orWhere((tie) => tie.where(column, from.at).where(keyColumn, '>', from.key!)),
          );
      };
      const rows = await this.#page(this.#db, where, [column, keyColumn]);
      const last = rows.at(-1);
      if (!last) return;
      const reached = JSON.parse(JSON.stringify({ at: plain(last[column]), key: last[keyColumn] })) as Mark;
      const read = async function* () {
        for (const row of rows) yield line(row);
      };
      const keep = () => {
        if (!refused) this.#cursor.write(JSON.stringify(furthest(stored, reached)));
      };
      // The mark stays before rows that cannot be used now (a mapping is missing): they come again once they can.
      const refuse = () => {
        refused = true;
      };
      const name = this.#name(`changes-${String(batch).padStart(5, '0')}`);
      yield { kind: 'arrival', arrival: arrival(name, read, keep, refuse) };
      mark = reached;
    }
  }
}

function without(row: Row, column: string): Row {
  const { [column]: _dropped, ...rest } = row;
  return rest;
}

/** The overlap must not move the mark backwards. */
function furthest(stored: unknown, reached: Mark): Mark {
  if (!isMark(stored)) return reached;
  const further =
    typeof stored.at === 'number' ? stored.at > Number(reached.at) : String(stored.at) > String(reached.at);
  return further ? stored : reached;
}

const TIME = /^(\d{4}-\d{2}-\d{2})([ T])(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Begins again a little before the mark, where it is a time; written as the database wrote it. */
function overlapped(mark: Mark): Mark {
  const [, day, divider, clock, offset] = TIME.exec(String(mark.at)) ?? [];
  if (!day || !clock) return mark;
  const earlier = new Date(Date.parse(`${day}T${clock}Z`) - OVERLAP_MS).toISOString();
  return { at: `${earlier.slice(0, 10)}${divider ?? 'T'}${earlier.slice(11, 19)}${offset ?? ''}` };
}

function arrival(
  name: string,
  read: () => AsyncIterable<Uint8Array>,
  done: () => void,
  refuse: () => void,
): Arrival {
  return {
    name,
    recovered: false,
    read,
    beside: () => Promise.resolve<Beside>({ ok: false, why: 'missing' }),
    done: async () => done(),
    refuse: async () => refuse(),
  };
}
