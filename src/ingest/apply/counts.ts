/** Every record of a file ends in exactly one of these; together they are what was received. */
export const OUTCOMES = [
  'issued',
  'changed',
  'reissued',
  'stayed',
  'recalled',
  'served',
  'expired',
  'notSelected',
  'duplicates',
  'quarantined',
  'stopped',
  'asked',
  'evidence',
  'unmatched',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Counts = Record<'received' | Outcome, number>;

export function noCounts(): Counts {
  return Object.fromEntries(['received', ...OUTCOMES].map((key) => [key, 0])) as Counts;
}

export function addCounts(into: Counts, more: Readonly<Partial<Counts>>): void {
  for (const [key, value] of Object.entries(more)) {
    if (Object.hasOwn(into, key)) into[key as keyof Counts] += value;
  }
}

/** Whether received is the sum of what became of the records. */
export function balances(counts: Readonly<Counts>): boolean {
  return counts.received === OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}
