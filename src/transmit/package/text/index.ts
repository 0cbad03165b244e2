import type { Problem } from '../../../domain/index.ts';
import { BenchlinkError } from '../../../errors.ts';
import { ncicName } from '../name.ts';
import { TEXT_LENGTH } from '../parameters.ts';
import type { Profile, ProfileReading, SentMessage } from '../profile.ts';
import { pairsIn, readTextAnswer } from './answer.ts';
import { readFrame } from './frame.ts';
import { toText } from './message.ts';

export { readTextAnswer, type TextAnswer } from './answer.ts';
export { type Frame, type Pair, readFrame, writeFrame } from './frame.ts';
export { type HitAnswer, type HitRequest, readHitRequest, writeHitResponse } from './hit.ts';
export { toText } from './message.ts';

function checkFrame(bytes: Uint8Array): readonly Problem[] {
  const text = Buffer.from(bytes).toString('latin1');
  const problem = (message: string): Problem => ({ code: 'DST-INVALID', severity: 'error', message });
  if (!/^[\x20-\x7E]*$/.test(text)) return [problem('The text has characters outside printable ASCII.')];
  if (text.length > TEXT_LENGTH) return [problem(`The text is longer than ${TEXT_LENGTH} characters.`)];
  try {
    readFrame(text);
    return [];
  } catch (error) {
    if (error instanceof BenchlinkError) return [problem(error.message)];
    throw error;
  }
}

/** An answer is ours by the echoed message id or, where the switch drops it, by the owner's case number. */
function isOurs(answer: { readonly control?: string }, text: string, sent: SentMessage): boolean {
  if (answer.control !== undefined) return answer.control === sent.messageId;
  const stated = pairsIn(text).find(([prefix]) => prefix === 'OCA')?.[1];
  const ours = readFrame(Buffer.from(sent.bytes).toString('ascii')).pairs.find(
    ([prefix]) => prefix === 'OCA',
  )?.[1];
  return stated !== undefined && stated === ours;
}

/** What a text answer says about a message of ours; a message that is no answer says nothing about it. */
function readReading(bytes: Uint8Array, sent: SentMessage): ProfileReading {
  const text = Buffer.from(bytes).toString('latin1');
  const answer = readTextAnswer(text);
  if (answer.kind === 'unknown') return { kind: 'malformed', why: 'the answer has no form that is known' };
  if (answer.kind !== 'answer' || !isOurs(answer, text, sent)) {
    return { kind: 'foreign', why: 'the answer is about another message' };
  }
  return { kind: 'answer', body: answer.body };
}

/**
 * CODE/VALUE text in a switch frame.
 * @param destination nine-character ORI of the receiving file
 */
export function ncicText(destination: string): Profile {
  return {
    name: 'ncic-text',
    contentType: 'text/plain',
    build: (message) => toText(message, destination),
    validate: checkFrame,
    nameOf: (warrant) => ncicName(warrant.person.name),
    read: readReading,
  };
}
