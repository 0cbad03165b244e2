import { SaxesParser } from 'saxes';
import type { Read } from './context.ts';

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
export function valuesOf(read: Read): string[] {
  const values: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') values.push(value);
    else if (value !== null && typeof value === 'object')
      for (const member of Object.values(value)) walk(member);
  };
  for (const { record } of read.records) walk([record.warrant, record.extra]);
  walk(read.facts);
  return values;
}

/** Values of the document that no record carries, counting repeats: a value twice there must be twice here. */
export function lost(xml: string, read: Read): string[] {
  const have = new Map<string, number>();
  for (const value of valuesOf(read)) have.set(value, (have.get(value) ?? 0) + 1);
  return leavesOf(xml).filter((leaf) => {
    const left = have.get(leaf) ?? 0;
    have.set(leaf, left - 1);
    return left <= 0;
  });
}
