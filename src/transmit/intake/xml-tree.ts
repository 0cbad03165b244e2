import { SaxesParser } from 'saxes';

/** An element as a plain tree; the prefix is ours, whatever the document's was. */
export interface TreeNode {
  readonly name: string;
  text: string;
  readonly children: TreeNode[];
}

const PREFIXES: Readonly<Record<string, string>> = {
  'https://benchlink.example/fta-warrant/1.0/': 'fta',
  'https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/': 'nc',
  'https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/': 'j',
  'https://docs.oasis-open.org/niemopen/ns/model/domains/biometrics/6.0/': 'biom',
  'https://docs.oasis-open.org/niemopen/ns/model/domains/screening/6.0/': 'scr',
  'http://ojbc.org/IEPD/Extensions/WarrantIssuedReportingExtension/1.0': 'wir-ext',
  'http://release.niem.gov/niem/niem-core/3.0/': 'nc',
  'http://release.niem.gov/niem/domains/jxdm/5.1/': 'j',
  'http://release.niem.gov/niem/domains/screening/3.1/': 'scr',
};

/** Augmentation containers exist in XML only: their parts are the parent's own (NDR 6, example 4-64). */
const AUGMENTATION = /Augmentation$/;

/** Dissolves the container that has just ended into its parent. */
function dissolve(parent: TreeNode | undefined, ended: TreeNode | undefined): void {
  if (!parent || !ended || !AUGMENTATION.test(ended.name)) return;
  parent.children.pop();
  parent.children.push(...ended.children);
}

/**
 * Reads a document into a tree by namespace; elements of namespaces not known here get the prefix `?`. Augmentation
 * containers are dissolved, so that XML and JSON give the same tree.
 */
export function readTree(xml: string): TreeNode {
  const parser = new SaxesParser({ xmlns: true });
  const root: TreeNode = { name: '', text: '', children: [] };
  const open: TreeNode[] = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type definition is not allowed');
  });
  parser.on('opentag', (tag) => {
    const node: TreeNode = { name: `${PREFIXES[tag.uri] ?? '?'}:${tag.local}`, text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('cdata', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('closetag', () => {
    const ended = open.pop();
    dissolve(open.at(-1), ended);
  });
  parser.write(xml).close();
  const document = root.children[0];
  if (!document) throw new Error('the document is empty');
  return document;
}

type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

function nodesOf(name: string, value: JsonValue): TreeNode[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => nodesOf(name, item));
  if (value === null || typeof value !== 'object') return [{ name, text: String(value ?? ''), children: [] }];
  const children = Object.entries(value)
    .filter(([inner]) => !inner.startsWith('@'))
    .flatMap(([inner, part]) => nodesOf(inner, part));
  return [{ name, text: '', children }];
}

/** Reads a NIEM JSON message into the tree its XML would give. The caller has held it against the JSON Schema. */
export function readJsonTree(json: string): TreeNode {
  const document = nodesOf('', JSON.parse(json) as JsonValue)[0]?.children[0];
  if (!document) throw new Error('the document is empty');
  return document;
}

/** Every node at a path of element names below a node. */
export function all(node: TreeNode | undefined, path: string): TreeNode[] {
  if (!node) return [];
  let nodes = [node];
  for (const name of path.split('/')) {
    nodes = nodes.flatMap((candidate) => candidate.children.filter((child) => child.name === name));
  }
  return nodes;
}

export function first(node: TreeNode | undefined, path: string): TreeNode | undefined {
  return all(node, path)[0];
}

/** Trimmed text at a path; undefined when absent or empty. */
export function text(node: TreeNode | undefined, path: string): string | undefined {
  return first(node, path)?.text.trim() || undefined;
}
