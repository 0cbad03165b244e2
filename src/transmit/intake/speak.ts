import type { AnswerBody, Rejection } from '../answer-model.ts';
import { writeAnswer } from '../answer-xml.ts';
import type { AnswerFormat, ReceivedMessage, Subject } from './message.ts';
import { speakOjbc } from './speak-ojbc.ts';
import { speakText } from './speak-text.ts';

/** Which message an answer goes to. */
export interface Addressee {
  readonly messageId: string;
  readonly sha256?: string;
  readonly format?: AnswerFormat;
  readonly subject?: Subject;
}

/** Refusals about the message as such, not about the record in it: only a `WarrantAnswer` can say them. */
const ABOUT_THE_MESSAGE = new Set(['CLOSED', 'ID-REUSED', 'MESSAGE-ID', 'MESSAGE-KEY', 'SCHEMA', 'FORMAT']);

export function subjectOf(message: ReceivedMessage): Subject {
  const { fields, target } = message;
  return {
    ori: fields.ORI ?? '',
    oca: fields.OCA ?? target.oca ?? '',
    nam: fields.NAM ?? target.nam ?? '',
  };
}

function ofTheRecord(body: AnswerBody): boolean {
  return !(
    body.kind === 'not-received' ||
    (body.kind === 'rejected' && body.codes.some(({ code }: Rejection) => ABOUT_THE_MESSAGE.has(code)))
  );
}

/**
 * An answer in the form its message came in: an OJBC report, text, or a `WarrantAnswer`, which also says everything
 * the other two have no words for.
 */
export function speak(to: Addressee, at: string, body: AnswerBody): string {
  const { messageId, sha256, format, subject } = to;
  if (subject && format && ofTheRecord(body)) {
    const own = format === 'ojbc-3' ? speakOjbc(subject, body) : speakText(messageId, subject, body);
    if (own !== undefined) return own;
  }
  return writeAnswer({ messageId, at, body, ...(sha256 ? { receivedSha256: sha256 } : {}) });
}

/** The same answer about another message, for a destination that mixes its answers up. */
export function aboutAnother(answer: string): string {
  const other = '00000000-0000-8000-8000-000000000000';
  return answer
    .replace(/<ans:MessageID>[^<]*</, `<ans:MessageID>${other}<`)
    .replace(/^(1L01\.\*)\S+/, `$1${other}`)
    .replace(/(<wir-ext:AgencyRecordIdentification>\s*<nc:IdentificationID>)[^<]*</, '$1ANOTHER<');
}
