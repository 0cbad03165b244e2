import type { Leaf, Tree } from './tree.ts';

/** A name that begins with this is an attribute of the element it stands in. */
export const ATTRIBUTE = '@';

const SPECIAL = /[&<>"']/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(value: Leaf): string {
  const text = String(value);
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark) : text;
}

function element(name: string, part: Leaf | Tree, indent: string): string {
  if (typeof part !== 'object') return `${indent}<${name}>${escaped(part)}</${name}>\n`;
  let attributes = '';
  let children = '';
  for (const [inner, value] of Object.entries(part)) {
    if (inner.startsWith(ATTRIBUTE)) attributes += ` ${inner.slice(1)}="${escaped(value as Leaf)}"`;
    else if (!Array.isArray(value)) children += element(inner, value as Leaf | Tree, `${indent} `);
    else for (const item of value) children += element(inner, item as Leaf | Tree, `${indent} `);
  }
  if (children === '') return `${indent}<${name}${attributes}/>\n`;
  return `${indent}<${name}${attributes}>\n${children}${indent}</${name}>\n`;
}

/**
 * A tree as an XML document, UTF-8, one element a line. Our own forty lines, so that the bytes of a message depend
 * on nothing but the message (an upgrade of a builder would change them), and because the builder took a third of
 * the time of a package (0.30 ms of 0.87; this takes 0.06 ms).
 * @param namespaces URIs by prefix, declared at the root in this order
 */
export function writeXml(root: string, namespaces: Readonly<Record<string, string>>, tree: Tree): Uint8Array {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => [`${ATTRIBUTE}xmlns:${prefix}`, uri]);
  const text = element(root, { ...Object.fromEntries(declared), ...tree }, '');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`, 'utf8');
}
