import { BenchlinkError } from '../../errors.ts';
import type { Case, CourtEntry, OurEntry, TheirEntry } from './compare.ts';

interface Keyed {
  readonly ori: string;
  readonly oca: string;
}

/** Byte order of (ORI, OCA), as the databases sort. */
function order(a: Keyed, b: Keyed): number {
  if (a.ori !== b.ori) return a.ori < b.ori ? -1 : 1;
  if (a.oca !== b.oca) return a.oca < b.oca ? -1 : 1;
  return 0;
}

/** Pages of a sorted list: a list of any length is held a page at a time. */
export type Pages<T> = AsyncIterable<readonly T[]>;

/** A sorted list read one case at a time. */
class Cursor<T extends Keyed> {
  readonly #name: string;
  readonly #pages: AsyncIterator<readonly T[]>;
  #page: readonly T[] = [];
  #at = 0;
  #last: T | undefined;
  count = 0;

  constructor(name: string, pages: Pages<T>) {
    this.#name = name;
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** Makes sure that there is a head, if there is any more; true at once when the page still has one. */
  ready(): boolean {
    return this.#at < this.#page.length;
  }

  async fill(): Promise<void> {
    while (!this.ready()) {
      const next = await this.#pages.next();
      if (next.done) return;
      this.#page = next.value;
      this.#at = 0;
    }
  }

  head(): T | undefined {
    return this.#page[this.#at];
  }

  take(): T | undefined {
    const head = this.#page[this.#at];
    if (!head) return undefined;
    if (this.#last && order(this.#last, head) > 0) {
      const text = `The ${this.#name} list is not in the order of ORI and case number; nothing can be concluded from it.`;
      throw new BenchlinkError('fault', 'LIST-ORDER', text);
    }
    this.#last = head;
    this.#at += 1;
    this.count += 1;
    return head;
  }
}

async function takeAll<T extends Keyed>(cursor: Cursor<T>, key: Keyed): Promise<T[]> {
  const taken: T[] = [];
  for (;;) {
    if (!cursor.ready()) await cursor.fill();
    const head = cursor.head();
    if (!head || order(head, key) !== 0) return taken;
    cursor.take();
    taken.push(head);
  }
}

export interface MergeCounts {
  court: number;
  ours: number;
  theirs: number;
  cases: number;
}

/**
 * Merges three lists sorted by ORI and case number and hands over every case once, holding no more than a page of
 * each. A list that is out of order, or ends with an error, ends the merge with an error: half a list would look
 * like missing records.
 */
export async function mergeLists(
  lists: { court: Pages<CourtEntry>; ours: Pages<OurEntry>; theirs: Pages<TheirEntry> },
  each: (one: Case) => void | Promise<void>,
): Promise<MergeCounts> {
  const court = new Cursor('court', lists.court);
  const ours = new Cursor('own', lists.ours);
  const theirs = new Cursor('destination', lists.theirs);
  let cases = 0;
  for (;;) {
    for (const cursor of [court, ours, theirs]) if (!cursor.ready()) await cursor.fill();
    const heads = [court.head(), ours.head(), theirs.head()].filter((head) => head !== undefined);
    const first = heads.reduce<Keyed | undefined>((a, b) => (a && order(a, b) <= 0 ? a : b), undefined);
    if (!first) break;
    const key = { ori: first.ori, oca: first.oca };
    const one: Case = {
      ...key,
      court: await takeAll(court, key),
      ours: await takeAll(ours, key),
      theirs: await takeAll(theirs, key),
    };
    cases += 1;
    const done = each(one);
    if (done) await done;
  }
  return { court: court.count, ours: ours.count, theirs: theirs.count, cases };
}
