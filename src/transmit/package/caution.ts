import { CMC } from '../../domain/codes/index.ts';
import { codeFor } from './codes.ts';

/**
 * A state file's one-letter caution as the NCIC code that says the same: A armed and dangerous, E escape risk,
 * S suicidal, M mentally disturbed and X miscellaneous (both 01 OTHER, explained in MIS). Letters: CDCR DOM
 * 72070.6.1; the pairing is ours, so a county may configure another.
 */
export const CAUTION_LETTERS: Readonly<Record<string, string>> = {
  A: '00',
  E: '25',
  M: '01',
  S: '70',
  X: '01',
};

/** CMC of one caution; undefined if it is neither a code, a letter nor the words of a code. */
export function cautionCode(caution: string, letters = CAUTION_LETTERS): string | undefined {
  return letters[caution.trim().toUpperCase()] ?? codeFor(CMC, caution);
}

/** CMC codes, each once, in the order given. */
export function cautionCodes(cautions: readonly string[]): readonly string[] {
  const codes = cautions.map((caution) => cautionCode(caution));
  return [...new Set(codes.filter((code) => code !== undefined))];
}

/** Cautions no code says; they travel in words. */
export function cautionWords(cautions: readonly string[]): readonly string[] {
  return cautions.filter((caution) => cautionCode(caution) === undefined);
}
