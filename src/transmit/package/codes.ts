import {
  COUNTRIES,
  type CodeTable,
  MEXICAN_STATES,
  PROVINCES,
  STATES,
  TERRITORIES,
} from '../../domain/codes/index.ts';

const byMeaning = new WeakMap<CodeTable, ReadonlyMap<string, string>>();

/** Meanings of a table that only one code has, without the remarks in brackets. */
function meanings(table: CodeTable): ReadonlyMap<string, string> {
  const known = byMeaning.get(table);
  if (known) return known;
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const [code, meaning] of table) {
    const word = meaning.split(' (')[0]!.toUpperCase();
    if (found.has(word)) twice.add(word);
    found.set(word, code);
  }
  for (const word of twice) found.delete(word);
  byMeaning.set(table, found);
  return found;
}

/** The code of a value that is a code of the table or, letter by letter, the meaning of one; else undefined. */
export function codeFor(table: CodeTable, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const word = value.trim().toUpperCase();
  return table.has(word) ? word : meanings(table).get(word);
}

/** POB: a state, territory, province or country. */
export const PLACES: CodeTable = new Map([
  ...COUNTRIES,
  ...MEXICAN_STATES,
  ...PROVINCES,
  ...TERRITORIES,
  ...STATES,
]);

/** OLS, LIS: who issued a licence or plate. */
export const ISSUERS: CodeTable = new Map([...MEXICAN_STATES, ...PROVINCES, ...TERRITORIES, ...STATES]);
