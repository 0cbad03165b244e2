import { doubleMetaphone } from 'double-metaphone';
import { letterBits } from '../text/jaro-winkler.ts';

/** What is worked out once for each different word or name, however many rows hold it. */
export interface WordFacts {
  readonly text: string;
  /** Parts of a compound, as word numbers; empty for a single word. */
  readonly parts: readonly number[];
  /** A hash of the text, for keys that must not depend on the order in which words were met. */
  readonly key: number;
  /** Hashes of its Double Metaphone codes; equal ones sound alike. 0 where it has no sound. */
  readonly sound: number;
  readonly otherSound: number;
  /** Which letters it has (`letterBits`). */
  readonly letters: number;
}

/** Numbers every different text from 1 upwards, so that rows hold four bytes and equality is a comparison of numbers. */
export class WordBook {
  private readonly numbers = new Map<string, number>();
  private readonly facts: (WordFacts | undefined)[] = [undefined];

  get size(): number {
    return this.facts.length;
  }

  /** The number of `text`; 0 for the empty text. */
  number(text: string): number {
    if (text === '') return 0;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const words = text.includes(' ') ? text.split(' ') : [];
    const parts = words.map((word) => this.number(word));
    const [sound, otherSound] = soundsOf(text);
    const number = this.facts.length;
    this.facts.push({ text, parts, key: hashOf(text), sound, otherSound, letters: letterBits(text) });
    this.numbers.set(text, number);
    return number;
  }

  /** The facts of a word. @throws RangeError for a number this book never gave */
  of(number: number): WordFacts {
    const facts = this.facts[number];
    if (facts === undefined) throw new RangeError(`no word has the number ${number}`);
    return facts;
  }

  text(number: number): string {
    return number === 0 ? '' : this.of(number).text;
  }

  /** The hash of a word; 0 for none. */
  key(number: number): number {
    return number === 0 ? 0 : this.of(number).key;
  }
}

/** FNV-1a, 32 bits, never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}

/** Metaphone knows the Latin alphabet only; any other script, and figures, sound like their own spelling. */
function soundsOf(text: string): [number, number] {
  if (!/^[A-Z ]+$/.test(text)) return [hashOf(`=${text}`), 0];
  const [first, second] = doubleMetaphone(text);
  return [first === '' ? 0 : hashOf(first), second === '' || second === first ? 0 : hashOf(second)];
}
