import { CLOSE_NAME, MEMO_ENTRIES, SLIP_LENGTH, SOUND_ALIKE } from '../parameters.ts';
import type { WordBook, WordFacts } from '../table/word-book.ts';
import { jaroWinkler } from '../text/jaro-winkler.ts';
import { areNicknames } from '../text/nicknames.ts';
import { isOneSlip } from '../text/slip.ts';

/** Levels of agreement of a given name, best first; 0 is "cannot be compared". */
export const GIVEN = { exact: 1, close: 2, short: 3, sound: 4, initial: 5, other: 6 } as const;
/** Levels of agreement of a surname, best first. */
export const SURNAME = { exact: 1, close: 2, part: 3, sound: 4, other: 5 } as const;
/** Levels of agreement of any other text, best first. */
export const TEXT = { exact: 1, close: 2, other: 3 } as const;

/** 26 bits for each word number: two fit in the 53 bits of a whole number. */
const WORD_SPAN = 67_108_864;

function soundAlike(a: WordFacts, b: WordFacts): boolean {
  if (a.sound === 0 || b.sound === 0) return false;
  return a.sound === b.sound || a.sound === b.otherSound || (a.otherSound !== 0 && a.otherSound === b.sound);
}

function isClose(a: string, b: string, similarity: number): boolean {
  return similarity >= CLOSE_NAME || (Math.min(a.length, b.length) >= SLIP_LENGTH && isOneSlip(a, b));
}

/** Shares a whole word of two letters or more: `GARCIA LOPEZ` and `LOPEZ`, `MARY ANN` and `MARY`. */
function sharePart(a: number, left: WordFacts, b: number, right: WordFacts, words: WordBook): boolean {
  if (left.parts.length === 0 && right.parts.length === 0) return false;
  const ours = left.parts.length === 0 ? [a] : left.parts;
  const theirs = right.parts.length === 0 ? [b] : right.parts;
  return ours.some((part) => words.text(part).length > 1 && theirs.includes(part));
}

/** Compares words by number and remembers the answers: a county has few different pairs of names. */
export class NameLevels {
  private readonly words: WordBook;
  private readonly memos = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];

  constructor(words: WordBook) {
    this.words = words;
  }

  given(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? GIVEN.exact : this.remembered(0, a, b, givenLevel);
  }

  surname(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? SURNAME.exact : this.remembered(1, a, b, surnameLevel);
  }

  text(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? TEXT.exact : this.remembered(2, a, b, textLevel);
  }

  /** True where two names sound alike; a cheap first look. */
  alike(a: number, b: number): boolean {
    return a !== 0 && b !== 0 && (a === b || soundAlike(this.words.of(a), this.words.of(b)));
  }

  private remembered(
    which: 0 | 1 | 2,
    a: number,
    b: number,
    level: (a: number, b: number, words: WordBook) => number,
  ): number {
    const memo = this.memos[which] as Map<number, number>;
    const key = a < b ? a * WORD_SPAN + b : b * WORD_SPAN + a;
    const known = memo.get(key);
    if (known !== undefined) return known;
    if (memo.size >= MEMO_ENTRIES) memo.clear();
    const found = level(a, b, this.words);
    memo.set(key, found);
    return found;
  }
}

function givenLevel(a: number, b: number, words: WordBook): number {
  const left = words.of(a);
  const right = words.of(b);
  const [x, y] = [left.text, right.text];
  if (x.length === 1 || y.length === 1) return x[0] === y[0] ? GIVEN.initial : GIVEN.other;
  const similarity = jaroWinkler(x, y);
  if (isClose(x, y, similarity)) return GIVEN.close;
  if (areNicknames(x, y) || sharePart(a, left, b, right, words)) return GIVEN.short;
  return similarity >= SOUND_ALIKE || soundAlike(left, right) ? GIVEN.sound : GIVEN.other;
}

function surnameLevel(a: number, b: number, words: WordBook): number {
  const left = words.of(a);
  const right = words.of(b);
  const similarity = jaroWinkler(left.text, right.text);
  if (isClose(left.text, right.text, similarity)) return SURNAME.close;
  if (sharePart(a, left, b, right, words)) return SURNAME.part;
  return similarity >= SOUND_ALIKE || soundAlike(left, right) ? SURNAME.sound : SURNAME.other;
}

function textLevel(a: number, b: number, words: WordBook): number {
  const [x, y] = [words.text(a), words.text(b)];
  return isClose(x, y, jaroWinkler(x, y)) ? TEXT.close : TEXT.other;
}
