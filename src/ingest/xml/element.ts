/**
 * Namespace URI to the short key a format uses for it; unknown namespaces keep their URI in braces. An empty key
 * makes its names plain, as those without a namespace are.
 */
export type NamespaceKeys = Readonly<Record<string, string>>;

/** Children below which a plain search is quicker than an index. */
const FEW = 24;

const NONE: readonly XmlElement[] = [];

export const STRUCTURES_KEY = 's';
export const XSI_KEY = 'xsi';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * A name as the format knows it: `key:local` whatever prefix the document used, `{uri}local` where the
 * namespace is not one of the format's, plain `local` without a namespace.
 */
export function canonicalName(keys: NamespaceKeys, uri: string, local: string): string {
  if (uri === '') return local;
  if (uri === XSI) return `${XSI_KEY}:${local}`;
  const key = keys[uri];
  if (key === '') return local;
  return key === undefined ? `{${uri}}${local}` : `${key}:${local}`;
}

/** Names that get a number; a document that invents more is compared by text. */
const NUMBERED_NAMES = 20_000;
const UNNUMBERED = -1;
const numbers = new Map<string, number>();

/** The number of a name read in a document: comparing numbers is what reading a record does most. */
export function numberOf(name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  return numbers.size < NUMBERED_NAMES ? assign(name) : UNNUMBERED;
}

function assign(name: string): number {
  const number = numbers.size;
  numbers.set(name, number);
  return number;
}

/** A child name, or several spellings of it: one step of a path. */
export interface Step {
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  /** The bits of its names, see `bitOf`. */
  readonly bits: number;
}

export function stepOf(names: readonly string[]): Step {
  const found = names.map((name) => numbers.get(name) ?? assign(name));
  return { names, numbers: found, bits: found.reduce((bits, number) => bits | bitOf(number), 0) };
}

/**
 * One of 32 bits for a name's number; all for a name without one. Children that share no bit with a step hold
 * none of its names: most paths of a record lead nowhere, and are left at once.
 */
function bitOf(number: number): number {
  return number === UNNUMBERED ? -1 : 1 << (number & 31);
}

function isAt({ names, numbers: wanted }: Step, element: XmlElement): boolean {
  const { number } = element;
  if (number === UNNUMBERED) return names.includes(element.name);
  for (let i = 0; i < wanted.length; i++) if (wanted[i] === number) return true;
  return false;
}

/** A text of the document, and who has counted it as carried. */
class Part {
  /** One reader nearly always, several where records share it. A mark here costs less than a place in a list. */
  #takers: object | Set<object> | undefined;

  /** Notes that a reader carries this text. */
  take(reader: object): void {
    if (this.#takers === undefined || this.#takers === reader) this.#takers = reader;
    else if (this.#takers instanceof Set) this.#takers.add(reader);
    else this.#takers = new Set([this.#takers, reader]);
  }

  /** Whether one of these readers carries it. */
  isTakenBy(readers: ReadonlySet<object>): boolean {
    const takers = this.#takers;
    if (takers === undefined) return false;
    if (!(takers instanceof Set)) return readers.has(takers);
    for (const reader of readers) if (takers.has(reader)) return true;
    return false;
  }
}

export class XmlAttribute extends Part {
  readonly name: string;
  readonly value: string;

  constructor(name: string, value: string) {
    super();
    this.name = name;
    this.value = value;
  }
}

/** An element as text values only: nothing is converted, text is trimmed of XML white space at its ends. */
export class XmlElement extends Part {
  readonly name: string;
  /** Of the name, see `numberOf`. */
  readonly number: number;
  readonly line: number;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  /** Shared by all that have none: most elements of a record are leaves. */
  children: readonly XmlElement[] = NONE;
  /** The bits of all children's names, see `bitOf`. */
  #bits = 0;
  /** Place among the parent's children. */
  position = 0;
  /** Own character data; between child elements only what is not white space. */
  text = '';
  /** Set once a child element was opened, kept here or cut out as a record. */
  hasElements = false;
  /** Of a record or a whole document: the elements in it that carry a structures:id, in document order. */
  identified: readonly XmlElement[] | undefined;

  constructor(
    name: string,
    number: number,
    line: number,
    parent: XmlElement | undefined,
    attributes: readonly XmlAttribute[],
  ) {
    super();
    this.name = name;
    this.number = number;
    this.line = line;
    this.parent = parent;
    this.attributes = attributes;
  }

  attribute(name: string): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name)?.value;
  }

