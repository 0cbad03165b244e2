import { messageTree } from './message.ts';
import type { WarrantMessage } from './model.ts';
import { NAMESPACES } from './namespaces.ts';
import type { Leaf, Tree } from './tree.ts';

/** A value of a JSON message. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Augmentation containers exist in XML only; in JSON their properties are the object's own (NDR 6, example 4-64). */
const AUGMENTATION = /Augmentation$/;

/** Decimals, which the tree holds as text so that XML gets exact digits. */
const DECIMALS: ReadonlySet<string> = new Set([
  'nc:Amount',
  'fta:PrintScoreValue',
  'fta:ThresholdValue',
  'biom:ImageNominalScanningResolutionValue',
]);

/** The JSON-LD context of every message: prefixes of the model (NDR rule 13-4). */
export const JSON_CONTEXT: Readonly<Record<string, string>> = NAMESPACES;

function value(name: string, part: Leaf | Tree): Json {
  if (typeof part === 'object') return object(part);
  return DECIMALS.has(name) ? Number(part) : part;
}

function object(tree: Tree): { readonly [key: string]: Json } {
  const found: Record<string, Json> = {};
  for (const [name, part] of Object.entries(tree)) {
    if (Array.isArray(part)) found[name] = part.map((item: Leaf | Tree) => value(name, item));
    else if (AUGMENTATION.test(name)) Object.assign(found, object(part as Tree));
    else found[name] = value(name, part as Leaf | Tree);
  }
  return found;
}

/**
 * A message as NIEM JSON, UTF-8: the same tree as the XML, as a JSON-LD document with its context inside. The same
 * message always gives the same bytes.
 * @throws BenchlinkError as `toXml`
 */
export function toJson(message: WarrantMessage): Uint8Array {
  const { root, tree } = messageTree(message);
  return Buffer.from(JSON.stringify({ '@context': JSON_CONTEXT, [root]: object(tree) }), 'utf8');
}
