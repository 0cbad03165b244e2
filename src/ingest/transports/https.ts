import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { readAll } from '../bytes.ts';
import type { Cursor } from './cursor.ts';
import { drain, type HttpsAccount, HttpsClient, parseJson } from './https-client.ts';
import { httpsError, statusWords } from './https-faults.ts';
import type { Arrival, Beside, Fetched, Transport } from './transport.ts';

export interface HttpsSettings extends HttpsAccount {
  /**
   * False: the address gives data, page by page (`Link: rel="next"`); `{since}` in it is filled with the moment of
   * the last complete read. True: it gives a list of changed cases, each fetched by its address and, once stored,
   * removed from the list by DELETE.
   */
  readonly changeList: boolean;
}

/** The list of changed cases: an array, or `{changes, next}`. Hash and id are the court's own words. */
const change = z.object({
  id: z.coerce.string().min(1),
  href: z.string().min(1),
  hash: z.string().optional(),
});
const changeList = z.union([
  z.array(change),
  z.object({ changes: z.array(change), next: z.string().nullish() }),
]);

type Change = z.infer<typeof change>;

/** Pages one read may have: a listing whose `next` runs in a circle ends here. */
const MAX_PAGES = 100_000;
const NEVER = '1970-01-01T00:00:00Z';

/** The address in a `Link` header with `rel="next"` (RFC 8288). */
export function nextLink(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '');
  return /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(text)?.[1];
}

/** A court's web service, pulled. */
export class HttpsPull implements Transport {
  readonly #settings: HttpsSettings;
  readonly #client: HttpsClient;
  readonly #clock: Clock;
  readonly #cursor: Cursor;

  constructor(settings: HttpsSettings, cursor: Cursor, clock: Clock) {
    this.#settings = settings;
    this.#cursor = cursor;
    this.#clock = clock;
    this.#client = new HttpsClient(settings, clock);
  }

  fetch(): AsyncGenerator<Fetched> {
    return this.#settings.changeList ? this.#changes() : this.#pages();
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /**
   * Pages of one read. The moment is kept only when the last page is done: a read that died in the middle begins
   * again at the same moment, and what comes twice is known by its content.
   */
  async *#pages(): AsyncGenerator<Fetched> {
    const started = this.#clock.now().toISOString();
    const first = this.#settings.url.replaceAll('{since}', encodeURIComponent(this.#cursor.read() ?? NEVER));
    const stamp = started.replaceAll(/[^0-9]/g, '').slice(0, 14);
    let url: URL | undefined = new URL(first);
    let refused = false;
    for (let page = 1; url && page <= MAX_PAGES; page += 1) {
      const answer = await this.#client.get(url);
      const next = nextLink(answer.headers.link);
      const bytes = await readAll(answer.body);
      const name = `${stamp}-page-${String(page).padStart(5, '0')}`;
      const done = () => {
        if (next === undefined && !refused) this.#cursor.write(started);
      };
      // A page that cannot be used now (a mapping is missing) must come again once it can.
      const refuse = () => {
        refused = true;
      };
      if (bytes.length > 0) yield { kind: 'arrival', arrival: pageArrival(name, bytes, done, refuse) };
      else done();
      url = next === undefined ? undefined : new URL(next, url);
    }
  }

  /** Changed cases one by one. A case leaves the list only after it is stored, so nothing is lost between. */
  async *#changes(): AsyncGenerator<Fetched> {
    const base = new URL(this.#settings.url);
    let url: URL | undefined = base;
    const changes: Change[] = [];
    for (let page = 0; url && page < MAX_PAGES; page += 1) {
      const answer = await this.#client.get(url);
      const list = changeList.safeParse(parseJson(Buffer.from(await readAll(answer.body)).toString('utf8')));
      if (!list.success)
        throw httpsError(url, 'its answer is not a list of changes ([{"id", "href", "hash"}])');
      changes.push(...(Array.isArray(list.data) ? list.data : list.data.changes));
      const next = Array.isArray(list.data) ? nextLink(answer.headers.link) : list.data.next;
      url = next ? new URL(next, url) : undefined;
    }
    for (const one of changes) yield { kind: 'arrival', arrival: this.#changeArrival(base, one) };
  }

  #changeArrival(base: URL, one: Change): Arrival {
    const url = new URL(one.href, base);
    const client = this.#client;
    return {
      name: `case-${one.id}`,
      recovered: false,
      read: async function* () {
        yield* (await client.get(url)).body;
      },
      beside: () => Promise.resolve<Beside>({ ok: false, why: 'missing' }),
      done: () => this.#acknowledge(base, one),
      // It stays on the court's list, where the court sees that it was not taken.
      refuse: () => Promise.resolve(),
    };
  }

  /** Removes a case from the list, unless it has changed again since: then it must come again. */
  async #acknowledge(base: URL, one: Change): Promise<void> {
    const url = new URL(base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(one.id)}`;
    const headers: Record<string, string> = one.hash ? { 'if-match': `"${one.hash}"` } : {};
    const answer = await this.#client.send('DELETE', url, headers);
    await drain(answer.body);
    if (![200, 202, 204, 404, 410, 412].includes(answer.status))
      throw httpsError(url, statusWords(answer.status));
  }
}

function pageArrival(name: string, bytes: Uint8Array, done: () => void, refuse: () => void): Arrival {
  return {
    name,
    bytes: bytes.length,
    recovered: false,
    read: async function* () {
      yield bytes;
    },
    beside: () => Promise.resolve<Beside>({ ok: false, why: 'missing' }),
    done: async () => done(),
    refuse: async () => refuse(),
  };
}