  #byName: Map<string, XmlElement[]> | undefined;

  add(child: XmlElement): void {
    const own = this.children as XmlElement[];
    child.position = own.length;
    this.#bits |= bitOf(child.number);
    // Most elements that have a child have one: a list made with it holds no room for sixteen.
    if (own.length === 0) this.children = [child];
    else own.push(child);
  }

  /** The only child of any of several names; undefined where there is none, null where a search must decide. */
  only(step: Step): XmlElement | null | undefined {
    if ((this.#bits & step.bits) === 0) return undefined;
    const { children } = this;
    if (children.length >= FEW) return null;
    let found: XmlElement | undefined;
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!;
      if (!isAt(step, child)) continue;
      if (found) return null;
      found = child;
    }
    return found;
  }

  /** Children of a name; indexed for elements with many, or a block of thousands is read in quadratic time. */
  all(name: string): readonly XmlElement[] {
    if (this.children.length < FEW) return this.children.filter((child) => child.name === name);
    if (!this.#byName) {
      this.#byName = new Map();
      for (const child of this.children) {
        const twins = this.#byName.get(child.name);
        if (twins) twins.push(child);
        else this.#byName.set(child.name, [child]);
      }
    }
    return this.#byName.get(name) ?? [];
  }

  /** Children of any of several names, in document order. */
  any(step: Step): readonly XmlElement[] {
    if ((this.#bits & step.bits) === 0) return NONE;
    if (this.children.length < FEW) return few(this.children, step);
    const { names } = step;
    if (names.length === 1) return this.all(names[0]!);
    return names.flatMap((name) => this.all(name)).sort((a, b) => a.position - b.position);
  }

  /** Name with its index among siblings of the name, where there are several: `child[2]`. */
  get step(): string {
    const { parent } = this;
    if (parent?.children[this.position] !== this) return this.name;
    if (parent.children.length < FEW && !hasTwin(parent.children, this)) return this.name;
    const twins = parent.all(this.name);
    return twins.length > 1 ? `${this.name}[${indexAmong(twins, this) + 1}]` : this.name;
  }

  /** Put together once: those of the elements above are asked for again and again. */
  #path: string | undefined;

  /** `/root/child[2]/leaf`, once the element and those before it are complete. */
  get path(): string {
    this.#path ??= `${this.parent?.path ?? ''}/${this.step}`;
    return this.#path;
  }

  get isNil(): boolean {
    const nil = this.attribute(`${XSI_KEY}:nil`);
    return nil === 'true' || nil === '1';
  }
}

/** Plain search, without a list where nothing is found: most paths of a record lead nowhere. */
function few(children: readonly XmlElement[], step: Step): readonly XmlElement[] {
  let found: XmlElement[] | undefined;
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!;
    if (!isAt(step, child)) continue;
    if (found) found.push(child);
    else found = [child];
  }
  return found ?? NONE;
}

function hasTwin(children: readonly XmlElement[], element: XmlElement): boolean {
  for (let i = 0; i < children.length; i++)
    if (children[i] !== element && children[i]!.name === element.name) return true;
  return false;
}

/** Where an element stands among its twins, which are in document order: found by halving. */
function indexAmong(twins: readonly XmlElement[], element: XmlElement): number {
  let low = 0;
  let high = twins.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (twins[middle]!.position < element.position) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13;

/** Trims XML white space only; a no-break space is data. */
export function trimXml(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Whether there is nothing but XML white space. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) return false;
  return true;
}
