import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import type { ByteSource, ParseLimits } from './courts/format.ts';
import { decode, type Encoding, encodingOf, xmlEncoding } from './encoding.ts';
import { Refusal } from './refusal.ts';
import {
  canonicalName,
  isBlank,
  type NamespaceKeys,
  numberOf,
  trimXml,
  type XmlAttribute,
  XmlElement,
} from './xml/element.ts';
import { ID } from './xml/references.ts';

export { type NamespaceKeys, XmlElement } from './xml/element.ts';

/** What to read: the namespaces known, and which elements are cut out as records of their own. */
export interface XmlReading {
  readonly keys: NamespaceKeys;
  readonly limits: ParseLimits;
  /** Canonical names of the elements that are records; each is yielded when it closes. */
  readonly cut: ReadonlySet<string>;
}

/** A record cut out of the document, or, last, the root with whatever was not cut out of it. */
export interface XmlPart {
  readonly kind: 'record' | 'root';
  readonly element: XmlElement;
  /** Decoded characters from the start of the document to the end of this part. */
  readonly endsAt: number;
}

/** Characters an element counts for beside its text, so that empty elements are limited too. */
const ELEMENT_COST = 32;

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** Names kept for one namespace; a document that invents more is no court's. */
const NAMES_KEPT = 2000;

/** A name as the format knows it, and whether it is a record's. */
interface Name {
  readonly name: string;
  readonly number: number;
  readonly isCut: boolean;
}

type Parser = SaxesParser<{ xmlns: true }>;

/** Builds elements from saxes events; saxes itself refuses what is not well-formed. */
class TreeBuilder {
  readonly parser: Parser;
  readonly ready: XmlPart[] = [];
  readonly #reading: XmlReading;
  #encoding: Encoding | undefined;
  #current: XmlElement | undefined;
  #depth = 0;
  #cutDepth = 0;
  /** Records begun so far. */
  #records = 0;
  #recordStart = 0;
  #keptOutside = 0;
  readonly #names = new Map<string, Map<string, Name>>();
  #references = false;
  #elements = 0;
  #lastEvent = 0;
  /** Elements with an id in the record being read, and outside all records. */
  #identified: XmlElement[] = [];
  readonly #outside: XmlElement[] = [];

