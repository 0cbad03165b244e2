import type { RecordTable } from '../table/record-table.ts';
import type { BlockingPass } from './passes.ts';

/**
 * One pass over a table as buckets of rows, in two flat arrays (four bytes a key, four a bucket). Different keys may
 * share a bucket; that only costs a comparison.
 */
export class PassIndex {
  readonly pass: BlockingPass;
  private readonly mask: number;
  private readonly starts: Uint32Array;
  private readonly rows: Uint32Array;

  constructor(pass: BlockingPass, table: RecordTable) {
    this.pass = pass;
    const buckets = 2 ** Math.max(4, Math.ceil(Math.log2(table.size * 2 + 1)));
    this.mask = buckets - 1;
    this.starts = new Uint32Array(buckets + 1);
    for (let row = 0; row < table.size; row += 1) {
      pass.keys(table, row, (key) => {
        const bucket = (key & this.mask) >>> 0;
        this.starts[bucket + 1] = (this.starts[bucket + 1] as number) + 1;
      });
    }
    for (let b = 0; b < buckets; b += 1) {
      this.starts[b + 1] = (this.starts[b + 1] as number) + (this.starts[b] as number);
    }
    this.rows = new Uint32Array(this.starts[buckets] as number);
    this.fill(table);
  }

  /** Rows of the bucket of `key`, as a view. */
  bucket(key: number): Uint32Array {
    const bucket = (key & this.mask) >>> 0;
    return this.rows.subarray(this.starts[bucket], this.starts[bucket + 1]);
  }

  private fill(table: RecordTable): void {
    const next = this.starts.slice(0, -1);
    for (let row = 0; row < table.size; row += 1) {
      this.pass.keys(table, row, (key) => {
        const bucket = (key & this.mask) >>> 0;
        const at = next[bucket] as number;
        this.rows[at] = row;
        next[bucket] = at + 1;
      });
    }
  }
}
