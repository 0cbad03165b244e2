import { BUCKET_LIMIT, CANDIDATE_LIMIT } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { PassIndex } from './index-pass.ts';
import { type BlockingPass, otherPass, PASSES } from './passes.ts';

/** The rows of a table worth comparing with a record. */
export interface CandidateRows {
  /** A view, good until the next search. */
  readonly rows: Uint32Array;
  /** True where a finest bucket was passed over or the limit was reached: a true pair may be missing. */
  readonly incomplete: boolean;
}

/** All passes over one table. */
export class Candidates {
  readonly passes: readonly PassIndex[];
  private readonly seen: Uint32Array;
  private readonly found = new Uint32Array(CANDIDATE_LIMIT);
  private round = 0;

  constructor(table: RecordTable, others: readonly string[] = []) {
    const passes: readonly BlockingPass[] = [...PASSES, ...others.map(otherPass)];
    this.passes = passes.map((pass) => new PassIndex(pass, table));
    this.seen = new Uint32Array(table.size);
  }

  /** Candidates of row `i` of `table`, each once. */
  of(table: RecordTable, i: number): CandidateRows {
    this.round += 1;
    let count = 0;
    let incomplete = false;
    for (const index of this.passes) {
      index.pass.keys(table, i, (key) => {
        const bucket = index.bucket(key);
        if (bucket.length > BUCKET_LIMIT || count + bucket.length > CANDIDATE_LIMIT) {
          incomplete ||= index.pass.finest === true || count + bucket.length > CANDIDATE_LIMIT;
          return;
        }
        for (let k = 0; k < bucket.length; k += 1) {
          const row = bucket[k] as number;
          if (this.seen[row] === this.round) continue;
          this.seen[row] = this.round;
          this.found[count] = row;
          count += 1;
        }
      });
    }
    return { rows: this.found.subarray(0, count), incomplete };
  }
}
