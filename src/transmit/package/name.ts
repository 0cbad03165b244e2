import type { PersonName } from '../../domain/index.ts';
import { NAM_LENGTH } from './parameters.ts';

/** Upper-case A-Z: accents go, apostrophes and full stops close up, other marks part words. */
export function ncicLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/['’ʻ`.]/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9\- ]/gu, ' ')
    .replace(/\s*-\s*/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

function joined(surname: string, given: string, middle: readonly string[], suffix: string): string {
  return `${surname}, ${[given, ...middle, suffix].filter(Boolean).join(' ')}`;
}

/** Middle names become initials from the last on, until the name fits. */
function fitted(
  surname: string,
  given: string,
  middle: readonly string[],
  suffix: string,
  limit: number,
): string {
  let words = [...middle];
  for (let i = words.length - 1; i >= 0; i--) {
    if (joined(surname, given, words, suffix).length <= limit) break;
    words = words.map((word, at) => (at === i ? word.slice(0, 1) : word));
  }
  return joined(surname, given, words, suffix);
}

/**
 * NAM, "SURNAME, GIVEN MIDDLE SUFFIX". Undefined where the source does not say which part is the surname: a name
 * is never split by guessing. A whole name is taken only if it is written with the comma. The parts as the court
 * spelt them travel beside it.
 * @param limit characters NAM may have; only middle names are shortened to reach it
 */
export function ncicName(name: PersonName, limit = NAM_LENGTH): string | undefined {
  const suffix = ncicLetters(name.suffix ?? '');
  const surname = ncicLetters(name.surname ?? '');
  const given = ncicLetters(name.given ?? '');
  if (surname && given) {
    const middle = ncicLetters(name.middle ?? '')
      .split(' ')
      .filter(Boolean);
    return fitted(surname, given, middle, suffix, limit);
  }
  const [before, after, ...more] = (name.full ?? '').split(',').map(ncicLetters);
  return before && after && more.length === 0 ? `${before}, ${after}` : undefined;
}
