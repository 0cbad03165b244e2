import { ParseOption, XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Problem } from '../../../src/domain/index.ts';
import type { SchemaSet } from '../../../src/transmit/package/index.ts';

const NIEM = 'https://docs.oasis-open.org/niemopen/ns/';
const STRUCTURES = `${NIEM}model/structures/6.0/`;
const TARGETS = `${NIEM}specification/conformanceTargets/6.0/`;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** How objects may refer to one another (appinfo:referenceCode). The default of NIEM, and ours, is NONE. */
export type ReferenceCode = 'NONE' | 'IDREF' | 'ANYURI' | 'ANY';

/** What a reference code forbids (NDR 6.0 rules 12-4 to 12-6). */
const FORBIDDEN: Readonly<Record<ReferenceCode, readonly string[]>> = {
  NONE: ['id', 'ref', 'uri'],
  IDREF: ['uri'],
  ANYURI: ['ref'],
  ANY: [],
};

/** A conformant document is one of these (rules 8-9, 8-13, 8-15, 9-2). */
const CONFORMANCE = /\/NDR\/6\.0\/#(Reference|Extension|Subset)SchemaDocument$/;

function broken(rule: string, message: string, element?: XmlElement): Problem {
  return {
    code: 'DST-INVALID',
    severity: 'error',
    ...(element ? { line: element.line, field: element.name } : {}),
    message: `NDR 6.0 rule ${rule}: ${message}`,
  };
}

interface Seen {
  readonly ids: Set<string>;
  readonly refs: [ref: string, element: XmlElement][];
  readonly found: Problem[];
}

function structures(element: XmlElement, name: string): string | undefined {
  return element.attrs.find((attr) => attr.namespaceUri === STRUCTURES && attr.name === name)?.content;
}

function checkReferences(element: XmlElement, code: ReferenceCode, seen: Seen): void {
  const [id, ref, uri] = ['id', 'ref', 'uri'].map((name) => structures(element, name));
  for (const name of FORBIDDEN[code]) {
    if (structures(element, name) === undefined) continue;
    seen.found.push(
      broken('12-4 to 12-6', `structures:${name} where the reference code is ${code}.`, element),
    );
  }
  if ([id, ref, uri].filter((value) => value !== undefined).length > 1) {
    seen.found.push(broken('12-7 to 12-10', 'more than one of id, ref and uri.', element));
  }
  if (id !== undefined && seen.ids.has(id))
    seen.found.push(broken('12-7 to 12-10', 'two objects of one id.', element));
  if (id !== undefined) seen.ids.add(id);
  if (ref !== undefined) seen.refs.push([ref, element]);
  if (uri !== undefined && !URL.canParse(uri, 'https://base.example/')) {
    seen.found.push(broken('12-12', 'the URI is none.', element));
  }
}

function checkAttributes(element: XmlElement, root: boolean, seen: Seen): void {
  for (const attr of element.attrs) {
    const { name, namespaceUri } = attr;
    if (namespaceUri === XML && name === 'base' && !root) {
      seen.found.push(broken('12-15', 'xml:base below the root.', element));
    }
    const known = [STRUCTURES, XSI, XML].includes(namespaceUri) || namespaceUri.startsWith(NIEM);
    if (!known) seen.found.push(broken('12-3', `attribute ${name} is in no type of the model.`, element));
    const nil = namespaceUri === XSI && name === 'nil' && ['true', '1'].includes(attr.content);
    if (nil && structures(element, 'ref') === undefined && structures(element, 'uri') === undefined) {
      seen.found.push(broken('12-14', 'nil without a reference.', element));
    }
  }
}

function checkAugmentations(children: readonly XmlElement[], seen: Seen): void {
  const names = new Set<string>();
  for (const child of children) {
    if (!child.name.endsWith('Augmentation')) continue;
    const name = `${child.namespaceUri}${child.name}`;
    if (names.has(name))
      seen.found.push(broken('12-13', 'the same augmentation twice in one parent.', child));
    names.add(name);
  }
}

function childrenOf(element: XmlElement): readonly XmlElement[] {
  const children: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(node);
  }
  return children;
}

function walk(element: XmlElement, code: ReferenceCode, root: boolean, seen: Seen): void {
  const children = childrenOf(element);
  checkAttributes(element, root, seen);
  checkReferences(element, code, seen);
  checkAugmentations(children, seen);
  for (const child of children) walk(child, code, false, seen);
}

/**
 * The instance rules of the NIEM Naming and Design Rules 6.0 that a schema cannot say (domain brief E.4). The
 * document must be well-formed; validity against a schema is checked elsewhere.
 */
export function checkNdr(bytes: Uint8Array, code: ReferenceCode = 'NONE'): readonly Problem[] {
  const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    const seen: Seen = { ids: new Set(), refs: [], found: [] };
    walk(document.root, code, true, seen);
    const dangling = seen.refs.filter(([ref]) => !seen.ids.has(ref));
    return [
      ...seen.found,
      ...dangling.map(([, at]) => broken('12-7 to 12-10', 'a reference to no object.', at)),
    ];
  } finally {
    document.dispose();
  }
}

/** Every schema document asserts what it conforms to (rules 8-9, 8-13, 8-15, 9-2). */
export function checkNdrSchemas(schemas: SchemaSet): readonly Problem[] {
  return [...schemas].flatMap(([file, bytes]) => {
    const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE });
    try {
      const targets = document.root.attrs.find((attr) => attr.namespaceUri === TARGETS)?.content ?? '';
      return CONFORMANCE.test(targets) ? [] : [broken('8-9', `${file} asserts no conformance target.`)];
    } finally {
      document.dispose();
    }
  });
}

/** Keys of JSON-LD itself. */
const KEYWORDS = new Set(['@context', '@id', '@type', '@value']);

function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '@context' ? [key] : [key, ...keysIn(inner)],
  );
}

/**
 * The JSON rules: an object with a context that maps every prefix (13-1, 13-4), keys that are keywords or names of
 * the model (13-5), and no `@id` where the reference code is NONE (13-7).
 * @param properties every qualified name of the model
 */
export function checkNdrJson(message: unknown, properties: ReadonlySet<string>): readonly Problem[] {
  if (message === null || typeof message !== 'object' || Array.isArray(message)) {
    return [broken('13-1', 'the message is no object.')];
  }
  const context = (message as Record<string, unknown>)['@context'];
  const prefixes = new Set(Object.keys(context !== null && typeof context === 'object' ? context : {}));
  const keys = keysIn(message);
  return [
    ...keys
      .filter((key) => !KEYWORDS.has(key) && !prefixes.has(key.split(':')[0] ?? ''))
      .map((key) => broken('13-4', `${key} has no prefix of the context.`)),
    ...keys
      .filter((key) => !KEYWORDS.has(key) && !properties.has(key))
      .map((key) => broken('13-5', `${key} is in no model.`)),
    ...keys.filter((key) => key === '@id').map(() => broken('13-7', 'an @id where nothing may refer.')),
  ];
}
