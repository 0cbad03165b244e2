import { canonicalName, type NamespaceKeys, numberOf } from './element.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Names kept for a whole document, and for one scope; a document that invents more is no court's. */
const NAMES_KEPT = 20_000;
const NAMES_OF_SCOPE = 2000;

/** A name of the document, resolved. */
export interface ResolvedName {
  /** As the format knows it, see `canonicalName`. */
  readonly name: string;
  /** Of that name, see `numberOf`. */
  readonly number: number;
  /** Whether it is a record's. */
  readonly isCut: boolean;
  /** `{uri}local`, by which two names are the same whatever their prefixes. */
  readonly expanded: string;
}

/** Is shown each name once before it is used; throws to refuse the document for it. */
export type NameGuard = (name: string, kind: 'element' | 'attribute') => void;

/** The attributes of a start tag as saxes gives them without namespaces: in document order, values by name. */
export type TagAttributes = Readonly<Record<string, string>>;

/** The declarations of one element, in force for it and all below it. */
interface Scope {
  /** Depth of the element that declares; 0 for what every document has. */
  readonly depth: number;
  readonly outer: Scope | undefined;
  /** Its own declarations only: one that declares much and is nested often must not be copied. */
  readonly uris: ReadonlyMap<string, string>;
  /** Names met under exactly these declarations, as they were spelt: names repeat by the thousand. */
  readonly elements: Map<string, ResolvedName>;
  readonly attributes: Map<string, ResolvedName>;
}

function scopeOf(depth: number, uris: ReadonlyMap<string, string>, outer?: Scope): Scope {
  return { depth, outer, uris, elements: new Map(), attributes: new Map() };
}

/** Whether an attribute declares a namespace. */
export function isDeclaration(attribute: string): boolean {
  return attribute.startsWith('xmlns') && (attribute.length === 5 || attribute[5] === ':');
}

/** Prefix and local part. @throws SyntaxError where a colon stands first, last or twice */
function split(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  if (colon < 0) return { prefix: '', local: name };
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  if (prefix === '' || local === '' || local.includes(':')) throw new SyntaxError(`malformed name: ${name}`);
  return { prefix, local };
}

/** What may not be declared. @throws SyntaxError */
function guardDeclaration(prefix: string, uri: string): void {
  if (prefix !== '' && uri === '') throw new SyntaxError(`the prefix ${prefix} is bound to nothing`);
  if (prefix === 'xmlns' || uri === XMLNS) throw new SyntaxError('the prefix xmlns may not be declared');
  if ((prefix === 'xml') !== (uri === XML))
    throw new SyntaxError(`the prefix xml and ${XML} belong to each other only`);
}

/**
 * Resolves the names of one document by Namespaces in XML 1.0, element by element. saxes could do it, but looks
 * every prefix up through all open elements and makes four objects for each: half of the time of a large file.
 */
export class Namespaces {
  readonly #keys: NamespaceKeys;
  readonly #cut: ReadonlySet<string>;
  readonly #guard: NameGuard | undefined;
  readonly #known = new Map<string, Map<string, ResolvedName>>();
  #kept = 0;
  #scope = scopeOf(
    0,
    new Map([
      ['xml', XML],
      ['xmlns', XMLNS],
    ]),
  );

  constructor(keys: NamespaceKeys, cut: ReadonlySet<string>, guard?: NameGuard) {
    this.#keys = keys;
    this.#cut = cut;
    this.#guard = guard;
  }

  /** Takes in what an element declares, before any name of it is resolved. @throws SyntaxError */
  open(depth: number, attributes: TagAttributes): void {
    let uris: Map<string, string> | undefined;
    for (const name in attributes) {
      if (!isDeclaration(name)) continue;
      const prefix = name === 'xmlns' ? '' : split(name).local;
      const uri = attributes[name]!.trim();
      guardDeclaration(prefix, uri);
      uris ??= new Map();
      uris.set(prefix, uri);
    }
    if (uris) this.#scope = scopeOf(depth, uris, this.#scope);
  }

  /** Ends what the element at this depth declared. */
  close(depth: number): void {
    const { depth: declared, outer } = this.#scope;
    if (declared === depth && outer) this.#scope = outer;
  }

  /** @throws SyntaxError where the prefix is not declared */
  element(name: string): ResolvedName {
    const known = this.#scope.elements.get(name);
    if (known !== undefined) return known;
    const { prefix, local } = split(name);
    if (prefix === 'xmlns') throw new SyntaxError('an element may not have the prefix xmlns');
    const uri = this.#find(prefix) ?? (prefix === '' ? '' : unbound(prefix));
    const resolved = this.#resolved(uri, local);
    this.#guard?.(resolved.name, 'element');
    return this.#remember(this.#scope.elements, name, resolved);
  }

  /** @throws SyntaxError where the prefix is not declared; without one there is no namespace */
  attribute(name: string): ResolvedName {
    const known = this.#scope.attributes.get(name);
    if (known !== undefined) return known;
    const { prefix, local } = split(name);
    const uri = prefix === '' ? '' : (this.#find(prefix) ?? unbound(prefix));
    const resolved = this.#resolved(uri, local);
    this.#guard?.(resolved.name, 'attribute');
    return this.#remember(this.#scope.attributes, name, resolved);
  }

  #find(prefix: string): string | undefined {
    for (let scope: Scope | undefined = this.#scope; scope; scope = scope.outer) {
      const uri = scope.uris.get(prefix);
      if (uri !== undefined) return uri;
    }
    return undefined;
  }

  #remember(names: Map<string, ResolvedName>, spelling: string, name: ResolvedName): ResolvedName {
    if (names.size < NAMES_OF_SCOPE) names.set(spelling, name);
    return name;
  }

  #resolved(uri: string, local: string): ResolvedName {
    const known = this.#known.get(uri)?.get(local);
    if (known) return known;
    const name = canonicalName(this.#keys, uri, local);
    const isCut = this.#cut.has(name);
    const resolved = { name, number: numberOf(name), isCut, expanded: `{${uri}}${local}` };
    if (this.#kept >= NAMES_KEPT) return resolved;
    this.#kept += 1;
    const names = this.#known.get(uri);
    if (names) names.set(local, resolved);
    else this.#known.set(uri, new Map([[local, resolved]]));
    return resolved;
  }
}

function unbound(prefix: string): never {
  throw new SyntaxError(`unbound namespace prefix: ${JSON.stringify(prefix)}`);
}

/** Refuses two attributes of one expanded name: saxes alone sees only that they are spelt otherwise. @throws SyntaxError */
export function guardTwins(names: readonly ResolvedName[]): void {
  if (names.length < 2) return;
  const seen = new Set<string>();
  for (const { expanded } of names) {
    if (seen.has(expanded)) throw new SyntaxError(`duplicate attribute: ${expanded}`);
    seen.add(expanded);
  }
}
