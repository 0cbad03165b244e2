import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnswerBody } from '../../../src/transmit/answer-model.ts';
import { readAnyMessage } from '../../../src/transmit/intake/read-any.ts';
import { aboutAnother, speak, subjectOf } from '../../../src/transmit/intake/speak.ts';
import {
  createValidator,
  NIEM_6,
  NIEM_6_JSON,
  ncicText,
  OJBC_3,
  type Profile,
  type WarrantMessage,
} from '../../../src/transmit/package/index.ts';
import { ENTER, FACTS, HEADER, RECORD, WARRANT } from '../package/samples.ts';

const TEXT = ncicText('CADOJ0000');
const PROFILES: readonly Profile[] = [NIEM_6, NIEM_6_JSON, OJBC_3, TEXT];

const MODIFY: WarrantMessage = {
  ...HEADER,
  kind: 'modify',
  record: RECORD,
  before: FACTS,
  facts: {
    ...FACTS,
    warrant: { ...WARRANT, person: { ...WARRANT.person, weightPounds: 160, ids: { mnu: [], local: [] } } },
  },
};
const CANCEL: WarrantMessage = {
  ...HEADER,
  kind: 'cancel',
  record: RECORD,
  reason: 'RECALLED',
  date: '2026-02-01',
};

const readAs = (profile: Profile, message: WarrantMessage) => {
  const { message: read, problems } = readAnyMessage(profile.build(message), HEADER.messageId);
  expect(problems).toEqual([]);
  return read!;
};

describe('The intake reads a message in whatever format it comes', () => {
  it('finds in JSON exactly what it finds in XML', () => {
    for (const message of [ENTER, MODIFY, CANCEL]) {
      expect(readAs(NIEM_6_JSON, message)).toEqual(readAs(NIEM_6, message));
    }
  });

  it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
    '%s: the fields of an entry, the record of a cancellation, what a change removes',
    (_name, profile) => {
      const entry = readAs(profile, ENTER);
      expect(entry).toMatchObject({ messageId: HEADER.messageId, kind: 'enter' });
      expect(entry.fields).toMatchObject({
        ORI: 'CA0100000',
        OCA: '26-000123',
        NAM: 'TESTCASE, ANN-MARIE ODELL F JR',
        DOB: '19900228',
        SEX: 'F',
        HGT: '510',
        WGT: '150',
        HAI: 'BLK',
        OFF: '5015',
        DOW: '20260114',
        EXL: 'D',
        LEVEL: 'M',
        SOC: '078051120',
        FBI: '62760NY12',
        SID: 'A12345678',
      });
      expect(entry.lists.MNU).toEqual(['PS-123456', 'OA-00077']);
      const change = readAs(profile, MODIFY);
      expect(change.fields).toMatchObject({ ORI: 'CA0100000', WGT: '160' });
      expect(change.target).toMatchObject({ fcn: 'FCN0000001' });
      expect(change.removed).toEqual(expect.arrayContaining(['SOC', 'OLN', 'MNU']));
      expect(change.removed).not.toContain('DOB');
      expect(readAs(profile, CANCEL)).toMatchObject({
        kind: 'cancel',
        target: { fcn: 'FCN0000001', nam: 'TESTCASE, ANN-MARIE ODELL F JR' },
      });
    },
  );

  it.each([
    ['nothing', ''],
    ['half an XML document', '<a'],
    ['another XML document', '<a/>'],
    ['JSON of no message', '{"a":1}'],
    ['half a frame', 'EW.CA0190000.CADOJ'],
    ['a frame of no message', 'ZZ.CA0190000.CADOJ0000.*X1.TXT ORI/CA0190000'],
    ['an OJBC report of another kind', '<d:X xmlns:d="http://ojbc.org/IEPD/Exchange/X/1.0"/>'],
  ])('refuses %s with a reason', (_what, bytes) => {
    const read = readAnyMessage(Buffer.from(bytes), 'M1');
    expect(read.message).toBeUndefined();
    expect(read.problems.length).toBeGreaterThan(0);
  });
});

const BODIES: readonly (readonly [string, AnswerBody])[] = [
  ['accepted', { kind: 'accepted', fcn: '0000000000007', nic: 'W000000007', warnings: [] }],
  [
    'rejected',
    {
      kind: 'rejected',
      codes: [
        { code: 'FIELD-ERROR', field: 'DOB', text: 'REJECT - DOB FIELD ERROR: future', retryable: false },
        { code: 'FIELD-ERROR', field: 'SEX', text: 'REJECT - SEX FIELD ERROR: no code', retryable: false },
      ],
    },
  ],
];

describe('The intake answers in the format of the message', () => {
  const answerTo = (profile: Profile, body: AnswerBody) => {
    const message = readAs(profile, ENTER);
    const own = message.format ? { format: message.format, subject: subjectOf(message) } : {};
    return speak({ messageId: HEADER.messageId, sha256: 'a'.repeat(64), ...own }, HEADER.created, body);
  };
  const sent = (profile: Profile) => ({ messageId: HEADER.messageId, bytes: profile.build(ENTER) });

  it.each(BODIES)('text: %s comes back whole', (kind, body) => {
    const reading = TEXT.read?.(Buffer.from(answerTo(TEXT, body)), sent(TEXT));
    expect(reading).toMatchObject({ kind: 'answer', body: { kind } });
    if (body.kind === 'accepted') expect(reading).toMatchObject({ body });
    else expect(reading).toMatchObject({ body: { codes: [{ field: 'DOB' }, { field: 'SEX' }] } });
  });

  it.each(BODIES)('OJBC: %s, though no report gives a reason', (kind, body) => {
    const reading = OJBC_3.read?.(Buffer.from(answerTo(OJBC_3, body)), sent(OJBC_3));
    expect(reading).toMatchObject({ kind: 'answer', body: { kind } });
  });

  it.each([TEXT, OJBC_3])('$name: an answer about another message is known as such', (profile) => {
    const mixedUp = aboutAnother(answerTo(profile, BODIES[0]![1]));
    expect(profile.read?.(Buffer.from(mixedUp), sent(profile))).toMatchObject({ kind: 'foreign' });
  });

  it.each([TEXT, OJBC_3])('$name: what the format has no words for is a WarrantAnswer', (profile) => {
    expect(answerTo(profile, { kind: 'not-received', closed: true })).toContain('WarrantAnswer');
    const closed = { code: 'CLOSED', text: 'The sender closed this message id', retryable: false };
    expect(answerTo(profile, { kind: 'rejected', codes: [closed] })).toContain('WarrantAnswer');
  });

  const SHARED = new URL('../../../../shared/ojbc-warrant-reporting/xsd/', import.meta.url);
  const present = existsSync(SHARED);
  it.skipIf(!present)(
    `OJBC: both reports are valid against its schemas${present ? '' : ' (skipped: they are not beside the project)'}`,
    () => {
      const files = (readdirSync(SHARED, { recursive: true }) as string[]).filter((f) => f.endsWith('.xsd'));
      const set = new Map(files.map((file) => [file, readFileSync(new URL(file, SHARED))]));
      for (const [kind, body] of BODIES) {
        const validator = createValidator(
          set,
          kind === 'accepted' ? 'WarrantAcceptedReport.xsd' : 'WarrantRejectedReport.xsd',
        );
        expect(validator.validate(Buffer.from(answerTo(OJBC_3, body)))).toEqual([]);
        validator.dispose();
      }
    },
  );
});
