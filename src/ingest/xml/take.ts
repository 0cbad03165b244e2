import type { ExtraField, Problem, ReasonCode } from '../../domain/index.ts';
import type { DateReader } from '../moments.ts';
import { type Step, stepOf, type XmlElement, XSI_KEY } from './element.ts';
import { sayTheSame, severalOf } from './several.ts';
import { xsDate } from './values.ts';

const steps = new Map<string, readonly Step[]>();

/** `a/b|c` (a child `a`, in it `b` or `c`) into steps; parsed once per path. */
function stepsOf(path: string): readonly Step[] {
  let known = steps.get(path);
  if (!known) {
    known = path.split('/').map((step) => stepOf(step.split('|')));
    steps.set(path, known);
  }
  return known;
}

const NONE: readonly XmlElement[] = [];

function mayBeNil(element: XmlElement): boolean {
  return element.attributes.length > 0 && element.isNil;
}

/**
 * Reads named fields out of a record's elements and remembers what it took, so that everything else can be
 * handed on as `extra`: nothing of a source is lost. A value that was converted (cents, numbers, codes) is
 * not counted as taken, so its own spelling stays in `extra` beside the typed value.
 */
export class Taking {
  readonly problems: Problem[] = [];
  readonly cleared = new Set<string>();
  readonly #self: ReadonlySet<object> = new Set([this]);
  /** How the dates of events are read. */
  readonly dates: DateReader;

  constructor(dates: DateReader = xsDate) {
    this.dates = dates;
  }

  /** All elements at a path, nil ones noted as a cleared field and left out. */
  elements(from: XmlElement | undefined, path: string, field: string): readonly XmlElement[] {
    if (!from) return NONE;
    const way = stepsOf(path);
    let at = from;
    for (let i = 0; i < way.length; i++) {
      const child = at.only(way[i]!);
      if (child === undefined) return NONE;
      if (child === null || mayBeNil(child)) return this.#spread([at], way, i, field);
      at = child;
    }
    return [at];
  }

