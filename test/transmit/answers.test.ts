import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAnswer } from '../../src/transmit/answer-xml.ts';
import { type AnswerBody, readAnswer } from '../../src/transmit/answers.ts';

const SHA = 'ab'.repeat(32);
const EXPECTED = { messageId: 'MSG-1', sha256: SHA };
const AT = '2026-01-15T08:00:00.000Z';
const RECORD = {
  fcn: '1234567890123',
  nic: 'W123456789',
  fields: { NAM: 'O\'NEIL, J & "K" <L>', OCA: '07' },
};

const BODIES: readonly AnswerBody[] = [
  { kind: 'accepted', fcn: '1234567890123', nic: 'W123456789', warnings: ['Entered more than 3 days late'] },
  { kind: 'accepted', fcn: '1234567890123', warnings: [] },
  {
    kind: 'rejected',
    codes: [
      { code: 'DOB-FIELD', field: 'DOB', text: 'DOB FIELD ERROR', retryable: false },
      { code: 'BUSY', text: 'File is being reorganised', retryable: true },
    ],
  },
  { kind: 'on-file', record: RECORD },
  { kind: 'queued', retryAfterSeconds: 30 },
  { kind: 'queued' },
];

function answer(body: AnswerBody, receivedSha256: string | undefined = SHA, messageId = 'MSG-1'): Buffer {
  return Buffer.from(
    writeAnswer({ messageId, at: AT, body, ...(receivedSha256 ? { receivedSha256 } : {}) }),
    'utf8',
  );
}

describe('An answer of the destination', () => {
  it.each(BODIES.map((body) => [body.kind, body] as const))(
    '%s is read as what was written',
    (_kind, body) => {
      expect(readAnswer(answer(body), EXPECTED)).toEqual({ kind: 'answer', at: AT, body });
    },
  );

  it('that the message never arrived carries no hash of received bytes', () => {
    for (const closed of [true, false]) {
      const bytes = Buffer.from(
        writeAnswer({ messageId: 'MSG-1', at: AT, body: { kind: 'not-received', closed } }),
      );
      expect(readAnswer(bytes, EXPECTED)).toMatchObject({
        kind: 'answer',
        body: { kind: 'not-received', closed },
      });
    }
  });

  it('about another message id is foreign', () => {
    expect(readAnswer(answer(BODIES[0]!, SHA, 'MSG-2'), EXPECTED).kind).toBe('foreign');
  });

  it('about other bytes under our id is foreign', () => {
    expect(readAnswer(answer(BODIES[0]!, 'cd'.repeat(32)), EXPECTED).kind).toBe('foreign');
  });

  it('that accepts without saying which bytes is malformed', () => {
    const bytes = Buffer.from(writeAnswer({ messageId: 'MSG-1', at: AT, body: BODIES[0]! }));
    expect(readAnswer(bytes, EXPECTED).kind).toBe('malformed');
  });

  it.each([
    ['nothing', ''],
    ['words', 'Bad gateway'],
    ['an HTML page', '<html><body>503</body></html>'],
    ['two answers in one', answer(BODIES[0]!).toString() + answer(BODIES[0]!).toString()],
    ['a document type definition', '<!DOCTYPE x><x/>'],
    [
      'an answer with two outcomes',
      answer(BODIES[0]!).toString().replace('</ans:WarrantAnswer>', '<ans:Queued/></ans:WarrantAnswer>'),
    ],
    [
      'an accepted answer without FCN',
      answer(BODIES[1]!)
        .toString()
        .replace(/<ans:FCN>.*<\/ans:FCN>/, ''),
    ],
    ['another namespace', answer(BODIES[0]!).toString().replaceAll('benchlink.example', 'else.example')],
  ])('of %s is malformed, not guessed at', (_what, text) => {
    expect(readAnswer(Buffer.from(text), EXPECTED).kind).toBe('malformed');
  });

  it('cut anywhere is malformed', () => {
    const whole = answer(BODIES[3]!);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 3 }), (cut) => {
        expect(readAnswer(whole.subarray(0, cut), EXPECTED).kind).toBe('malformed');
      }),
    );
  });

  it('of random bytes never throws and is never acted on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readAnswer(bytes, EXPECTED).kind).toBe('malformed');
      }),
    );
  });
});
