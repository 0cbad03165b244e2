import type { MessageReader } from './read-message.ts';
import { readNiemJsonMessage, readNiemMessage } from './read-niem.ts';
import { isOjbcReport, readOjbcMessage } from './read-ojbc.ts';
import { readTextMessage } from './read-text.ts';

/** Bytes looked at to tell the formats apart. */
const HEAD = 2000;

/** Reads a message in any format the intake knows, told by its own bytes: XML, an OJBC report, JSON or text. */
export const readAnyMessage: MessageReader = (bytes, messageId) => {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1').trimStart();
  if (head.startsWith('{')) return readNiemJsonMessage(bytes);
  if (!head.startsWith('<') && !head.startsWith('\u00ef\u00bb\u00bf<')) return readTextMessage(bytes);
  return isOjbcReport(head) ? readOjbcMessage(bytes, messageId) : readNiemMessage(bytes);
};
