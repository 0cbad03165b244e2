import type { Problem } from '../../../domain/index.ts';
import { BenchlinkError } from '../../../errors.ts';
import { ncicName } from '../name.ts';
import type { Profile } from '../profile.ts';
import { readFrame } from './frame.ts';
import { toText } from './message.ts';

export { readTextAnswer, type TextAnswer } from './answer.ts';
export { type Frame, type Pair, readFrame, writeFrame } from './frame.ts';
export { type HitRequest, readHitRequest } from './hit.ts';
export { toText } from './message.ts';

/** Longest message a text line is taken to carry, characters; a switch's own limit is configuration. */
const LONGEST = 4000;

function checkFrame(bytes: Uint8Array): readonly Problem[] {
  const text = Buffer.from(bytes).toString('latin1');
  const problem = (message: string): Problem => ({ code: 'DST-INVALID', severity: 'error', message });
  if (!/^[\x20-\x7E]*$/.test(text)) return [problem('The text has characters outside printable ASCII.')];
  if (text.length > LONGEST) return [problem(`The text is longer than ${LONGEST} characters.`)];
  try {
    readFrame(text);
    return [];
  } catch (error) {
    if (error instanceof BenchlinkError) return [problem(error.message)];
    throw error;
  }
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
  };
}
