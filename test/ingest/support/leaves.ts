import { SaxesParser } from 'saxes';
import type { Booking } from '../../../src/domain/index.ts';

/** What a file came to: court records or those of a feed. */
export interface Came {
  readonly records: readonly { readonly record: object }[];
  readonly facts: readonly object[];
}

/**
 * Every text and attribute value of a document, by a walk of its own: no code of the parser under test. Text is
 * that of one element between its markup, trimmed of XML white space; namespace declarations are not values.
 */
export function leavesOf(xml: string): string[] {
  const leaves: string[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const add = (value: string) => {
    const trimmed = value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
    if (trimmed !== '') leaves.push(trimmed);
  };
  parser.on('opentag', (tag) => {
    texts.push('');
    for (const attribute of Object.values(tag.attributes)) {
      const nil = attribute.local === 'nil' && attribute.uri.endsWith('XMLSchema-instance');
      if (attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns' && !nil) add(attribute.value);
    }
  });
  const text = (part: string) => {
    if (texts.length > 0) texts[texts.length - 1] += part;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => add(texts.pop()!));
  parser.write(xml).close();
  return leaves;
}

/** Every string anywhere in the records and file facts that came out. */
export function valuesOf(read: Came): string[] {
  const values: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') values.push(value);
    else if (value !== null && typeof value === 'object')
      for (const member of Object.values(value)) walk(member);
  };
  for (const { record } of read.records) {
    const { warrant, booking, prior, extra } = record as Record<string, unknown>;
    walk([warrant, booking, prior, extra]);
    // A charge is its statute and its words, joined by a blank: somewhere it falls into the two.
    for (const charge of (booking as Booking | undefined)?.charges ?? []) {
      const words = charge.split(' ');
      for (let at = 1; at < words.length; at++)
        values.push(words.slice(0, at).join(' '), words.slice(at).join(' '));
    }
  }
  walk(read.facts);
  return values;
}

/** Values of the document that no record carries, counting repeats: a value twice there must be twice here. */
export function lost(xml: string, read: Came): string[] {
  const have = new Map<string, number>();
  for (const value of valuesOf(read)) have.set(value, (have.get(value) ?? 0) + 1);
  return leavesOf(xml).filter((leaf) => {
    const left = have.get(leaf) ?? 0;
    have.set(leaf, left - 1);
    return left <= 0;
  });
}
