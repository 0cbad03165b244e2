import { readFileSync } from 'node:fs';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { errorText } from '../errors.ts';
import { ANSWER_NAMESPACE, type AnswerBody, type RecordOnFile, type Rejection } from './answer-model.ts';

export type { AnswerBody, RecordOnFile, Rejection, WarrantAnswer } from './answer-model.ts';

/** The message an answer must be about. */
export interface AnswerExpected {
  readonly messageId: string;
  /** SHA-256 of the bytes we sent under that id. */
  readonly sha256: string;
}

/** What bytes from a destination come to. Only a body is acted on; the rest leaves the message `unsure`. */
export type Reading =
  | { readonly kind: 'answer'; readonly body: AnswerBody; readonly at: string }
  /** A well-formed answer about another message, or about other bytes under our id. */
  | { readonly kind: 'foreign'; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** An answer is a few kilobytes; ten times the largest the schema allows in practice. */
const MAX_ANSWER_BYTES = 1_048_576;

let schema: XsdValidator | undefined;

function validator(): XsdValidator {
  if (!schema) {
    using document = XmlDocument.fromBuffer(
      readFileSync(new URL('./intake/xsd/answer.xsd', import.meta.url)),
    );
    schema = XsdValidator.fromDoc(document);
  }
  return schema;
}

function childElements(parent: XmlElement): XmlElement[] {
  const children: XmlElement[] = [];
  for (let node = parent.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(node);
  }
  return children;
}

function textOf(parent: XmlElement, name: string): string | undefined {
  return childElements(parent)
    .find((child) => child.name === name)
    ?.content.trim();
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attr(name)?.value;
}

function rejection(element: XmlElement): Rejection {
  const field = attribute(element, 'field');
  return {
    code: attribute(element, 'code') ?? '',
    ...(field === undefined ? {} : { field }),
    text: element.content,
    retryable: ['true', '1'].includes(attribute(element, 'retryable') ?? ''),
  };
}

function record(element: XmlElement): RecordOnFile {
  const nic = textOf(element, 'NIC');
  const fields: Record<string, string> = {};
  for (const child of childElements(element)) {
    if (child.name === 'Field') fields[attribute(child, 'code') ?? ''] = child.content;
  }
  return { fcn: textOf(element, 'FCN') ?? '', ...(nic === undefined ? {} : { nic }), fields };
}

function retryAfter(element: XmlElement): { retryAfterSeconds?: number } {
  const seconds = attribute(element, 'retryAfterSeconds');
  return seconds === undefined ? {} : { retryAfterSeconds: Number(seconds) };
}

const BODIES: Readonly<Record<string, (element: XmlElement) => AnswerBody>> = {
  Accepted: (element) => {
    const { fcn, nic } = record(element);
    const warnings = childElements(element)
      .filter((child) => child.name === 'Warning')
      .map((child) => child.content);
    return { kind: 'accepted', fcn, ...(nic === undefined ? {} : { nic }), warnings };
  },
  Rejected: (element) => ({ kind: 'rejected', codes: childElements(element).map(rejection) }),
  OnFile: (element) => ({ kind: 'on-file', record: record(element) }),
  Queued: (element) => ({ kind: 'queued', ...retryAfter(element) }),
  Unavailable: (element) => ({ kind: 'unavailable', ...retryAfter(element) }),
  NotReceived: (element) => ({
    kind: 'not-received',
    closed: ['true', '1'].includes(attribute(element, 'closed') ?? ''),
  }),
};

function interpret(root: XmlElement, expected: AnswerExpected): Reading {
  const id = textOf(root, 'MessageID');
  if (id !== expected.messageId) return { kind: 'foreign', why: 'the answer is about another message id' };
  const received = textOf(root, 'ReceivedSHA256');
  if (received !== undefined && received !== expected.sha256) {
    return { kind: 'foreign', why: 'the destination received other bytes under this message id' };
  }
  const last = childElements(root).at(-1);
  const read = last && BODIES[last.name];
  if (!last || !read) return { kind: 'malformed', why: 'the answer has no outcome' };
  const body = read(last);
  if (body.kind !== 'not-received' && body.kind !== 'unavailable' && received === undefined) {
    return { kind: 'malformed', why: 'the answer does not say which bytes it is about' };
  }
  return { kind: 'answer', body, at: textOf(root, 'AnswerDateTime') ?? '' };
}

/**
 * Reads an answer strictly: well-formed, valid against the answer schema, about our id and our bytes. Nothing is
 * guessed from part of an answer: whatever is not all of that is `malformed` or `foreign`, and the message stays
 * unsure until the destination is asked again.
 */
export function readAnswer(bytes: Uint8Array, expected: AnswerExpected): Reading {
  if (bytes.length === 0) return { kind: 'malformed', why: 'the answer is empty' };
  if (bytes.length > MAX_ANSWER_BYTES) return { kind: 'malformed', why: 'the answer is too large' };
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('<!DOCTYPE')) {
    return { kind: 'malformed', why: 'the answer has a document type definition' };
  }
  try {
    using document = XmlDocument.fromBuffer(bytes);
    validator().validate(document);
    if (document.root.namespaceUri !== ANSWER_NAMESPACE) {
      return { kind: 'malformed', why: 'the root is not a WarrantAnswer' };
    }
    return interpret(document.root, expected);
  } catch (error) {
    return { kind: 'malformed', why: errorText(error).slice(0, 200) };
  }
}
