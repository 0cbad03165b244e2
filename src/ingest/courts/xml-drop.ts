import type { CourtRecord, ExtraField, Problem } from '../../domain/index.ts';
import { WHOLE_DOCUMENT_BYTES } from '../parameters.ts';
import { Refusal } from '../refusal.ts';
import type { XmlElement } from '../xml/element.ts';
import { holdsInstead } from '../xml/holds.ts';
import { References, Scope } from '../xml/references.ts';
import { Taking } from '../xml/take.ts';
import { readXml, type XmlPart } from '../xml.ts';
import type { ByteSource, ParseContext, ParseItem } from './format.ts';
import { COURT_KEYS } from './namespaces.ts';

/** One record without its place, which the drop knows. */
export interface DraftRecord {
  readonly record: Omit<CourtRecord, 'place' | 'schema'>;
  readonly line: number;
  readonly problems: readonly Problem[];
}

export interface XmlDrop {
  /** Canonical names of the elements cut out of the drop. */
  readonly cut: ReadonlySet<string>;
  /** The warrants of one cut element. */
  convert(element: XmlElement, scope: Scope, context: ParseContext): DraftRecord[];
}

type Item = ParseItem<CourtRecord>;

/** A large drop is not held: its records have their own references only. */
const NO_DOCUMENT = new References();

/** Numbers records through the drop. */
class Numbering {
  count = 0;

  number(draft: DraftRecord): Item {
    this.count += 1;
    const place = { ordinal: this.count, line: draft.line };
    const record = { schema: 'benchlink.court-record/1', place, ...draft.record } as const;
    return { kind: 'record', record, problems: draft.problems };
  }
}

/** What stands outside the records of a drop; xsi:schemaLocation and the like. */
function envelope(root: XmlElement | undefined): ExtraField[] {
  return root ? new Taking().leftovers([root]) : [];
}

/**
 * Reads an XML drop. Up to `WHOLE_DOCUMENT_BYTES` the document is read to its end before its first record is
 * given out, so that references reach across it and a broken file gives nothing; beyond that records flow as
 * they close, each with its own references, and a fault at the end condemns the file (see `ParseItem`).
 */
export async function* parseXmlDrop(
  drop: XmlDrop,
  input: ByteSource,
  context: ParseContext,
): AsyncGenerator<Item> {
  const numbering = new Numbering();
  const convert = (element: XmlElement, document: References): Item[] => {
    const drafts = drop.convert(element, new Scope(element, document), context);
    return drafts.length > 0 ? drafts.map((draft) => numbering.number(draft)) : hollow(element);
  };
  let held: XmlPart[] | undefined = [];
  let root: XmlElement | undefined;
  try {
    const parts = readXml(input, { keys: COURT_KEYS, limits: context.limits, cut: drop.cut });
    for await (const part of parts) {
      if (part.kind === 'root') root = part.element;
      if (held) held.push(part);
      else if (part.kind === 'record') for (const item of convert(part.element, NO_DOCUMENT)) yield item;
      if (held && part.endsAt > WHOLE_DOCUMENT_BYTES) {
        for (const kept of records(held)) for (const item of convert(kept, NO_DOCUMENT)) yield item;
        held = undefined;
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
    return;
  }
  if (held) for (const item of whole(held, convert)) yield item;
  for (const item of closing(root, numbering.count)) yield item;
}

/** A block with no warrant in it: its values are kept and named, as silence would lose them. */
function hollow(element: XmlElement): Item[] {
  const problem: Problem = {
    code: 'FIELD-MISSING',
    severity: 'warning',
    sourceField: element.path,
    line: element.line,
    message: `The block ${element.path} holds no warrant${holdsInstead(element)}.`,
  };
  return [
    { kind: 'problem', problem },
    { kind: 'file', facts: { extra: new Taking().leftovers([element]) } },
  ];
}

function records(parts: readonly XmlPart[]): XmlElement[] {
  return parts.filter((part) => part.kind === 'record').map((part) => part.element);
}

function* whole(
  parts: readonly XmlPart[],
  convert: (element: XmlElement, document: References) => Item[],
): Generator<Item> {
  const document = new References();
  for (const part of parts) document.add(part.element);
  for (const element of records(parts)) yield* convert(element, document);
}

/** A document without a single warrant is a fault: silence must never look like a quiet night. */
function* closing(root: XmlElement | undefined, count: number): Generator<Item> {
  const extra = envelope(root);
  if (extra.length > 0) yield { kind: 'file', facts: { extra } };
  if (count === 0) yield { kind: 'problem', problem: noWarrant(root) };
}

function noWarrant(root: XmlElement | undefined): Problem {
  // A root with its namespace in braces is of another release or exchange than the format was written for.
  if (root?.name.startsWith('{')) {
    const message = `The document is a ${root.name.slice(0, 200)}, a namespace this format does not know, and no warrant was found in it; ask the source which exchange and release it sends.`;
    return { code: 'SRC-FORMAT', severity: 'error', line: root.line, message };
  }
  const message = 'The document is well-formed but holds no warrant; ask the source whether that is right.';
  return { code: 'SRC-EMPTY', severity: 'error', message };
}
