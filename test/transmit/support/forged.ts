import { createHash } from 'node:crypto';
import type { AnswerBody } from '../../../src/transmit/answer-model.ts';
import { writeAnswer } from '../../../src/transmit/answer-xml.ts';
import type { ReceivedMessage } from '../../../src/transmit/intake/message.ts';
import type { Attempt, Transport } from '../../../src/transmit/transports/transport.ts';

/** What a destination says instead of doing what it was told, by message kind; undefined lets the message through. */
export type Says = (
  kind: ReceivedMessage['kind'],
  times: number,
  bytes: Uint8Array,
) => AnswerBody | undefined;

/** A destination that answers some messages out of its own head: they never reach it. */
export function forged(transport: Transport, says: Says): Transport {
  const given = new Map<string, Attempt>();
  let times = 0;
  return {
    send: async (message) => {
      const { kind } = JSON.parse(Buffer.from(message.bytes).toString('utf8')) as ReceivedMessage;
      const body = says(kind, times, message.bytes);
      if (!body) return transport.send(message);
      times += 1;
      const xml = writeAnswer({
        messageId: message.messageId,
        receivedSha256: createHash('sha256').update(message.bytes).digest('hex'),
        at: '2026-01-15T18:00:00.000Z',
        body,
      });
      const attempt: Attempt = { kind: 'answered', status: 200, bytes: Buffer.from(xml) };
      given.set(message.messageId, attempt);
      return attempt;
    },
    ask: async (id) => given.get(id) ?? transport.ask(id),
    close: async (id) => given.get(id) ?? transport.close(id),
    record: (fcn) => transport.record!(fcn),
    respond: (seq, bytes) => transport.respond(seq, bytes),
    notices: (after) => transport.notices(after),
    activeRecords: (ori) => transport.activeRecords(ori),
    shut: () => transport.shut(),
  };
}
