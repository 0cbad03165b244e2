import type { LinkPrior } from '../model/types.ts';
import { RELATIVES_LEAST, RELATIVES_PRIOR, RELATIVES_RANGE, RELATIVES_ROUNDS } from '../parameters.ts';
import type { Evidence } from './weigher.ts';

/** Cells of half a bit: fine enough for a share of relatives, few enough to go through again and again. */
const CELLS_A_BIT = 2;
const SPAN = 4_096;

/** How many compared pairs had which evidence for "the same person" and for "a near relative". */
export class EvidenceTally {
  private readonly cells = new Map<number, number>();

  add({ person, relative }: Evidence): void {
    // What speaks for neither is a stranger whatever the shares are.
    if (person < 0 && relative < 0) return;
    const [p, r] = [Math.round(person * CELLS_A_BIT), Math.round(relative * CELLS_A_BIT)];
    const cell = (p + SPAN / 2) * SPAN + r + SPAN / 2;
    this.cells.set(cell, (this.cells.get(cell) ?? 0) + 1);
  }

  /** Person bits, relative bits and count of each cell. */
  *[Symbol.iterator](): Generator<readonly [number, number, number]> {
    for (const [cell, count] of this.cells) {
      const person = (Math.floor(cell / SPAN) - SPAN / 2) / CELLS_A_BIT;
      yield [person, ((cell % SPAN) - SPAN / 2) / CELLS_A_BIT, count];
    }
  }
}

/**
 * Near relatives of a record in the other file, by expectation and maximisation over everything compared: some files
 * hold whole families, some nobody's brother, and what a shared surname and address mean hangs on which it is.
 * Relatives are met where they live together, so only files with addresses can tell; `seen` is the share of relatives
 * that such files bring together. The model's own figure is where it starts and is worth `RELATIVES_PRIOR` records.
 * @param rows rows of the other file
 * @param sightings how often a pair of records meets: 1 between files, 2 within one
 */
export function estimateRelatives(
  tally: EvidenceTally,
  prior: LinkPrior,
  left: number,
  rows: number,
  sightings: number,
  seen: number,
): number {
  const cells = [...tally].map(
    ([person, relative, n]) => [2 ** person / rows, 2 ** relative / rows, n] as const,
  );
  let [relatives, partners] = [prior.relatives, 0.5];
  for (let round = 0; round < RELATIVES_ROUNDS; round += 1) {
    let [alike, same] = [0, 0];
    for (const [person, relative, n] of cells) {
      const [p, r] = [partners * person, relatives * relative];
      alike += (n * r) / (1 + p + r);
      same += (n * p) / (1 + p + r);
    }
    const believed = prior.relatives * RELATIVES_PRIOR;
    relatives = ((alike * sightings) / seen + believed) / (left + RELATIVES_PRIOR);
    partners = (same * sightings + 1) / (left + 2);
  }
  const least = Math.max(RELATIVES_LEAST, prior.relatives / RELATIVES_RANGE);
  return Math.min(prior.relatives * RELATIVES_RANGE, Math.max(least, relatives));
}
