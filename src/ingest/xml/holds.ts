import type { XmlElement } from './element.ts';

/** Names told in a message. */
const TOLD = 4;

/** What an element holds in place of what was looked for, by the names of its children: `; it holds A, B`. */
export function holdsInstead(element: XmlElement | undefined): string {
  const names = [...new Set(element?.children.map(({ name }) => name.replace(/^.*[:}]/, '')))];
  if (names.length === 0) return '';
  return `; it holds ${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? ' and others' : ''}`;
}
