import { CLOSE_NAME, MEMO_PLACES, SLIP_LENGTH, SOUND_ALIKE } from '../parameters.ts';
import type { WordBook, WordFacts } from '../table/word-book.ts';
import { jaroWinkler, mostSimilar } from '../text/jaro-winkler.ts';
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

/** Remembered levels, one place for each hash: a newer pair takes an older one's place, so memory never grows. */
class Memo {
  private readonly keys = new Float64Array(MEMO_PLACES);
  private readonly levels = new Uint8Array(MEMO_PLACES);

  /** The level of two words, worked out where it is not remembered. Levels are the same either way round. */
  level(
    a: number,
    b: number,
    work: (a: number, b: number, words: WordBook) => number,
    words: WordBook,
  ): number {
    const [low, high] = a < b ? [a, b] : [b, a];
    const key = low * WORD_SPAN + high;
    const place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> MEMO_SHIFT;
    if (this.keys[place] === key) return this.levels[place] as number;
    const level = work(a, b, words);
    this.keys[place] = key;
    this.levels[place] = level;
    return level;
  }
}

const MEMO_SHIFT = 32 - Math.log2(MEMO_PLACES);

function soundAlike(a: WordFacts, b: WordFacts): boolean {
  if (a.sound === 0 || b.sound === 0) return false;
  return a.sound === b.sound || a.sound === b.otherSound || (a.otherSound !== 0 && a.otherSound === b.sound);
}

/** Jaro-Winkler, or 0 where it is certainly below `least`. */
function similarityOf(a: WordFacts, b: WordFacts, least: number): number {
  return mostSimilar(a.text, a.letters, b.text, b.letters) < least ? 0 : jaroWinkler(a.text, b.text);
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
  private readonly memos = { given: new Memo(), surname: new Memo(), text: new Memo() };

  constructor(words: WordBook) {
    this.words = words;
  }

  given(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? GIVEN.exact : this.memos.given.level(a, b, givenLevel, this.words);
  }

  surname(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? SURNAME.exact : this.memos.surname.level(a, b, surnameLevel, this.words);
  }

  text(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return a === b ? TEXT.exact : this.memos.text.level(a, b, textLevel, this.words);
  }

  /** True where two names begin with the same letter; a cheaper look still. */
  sameInitial(a: number, b: number): boolean {
    return a !== 0 && b !== 0 && this.words.text(a).charCodeAt(0) === this.words.text(b).charCodeAt(0);
  }

  /** True where two names sound alike; a cheap first look. */
  alike(a: number, b: number): boolean {
    return a !== 0 && b !== 0 && (a === b || soundAlike(this.words.of(a), this.words.of(b)));
  }
}

function givenLevel(a: number, b: number, words: WordBook): number {
  const left = words.of(a);
  const right = words.of(b);
  const [x, y] = [left.text, right.text];
  if (x.length === 1 || y.length === 1) return x[0] === y[0] ? GIVEN.initial : GIVEN.other;
  const similarity = similarityOf(left, right, SOUND_ALIKE);
  if (isClose(x, y, similarity)) return GIVEN.close;
  if (areNicknames(x, y) || sharePart(a, left, b, right, words)) return GIVEN.short;
  return similarity >= SOUND_ALIKE || soundAlike(left, right) ? GIVEN.sound : GIVEN.other;
}

function surnameLevel(a: number, b: number, words: WordBook): number {
  const left = words.of(a);
  const right = words.of(b);
  const similarity = similarityOf(left, right, SOUND_ALIKE);
  if (isClose(left.text, right.text, similarity)) return SURNAME.close;
  if (sharePart(a, left, b, right, words)) return SURNAME.part;
  return similarity >= SOUND_ALIKE || soundAlike(left, right) ? SURNAME.sound : SURNAME.other;
}

function textLevel(a: number, b: number, words: WordBook): number {
  const [left, right] = [words.of(a), words.of(b)];
  return isClose(left.text, right.text, similarityOf(left, right, CLOSE_NAME)) ? TEXT.close : TEXT.other;
}
