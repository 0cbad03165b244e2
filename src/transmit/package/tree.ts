import { BenchlinkError } from '../../errors.ts';

/** A simple value. Numbers are integers; decimals travel as text, so that a float never changes them. */
export type Leaf = string | number | boolean;

/**
 * Elements by qualified name, in schema order; an array is a repeated element, in order. XML and JSON are both
 * written from this tree, so they cannot disagree.
 */
export interface Tree {
  readonly [name: string]: Leaf | Tree | readonly (Leaf | Tree)[];
}

/** What a builder may hand to `node`: absent parts are left out. */
type Part = Leaf | Tree | readonly (Leaf | Tree | undefined)[] | undefined;

/** Characters XML 1.0 cannot carry, lone surrogates included. */
const UNSENDABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;

/**
 * Text as XML can carry it: a carriage return would be read back as a line feed, so it is written as one.
 * @throws BenchlinkError `PACKAGE-TEXT` for a character that no XML document may contain
 */
export function sendable(name: string, value: string): string {
  if (UNSENDABLE.test(value)) {
    throw new BenchlinkError('reject', 'PACKAGE-TEXT', `${name} contains a character that cannot be sent.`);
  }
  return value.replace(/\r\n?/g, '\n');
}

/** An element with the parts that are there; undefined if none is, so that no empty element is ever sent. */
export function node(parts: Readonly<Record<string, Part>>): Tree | undefined {
  const kept: Record<string, Leaf | Tree | readonly (Leaf | Tree)[]> = {};
  for (const [name, part] of Object.entries(parts)) {
    if (part === undefined || part === '') continue;
    if (!Array.isArray(part)) {
      kept[name] = typeof part === 'string' ? sendable(name, part) : (part as Leaf | Tree);
      continue;
    }
    const items = part.filter((item) => item !== undefined && item !== '');
    const clean = items.map((item) => (typeof item === 'string' ? sendable(name, item) : item));
    if (clean.length > 0) kept[name] = clean;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** A decimal in plain digits: 1e-7 is not an xs:decimal. */
export function decimal(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const short = String(value);
  return short.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : short;
}

/** Exact dollars of exact cents. */
export function dollars(cents: number | undefined): string | undefined {
  if (cents === undefined) return undefined;
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