  constructor(reading: XmlReading, encoding: () => Encoding | undefined) {
    this.#reading = reading;
    // At most six handlers: with a seventh the parser object falls out of V8's fast layout (85 to 21 MB/s measured).
    this.parser = new SaxesParser({ xmlns: true, position: true });
    this.parser.on('xmldecl', (decl) => {
      this.#encoding = encoding();
      this.#declaration(decl.version, decl.encoding);
    });
    this.parser.on('doctype', () => this.#refuseDoctype());
    this.parser.on('opentag', (tag) => this.#open(tag));
    this.parser.on('closetag', () => this.#close());
    this.parser.on('text', (text) => this.#text(text));
    this.parser.on('cdata', (text) => this.#text(text));
  }

  /** Which record is being read, and the path of the element that is open, for a message; empty outside the root. */
  place(): string {
    if (!this.#current) return '';
    const record = this.#cutDepth > 0 ? `record ${this.#records}, ` : '';
    return ` (${record}${this.#current.path})`;
  }

  write(text: string): void {
    this.#references ||= text.includes('&');
    this.parser.write(text);
    if (this.parser.position - this.#lastEvent > this.#reading.limits.tokenChars) {
      throw this.#limit('A single tag, text or comment', this.#reading.limits.tokenChars, 'characters');
    }
  }

  #event(): void {
    this.#lastEvent = this.parser.position;
  }

  #declaration(version: string | undefined, label: string | undefined): void {
    this.#event();
    if (version !== undefined && version !== '1.0') {
      throw new Refusal('SRC-UNREADABLE', 'Only XML 1.0 is read.', this.parser.line);
    }
    if (label === undefined || this.#encoding === undefined) return;
    const declared = encodingOf(label);
    const family = (encoding: Encoding | undefined) => encoding?.replace(/(le|be)$/, '');
    if (family(declared) !== family(this.#encoding)) {
      throw new Refusal(
        'SRC-ENCODING',
        `The byte order mark says ${this.#encoding} but the declaration says something else.`,
        this.parser.line,
      );
    }
  }

  #refuseDoctype(): never {
    throw new Refusal(
      'SRC-DOCTYPE',
      'The file carries a document type definition (<!DOCTYPE ...>), which is refused; have the source leave it out.',
      this.parser.line,
    );
  }

  #limit(what: string, limit: number, unit: string): Refusal {
    return new Refusal(
      'SRC-LIMIT',
      `${what} exceeds the limit of ${limit} ${unit}${this.place()}.`,
      this.parser.line,
    );
  }

  #open(tag: SaxesTagNS): void {
    this.#event();
    const { limits } = this.#reading;
    this.#depth += 1;
    if (this.#depth > limits.depth) throw this.#limit('Nesting of elements', limits.depth, 'levels');
    this.#elements += 1;
    if (this.#elements > limits.elements) throw this.#limit('One record', limits.elements, 'elements');
    const attributes = this.#attributes(tag.attributes);
    const { name, number, isCut } = this.#nameOf(tag.uri, tag.local);
    const element = new XmlElement(name, number, this.parser.line, this.#current, attributes);
    if (this.#cutDepth === 0 && isCut) {
      this.#cutDepth = this.#depth;
      this.#records += 1;
      this.#recordStart = this.parser.position;
      this.#elements = 0;
      this.#identified = [];
    } else {
      this.#current?.add(element);
    }
    if (attributes !== NO_ATTRIBUTES && element.attribute(ID) !== undefined) this.#identify(element);
    if (this.#current) this.#current.hasElements = true;
    this.#current = element;
  }

  #identify(element: XmlElement): void {
    (this.#cutDepth > 0 ? this.#identified : this.#outside).push(element);
  }

  /** Names repeat by the thousand: each is put together once. */
  #nameOf(uri: string, local: string): Name {
    let names = this.#names.get(uri);
    if (!names) {
      names = new Map();
      this.#names.set(uri, names);
    }
    let known = names.get(local);
    if (known === undefined) {
      const name = canonicalName(this.#reading.keys, uri, local);
      known = { name, number: numberOf(name), isCut: this.#reading.cut.has(name) };
      if (names.size < NAMES_KEPT) names.set(local, known);
    }
    return known;
  }

  #attributes(given: Record<string, SaxesAttributeNS>): readonly XmlAttribute[] {
    const { keys, limits } = this.#reading;
    let attributes: XmlAttribute[] | undefined;
    let count = 0;
    for (const key in given) {
      count += 1;
      if (count > limits.attributes) throw this.#limit('One element', limits.attributes, 'attributes');
      const attribute = given[key]!;
      if (attribute.uri === 'http://www.w3.org/2000/xmlns/') continue;
      attributes ??= [];
      attributes.push({
        name: canonicalName(keys, attribute.uri, attribute.local),
        value: this.#certain(attribute.value),
      });
    }
    return attributes ?? NO_ATTRIBUTES;
  }

  /** The decoder has refused what is not certain in the bytes: only a reference can still bring it in. */
  #certain(text: string): string {
    if (this.#references && text.includes('\uFFFD')) {
      throw new Refusal(
        'SRC-ENCODING',
        'A replacement character (U+FFFD) stands in a value.',
        this.parser.line,
      );
    }
    return text;
  }

  #text(text: string): void {
    this.#event();
    const element = this.#current;
    if (!element || (element.hasElements && isBlank(text))) return;
    element.text += this.#certain(text);
  }

  #close(): void {
    this.#event();
    const element = this.#current!;
    element.text = trimXml(element.text);
    this.#guardSize(element);
    if (this.#depth === this.#cutDepth) {
      this.#cutDepth = 0;
      this.#elements = 0;
      element.identified = this.#identified;
      this.ready.push({ kind: 'record', element, endsAt: this.parser.position });
    } else if (this.#depth === 1) {
      element.identified = this.#outside;
      this.ready.push({ kind: 'root', element, endsAt: this.parser.position });
    }
    this.#depth -= 1;
    this.#current = element.parent;
  }

  /** Both one record and all that stands outside records must fit into memory many times over. */
  #guardSize(element: XmlElement): void {
    const { recordChars } = this.#reading.limits;
    if (this.#cutDepth > 0) {
      if (this.parser.position - this.#recordStart > recordChars) {
        throw this.#limit('One record', recordChars, 'characters');
      }
      return;
    }
    this.#keptOutside += ELEMENT_COST + element.text.length;
    if (this.#keptOutside > recordChars) {
      throw this.#limit('What stands outside the records', recordChars, 'characters');
    }
  }
}

/** A saxes error in our words, without its own `line:column` prefix, with the place in the document. */
function malformed(error: unknown, builder: TreeBuilder): Refusal {
  if (error instanceof Refusal) return error;
  const text = (error instanceof Error ? error.message : String(error)).replace(/^(\d+:\d+: )+/, '');
  const what = text.slice(0, 120).replace(/\.$/, '');
  const message = `The XML is not well-formed: ${what}${builder.place()}. It is damaged or was cut short.`;
  return new Refusal('SRC-UNREADABLE', message, builder.parser.line);
}

/**
 * Reads one XML document as text values in flat memory: declared encoding honoured, namespaces resolved,
 * DOCTYPE refused, every limit kept. Parts are yielded as they close; the root comes last.
 * @throws Refusal at the first fault, with its line; parts yielded before it came from a broken document
 */
export async function* readXml(input: ByteSource, reading: XmlReading): AsyncGenerator<XmlPart> {
  let encoding: Encoding | undefined;
  const choose = (head: Uint8Array): Encoding => {
    encoding = xmlEncoding(head);
    return encoding;
  };
  const builder = new TreeBuilder(reading, () => encoding);
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      throw malformed(error, builder);
    }
  };
  for await (const text of decode(input, choose, reading.limits.fileBytes, () => builder.parser.line)) {
    guarded(() => builder.write(text));
    yield* builder.ready.splice(0);
  }
  guarded(() => builder.parser.close());
  yield* builder.ready.splice(0);
}
