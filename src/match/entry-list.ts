import { ENTRY_BYTES, type Entries } from './print/index.ts';

const FIRST = 1024;

/** Index entries of one finger and whose they are: about half a kilobyte a print, shared with the search threads. */
export class EntryList {
  readonly #ids: string[] = [];
  #bytes = new Uint8Array(new SharedArrayBuffer(FIRST * ENTRY_BYTES));

  get count(): number {
    return this.#ids.length;
  }

  add(printId: string, entry: Uint8Array): void {
    const at = this.#ids.length * ENTRY_BYTES;
    if (at + ENTRY_BYTES > this.#bytes.length) {
      const larger = new Uint8Array(new SharedArrayBuffer(this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(entry, at);
    this.#ids.push(printId);
  }

  get entries(): Entries {
    return { count: this.count, entries: this.#bytes };
  }

  id(at: number): string {
    return this.#ids[at]!;
  }
}
