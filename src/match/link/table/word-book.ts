import { doubleMetaphone } from 'double-metaphone';

/** What is worked out once for each different word or name, however many rows hold it. */
export interface WordFacts {
  readonly text: string;
  /** Parts of a compound, as word numbers; empty for a single word. */
  readonly parts: readonly number[];
  /** Numbers of its Double Metaphone codes; equal numbers sound alike. 0 where it has no sound. */
  readonly sound: number;
  readonly otherSound: number;
}

/** Numbers every different text from 1 upwards, so that rows hold four bytes and equality is a comparison of numbers. */
export class WordBook {
  private readonly numbers = new Map<string, number>();
  private readonly facts: (WordFacts | undefined)[] = [undefined];
  private readonly sounds = new Map<string, number>();

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
    const [sound, otherSound] = this.soundsOf(text);
    const number = this.facts.length;
    this.facts.push({ text, parts, sound, otherSound });
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

  /** Metaphone knows the Latin alphabet only; any other script, and figures, sound like their own spelling. */
  private soundsOf(text: string): [number, number] {
    if (!/^[A-Z ]+$/.test(text)) return [this.soundNumber(`=${text}`), 0];
    const [first, second] = doubleMetaphone(text);
    return [this.soundNumber(first), second === first ? 0 : this.soundNumber(second)];
  }

  private soundNumber(code: string): number {
    if (code === '') return 0;
    const known = this.sounds.get(code);
    if (known !== undefined) return known;
    this.sounds.set(code, this.sounds.size + 1);
    return this.sounds.size;
  }
}