  /** The rest of a way from several elements, or past one that is marked as removed. */
  #spread(
    from: readonly XmlElement[],
    way: readonly Step[],
    start: number,
    field: string,
  ): readonly XmlElement[] {
    let found = from;
    for (let i = start; i < way.length; i++) {
      const next: XmlElement[] = [];
      for (const one of found)
        for (const child of one.any(way[i]!)) if (!this.#isCleared(child, field)) next.push(child);
      if (next.length === 0) return NONE;
      found = next;
    }
    return found;
  }

  /** The one element at a path. Further ones that say something else stay in `extra` and are listed. */
  element(from: XmlElement | undefined, path: string, field: string): XmlElement | undefined {
    const only = this.#only(from, path);
    if (only !== null) return only;
    const found = this.elements(from, path, field);
    const [first, ...others] = found;
    if (first && others.some((other) => !sayTheSame(other, first))) {
      this.#listSeveral(field, first, `stands ${found.length} times with different content`);
    }
    return first;
  }

  /** The one text at a path, verbatim. Further different values stay in `extra` and are listed. */
  text(from: XmlElement | undefined, path: string, field: string): string | undefined {
    const first = this.#first(from, path, field);
    first?.take(this);
    return first?.text;
  }

  /** The one text at any of several paths, the first that has one; what another says differently is listed. */
  textOf(from: XmlElement | undefined, paths: readonly string[], field: string): string | undefined {
    const found = paths.flatMap((path) => this.#first(from, path, field) ?? []);
    const first = this.#oneOf(found, field);
    first?.take(this);
    return first?.text;
  }

  /** The same text, read but not counted as carried: it only decides how another value is read. */
  peek(from: XmlElement | undefined, path: string, field: string): string | undefined {
    return this.#first(from, path, field)?.text;
  }

  /** Every text at a path, verbatim. */
  texts(from: XmlElement | undefined, path: string, field: string): string[] {
    const found = this.elements(from, path, field).filter((element) => element.text !== '');
    for (const element of found) element.take(this);
    return found.map((element) => element.text);
  }

  /** Every text of an element's own attribute, verbatim. */
  attribute(element: XmlElement, name: string): string | undefined {
    const attribute = element.attributes.find((candidate) => candidate.name === name);
    attribute?.take(this);
    return attribute?.value;
  }

  /**
   * The one value at a path, converted. Taken only where the value is the text itself.
   * @param parse answers undefined for what it cannot read; that is listed, and the text kept in `extra`
   */
  value<T>(
    from: XmlElement | undefined,
    path: string,
    field: string,
    parse: (text: string) => T | undefined,
    what: { readonly expected: string; readonly code?: ReasonCode; readonly severity?: Problem['severity'] },
  ): T | undefined {
    const first = this.#first(from, path, field);
    if (!first) return undefined;
    const value = parse(first.text);
    if (value === first.text) first.take(this);
    if (value === undefined) {
      this.problem(what.code ?? 'FIELD-FORMAT', field, first, `is not ${what.expected}`, what.severity);
    }
    return value;
  }

  /** Lists a problem at an element; the message names the field, never its value. */
  problem(
    code: ReasonCode,
    field: string,
    at: XmlElement,
    complaint: string,
    severity: Problem['severity'] = 'error',
  ): void {
    const message = `${field} (${at.path}) ${complaint}.`;
    if (this.problems.some((known) => known.message === message)) return;
    this.problems.push({ code, severity, field, sourceField: at.path, line: at.line, message });
  }

  /** Marks an element's text as carried by the record, where the caller read it itself. */
  take(element: XmlElement): string {
    element.take(this);
    return element.text;
  }

  /** What was not taken from these elements: texts and attributes with their paths, in document order. */
  leftovers(roots: readonly XmlElement[]): ExtraField[] {
    const extra: ExtraField[] = [];
    for (const root of roots) collect(root, this.#self, extra);
    return extra;
  }

  /** What none of these readers took from elements their records share, and the block's own attributes. */
  static leftoversOf(
    readers: ReadonlySet<Taking>,
    roots: readonly XmlElement[],
    block: XmlElement,
  ): ExtraField[] {
    const extra: ExtraField[] = [];
    for (const root of roots) collect(root, readers, extra);
    const own = block.attributes.map(({ name, value }) => ({ path: `${block.path}/@${name}`, value }));
    const text = block.text === '' ? [] : [{ path: block.path, value: block.text }];
    return [...own, ...text, ...extra];
  }

  /** Nearly every path of a record has one element at each step: no list is made for it. Null: there is more to it. */
  #only(from: XmlElement | undefined, path: string): XmlElement | null | undefined {
    // Most elements that are asked have no children at all.
    if (from === undefined || from.children.length === 0) return undefined;
    let at = from;
    const way = stepsOf(path);
    for (let i = 0; i < way.length; i++) {
      const child = at.only(way[i]!);
      if (child === undefined) return undefined;
      if (child === null || mayBeNil(child)) return null;
      at = child;
    }
    return at;
  }

  #first(from: XmlElement | undefined, path: string, field: string): XmlElement | undefined {
    const only = this.#only(from, path);
    if (only === null) return this.#firstOfMany(from, path, field);
    return only?.text === '' ? undefined : only;
  }

  #firstOfMany(from: XmlElement | undefined, path: string, field: string): XmlElement | undefined {
    return this.#oneOf(
      this.elements(from, path, field).filter((element) => element.text !== ''),
      field,
    );
  }

  /** The first of several texts, which should all say the same. */
  #oneOf(found: readonly XmlElement[], field: string): XmlElement | undefined {
    const [first, ...others] = found;
    if (first && others.some((other) => other.text !== first.text)) {
      this.#listSeveral(field, first, `has ${found.length} different values`);
    }
    return first;
  }

  #listSeveral(field: string, first: XmlElement, what: string): void {
    const { code, severity, so } = severalOf(field);
    this.problem(code, field, first, `${what}; ${so}`, severity);
  }

  #isCleared(element: XmlElement, field: string): boolean {
    if (element.attributes.length === 0 || !element.isNil) return false;
    const nil = element.attributes.find((attribute) => attribute.name === `${XSI_KEY}:nil`);
    nil?.take(this);
    this.cleared.add(field);
    if (element.text !== '' || element.children.length > 0) {
      this.problem('FIELD-FORMAT', field, element, 'is marked as removed (xsi:nil) and yet has content');
    }
    return true;
  }
}

/** Texts and attributes below an element that nobody took, with their paths. */
function collect(element: XmlElement, readers: ReadonlySet<object>, extra: ExtraField[]): void {
  const { attributes, children } = element;
  for (let i = 0; i < attributes.length; i++) {
    const attribute = attributes[i]!;
    if (attribute.isTakenBy(readers)) continue;
    extra.push({ path: `${element.path}/@${attribute.name}`, value: attribute.value });
  }
  if (element.text !== '' && !element.isTakenBy(readers))
    extra.push({ path: element.path, value: element.text });
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!;
    const leaf = child.children.length === 0 && child.attributes.length === 0;
    if (leaf && (child.text === '' || child.isTakenBy(readers))) continue;
    collect(child, readers, extra);
  }
}
