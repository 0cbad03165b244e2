import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ByteSource, ParseLimits } from './courts/format.ts';
import { decode, type Encoding, encodingOf, xmlEncoding } from './encoding.ts';
import { Refusal } from './refusal.ts';
import { isBlank, type NamespaceKeys, trimXml, XmlAttribute, XmlElement } from './xml/element.ts';
import {
  guardTwins,
  isDeclaration,
  Namespaces,
  type ResolvedName,
  type TagAttributes,
} from './xml/namespaces.ts';
import { ID } from './xml/references.ts';

export { type NamespaceKeys, XmlElement } from './xml/element.ts';

/** What to read: the namespaces known, and which elements are cut out as records of their own. */
export interface XmlReading {
  readonly keys: NamespaceKeys;
  readonly limits: ParseLimits;
  /** Canonical names of the elements that are records; each is yielded when it closes. */
  readonly cut: ReadonlySet<string>;
  /** Why a name condemns the document; undefined for all that may stand in it. */
  readonly refuse?: (name: string, kind: 'element' | 'attribute') => string | undefined;
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

/** Builds elements from saxes events; saxes itself refuses what is not well-formed. */
class TreeBuilder {
  readonly parser = new SaxesParser({ xmlns: false, position: true });
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
  readonly #names: Namespaces;
  #references = false;
  #elements = 0;
  #lastEvent = 0;
  /** Elements with an id in the record being read, and outside all records. */
  #identified: XmlElement[] = [];
  readonly #outside: XmlElement[] = [];

  constructor(reading: XmlReading, encoding: () => Encoding | undefined) {
    this.#reading = reading;
    const { keys, cut, refuse } = reading;
    this.#names = new Namespaces(keys, cut, (name, kind) => {
      const why = refuse?.(name, kind);
      if (why !== undefined) throw new Refusal('SRC-FORMAT', why, this.parser.line);
    });
    // At most seven handlers: with an eighth the parser object falls out of V8's fast layout (85 to 21 MB/s measured).
    this.parser.on('xmldecl', (decl) => {
      this.#encoding = encoding();
      this.#declaration(decl.version, decl.encoding);
    });
    this.parser.on('doctype', () => this.#refuseDoctype());
    this.parser.on('opentag', (tag) => this.#open(tag));
    this.parser.on('closetag', () => this.#close());
    this.parser.on('text', (text) => this.#text(text));
    this.parser.on('cdata', (text) => this.#text(text));
    this.parser.on('processinginstruction', ({ target }) => guardTarget(target));
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

  #open(tag: SaxesTagPlain): void {
    this.#event();
    const { limits } = this.#reading;
    this.#depth += 1;
    if (this.#depth > limits.depth) throw this.#limit('Nesting of elements', limits.depth, 'levels');
    this.#elements += 1;
    if (this.#elements > limits.elements) throw this.#limit('One record', limits.elements, 'elements');
    const attributes = this.#attributes(tag.attributes);
    const { name, number, isCut } = this.#names.element(tag.name);
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

  #attributes(given: TagAttributes): readonly XmlAttribute[] {
    const { limits } = this.#reading;
    let count = 0;
    let declares = false;
    for (const name in given) {
      count += 1;
      if (count > limits.attributes) throw this.#limit('One element', limits.attributes, 'attributes');
      declares ||= isDeclaration(name);
    }
    if (count === 0) return NO_ATTRIBUTES;
    if (declares) this.#names.open(this.#depth, given);
    const names: ResolvedName[] = [];
    const attributes: XmlAttribute[] = [];
    for (const raw in given) {
      if (declares && isDeclaration(raw)) continue;
      const name = this.#names.attribute(raw);
      names.push(name);
      attributes.push(new XmlAttribute(name.name, this.#certain(given[raw]!)));
    }
    guardTwins(names);
    return attributes.length === 0 ? NO_ATTRIBUTES : attributes;
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
    if (!element) return;
    // Blanks before the first letter would be trimmed off again, and most of a document's texts are such.
    if ((element.hasElements || element.text === '') && isBlank(text)) return;
    element.text += this.#certain(text);
  }

  #close(): void {
    this.#event();
    const element = this.#current!;
    if (element.text !== '') element.text = trimXml(element.text);
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
    this.#names.close(this.#depth);
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

/** Namespaces in XML 1.0 leave the target of an instruction no colon. @throws SyntaxError */
function guardTarget(target: string): void {
  if (target.includes(':')) throw new SyntaxError('a colon stands in the name of a processing instruction');
}

/** An error of saxes or of the namespaces in our words, without its own `line:column` prefix, with the place in the document. */
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
    for (const part of builder.ready.splice(0)) yield part;
  }
  guarded(() => builder.parser.close());
  for (const part of builder.ready.splice(0)) yield part;
}
