import { XMLBuilder } from 'fast-xml-parser';

/** An element: attributes under `@`, text as a string, children as objects or lists. Absent values are left out. */
export interface XmlNode {
  readonly [name: string]: string | XmlNode | readonly XmlNode[] | readonly string[] | undefined;
}

const builder = new XMLBuilder({
  attributesGroupName: '@',
  ignoreAttributes: false,
  attributeNamePrefix: '',
  format: true,
});

function pruned(node: XmlNode): XmlNode | undefined {
  const entries = Object.entries(node).flatMap(([key, value]) => {
    const kept = key === '@' || typeof value === 'string' || value === undefined ? value : prunedValue(value);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function prunedValue(value: Exclude<XmlNode[string], string | undefined>): XmlNode[string] {
  if (!Array.isArray(value)) return pruned(value as XmlNode);
  const items = (value as readonly (XmlNode | string)[]).flatMap((item) =>
    typeof item === 'string' ? [item] : (pruned(item) ?? []),
  );
  return items.length === 0 ? undefined : (items as readonly XmlNode[]);
}

/** Writes a document with one root element. */
export function writeXml(root: string, node: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: pruned(node) ?? {} })}`;
}
