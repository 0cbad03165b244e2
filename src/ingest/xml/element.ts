/** Namespace URI to the short key a format uses for it; unknown namespaces keep their URI in braces. */
export type NamespaceKeys = Readonly<Record<string, string>>;

/** Children below which a plain search is quicker than an index. */
const FEW = 24;

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
  return key === undefined ? `{${uri}}${local}` : `${key}:${local}`;
}

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/** An element as text values only: nothing is converted, text is trimmed of XML white space at its ends. */
export class XmlElement {
  readonly name: string;
  readonly line: number;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[] = [];
  /** Place among the parent's children. */
  position = 0;
  /** Own character data; between child elements only what is not white space. */
  text = '';
  /** Set once a child element was opened, kept here or cut out as a record. */
  hasElements = false;

  constructor(
    name: string,
    line: number,
    parent: XmlElement | undefined,
    attributes: readonly XmlAttribute[],
  ) {
    this.name = name;
    this.line = line;
    this.parent = parent;
    this.attributes = attributes;
  }

  attribute(name: string): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name)?.value;
  }

  #byName: Map<string, XmlElement[]> | undefined;

  add(child: XmlElement): void {
    child.position = this.children.length;
    this.children.push(child);
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
  any(names: readonly string[]): readonly XmlElement[] {
    if (names.length === 1) return this.all(names[0]!);
    if (this.children.length < FEW) return this.children.filter((child) => names.includes(child.name));
    return names.flatMap((name) => this.all(name)).sort((a, b) => a.position - b.position);
  }

  /** `/root/child[2]/leaf`, an index only where siblings share the name. */
  get path(): string {
    const twins = this.parent?.all(this.name) ?? [];
    const index =
      twins.length > 1 && this.parent?.children[this.position] === this
        ? `[${indexAmong(twins, this) + 1}]`
        : '';
    return `${this.parent?.path ?? ''}/${this.name}${index}`;
  }

  get isNil(): boolean {
    const nil = this.attribute(`${XSI_KEY}:nil`);
    return nil === 'true' || nil === '1';
  }

  /** This element and everything below, in document order. */
  *walk(): Generator<XmlElement> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }
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

/** Trims XML white space only; a no-break space is data. */
export function trimXml(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '');
}
