import type { Warrant } from '../domain/index.ts';
import { type HoldingRow, personKeysOf, type Reader } from '../store/index.ts';
import { personKeys } from './person-keys.ts';
import type { FactsSnapshot } from './record-facts.ts';

/**
 * Riders of a record that were of the person it names, and are not of the person it is about to name: a correction of
 * its own warrant must not carry them over to somebody else.
 * @param today the warrant as it will be told, and its NAM
 */
export async function strangersTo(
  db: Reader,
  holding: HoldingRow,
  today: { readonly warrant: Warrant; readonly nam: string },
  riders: readonly string[],
): Promise<ReadonlySet<string>> {
  const { warrant } = JSON.parse(holding.facts) as FactsSnapshot;
  const before = new Set(personKeys(warrant, holding.nam));
  const after = new Set(personKeys(today.warrant, today.nam));
  const found = new Set<string>();
  for (const id of riders) {
    const own = await personKeysOf(db, id);
    if (own.some((key) => before.has(key)) && !own.some((key) => after.has(key))) found.add(id);
  }
  return found;
}
