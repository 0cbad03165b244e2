import type { Random } from '../random.ts';
import { SHORT_FORMS } from './names.ts';

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** A letter beside `letter` on the keyboard; the letter itself when it has no neighbour. */
function neighbour(random: Random, letter: string): string {
  const row = KEYBOARD.find((keys) => keys.includes(letter.toLowerCase()));
  if (row === undefined) return letter;
  const at = row.indexOf(letter.toLowerCase()) + (random.chance(0.5) ? 1 : -1);
  const found = row[at] ?? (row[1] as string);
  return letter === letter.toLowerCase() ? found : found.toUpperCase();
}

/** One slip of the hand: a letter swapped with the next, dropped, doubled, or replaced by its neighbour. */
export function mistype(random: Random, text: string): string {
  if (text.length < 2) return text;
  const i = random.int(1, text.length - 1);
  const before = text.slice(0, i);
  const here = text[i] as string;
  const after = text.slice(i + 1);
  switch (random.int(0, 3)) {
    case 0:
      return `${text.slice(0, i - 1)}${here}${text[i - 1]}${after}`;
    case 1:
      return before + after;
    case 2:
      return before + here + here + after;
    default:
      return before + neighbour(random, here) + after;
  }
}

/** A number with one digit wrong or two neighbours swapped; letters stay. */
export function misnumber(random: Random, digits: string): string {
  const places = [...digits].flatMap((c, i) => (c >= '0' && c <= '9' ? [i] : []));
  if (places.length < 2) return digits;
  const i = places[random.int(0, places.length - 2)] as number;
  const next = digits[i + 1];
  if (random.chance(0.4) && next !== undefined && next !== digits[i]) {
    return digits.slice(0, i) + next + digits[i] + digits.slice(i + 2);
  }
  const wrong = String((Number(digits[i]) + random.int(1, 9)) % 10);
  return digits.slice(0, i) + wrong + digits.slice(i + 1);
}

/** An ISO date as somebody wrote it wrongly: a day off, day and month swapped, one digit wrong, or 1 January. */
export function misdate(random: Random, iso: string): string {
  const [year, month, day] = iso.split('-') as [string, string, string];
  switch (random.weighted([3, 3, 2, 2])) {
    case 0:
      return `${year}-${month}-${String((Number(day) % 28) + 1).padStart(2, '0')}`;
    case 1:
      return Number(day) <= 12 && day !== month ? `${year}-${day}-${month}` : iso;
    case 2:
      return `${Number(year) + random.pick([-10, -1, 1, 10])}-${month}-${day}`;
    default:
      return `${year}-01-01`;
  }
}

/** A short form of a given name, where one is in use. */
export function shortForm(random: Random, given: string): string {
  const forms = SHORT_FORMS[given];
  return forms === undefined ? given : random.pick(forms);
}
