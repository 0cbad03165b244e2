/** Comparison vectors with how often each occurred; levels 0 (not comparable), 1 (best) and so on. */
export interface Patterns {
  /** One vector after another, `fields` levels each. */
  readonly levels: readonly Uint8Array[];
  readonly counts: readonly number[];
  /** How many levels each field has. */
  readonly sizes: readonly number[];
}

/** Gathers vectors. */
export class PatternCounter {
  private readonly counts = new Map<string, number>();
  private readonly sizes: readonly number[];
  total = 0;

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
  }

  /** Counts a vector, with the fields in `hidden` taken as not comparable. */
  add(levels: Uint8Array, hidden: ReadonlySet<number>): void {
    let key = '';
    for (let f = 0; f < levels.length; f += 1) {
      key += String.fromCharCode(hidden.has(f) ? 0 : (levels[f] as number));
    }
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.total += 1;
  }

  /** In a fixed order, so that the order of rows changes nothing, not even the last digit. */
  patterns(): Patterns {
    const keys = [...this.counts.keys()].sort();
    return {
      levels: keys.map((key) => Uint8Array.from(key, (c) => c.charCodeAt(0))),
      counts: keys.map((key) => this.counts.get(key) ?? 0),
      sizes: this.sizes,
    };
  }
}
