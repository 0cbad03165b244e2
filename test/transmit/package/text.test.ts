import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ncicText,
  readFrame,
  readHitRequest,
  readTextAnswer,
  toText,
  type WarrantMessage,
  writeFrame,
} from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { ENTER, FACTS, HEADER, PERSON, RECORD, WARRANT } from './samples.ts';

const DESTINATION = 'CA0000000';
const textOf = (message: WarrantMessage) => Buffer.from(toText(message, DESTINATION)).toString('ascii');
const profile = ncicText(DESTINATION);

describe('A message in the text profile', () => {
  it('is framed with key, both agencies, the message id and prefixed fields', () => {
    const text = textOf(ENTER);
    expect(text).toMatch(
      /^EW-C\.CA0100000\.CA0000000\.\*0b7f2c9e-0000-8000-8000-000000000001\.TXT ORI\/CA0100000\.NAM\//,
    );
    for (const pair of [
      'NAM/TESTCASE, ANN-MARIE ODELL F JR',
      'HGT/510',
      'WGT/150',
      'DOB/19900228',
      'OFF/5015',
      'DOW/20260114',
      'CMC/00-70',
      'SID/A12345678',
      'OLN/A1234567',
      'OLS/CA',
      'OLY/2029',
    ]) {
      expect(text).toContain(pair);
    }
    expect(text).not.toMatch(/\.$| $/);
  });

  it.each<[string, WarrantMessage, string]>([
    [
      'cancel',
      { ...HEADER, kind: 'cancel', record: RECORD, reason: 'RECALLED', date: '2026-02-01' },
      'XW.CA0100000.CA0000000.*0b7f2c9e-0000-8000-8000-000000000001.TXT ORI/CA0100000.NAM/TESTCASE, ANN-MARIE ODELL F JR.NIC/W123456789.FCN/FCN0000001.OCA/26-000123.DOC/20260201.RPS/RECALLED',
    ],
    [
      'modify',
      {
        ...HEADER,
        kind: 'modify',
        record: RECORD,
        before: FACTS,
        facts: {
          ...FACTS,
          warrant: { ...WARRANT, person: { ...PERSON, weightPounds: 160, skin: undefined as never } },
        },
      },
      'MW.CA0100000.CA0000000.*0b7f2c9e-0000-8000-8000-000000000001.TXT ORI/CA0100000.NAM/TESTCASE, ANN-MARIE ODELL F JR.NIC/W123456789.FCN/FCN0000001.OCA/26-000123.WGT/160.RMV/SKN',
    ],
    [
      'validate',
      {
        ...HEADER,
        kind: 'validate',
        record: RECORD,
        validator: 'Clerk One',
        consulted: 'court',
        date: '2026-03-01',
      },
      'MW.CA0100000.CA0000000.*0b7f2c9e-0000-8000-8000-000000000001.TXT ORI/CA0100000.NAM/TESTCASE, ANN-MARIE ODELL F JR.NIC/W123456789.FCN/FCN0000001.OCA/26-000123.VLN/CLERK ONE.DOV/20260301',
    ],
  ])('to %s says no more than it must', (_kind, message, text) => {
    expect(textOf(message)).toBe(text);
  });

  it('drops empty fields with their prefix', () => {
    const record = { ori: 'CA0100000', oca: '1', nameAsSent: 'A, B' };
    const text = textOf({ ...HEADER, kind: 'clear', record, reason: 'SERVED', date: '2026-02-01' });
    expect(text).not.toMatch(/NIC|FCN/);
  });

  it('keeps a value that looks like a field apart from the fields', () => {
    const frame = {
      key: 'EW',
      origin: 'CA0100000',
      destination: DESTINATION,
      pairs: [['MIS', 'SEE COURT.NAM/X']] as [string, string][],
    };
    expect(readFrame(writeFrame(frame)).pairs).toEqual([['MIS', 'SEE COURT. NAM/X']]);
  });

  it('reads back what was written, whatever the source says', () => {
    fc.assert(
      fc.property(facts, (record) => {
        const warrant = { ...record.warrant, agencyOri: 'CA0100000' };
        const bytes = profile.build({ ...HEADER, kind: 'enter', facts: { ...record, warrant } });
        if (bytes.length <= 4000) expect(profile.validate(bytes)).toEqual([]);
        const text = Buffer.from(bytes).toString('ascii');
        expect(writeFrame(readFrame(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    '',
    'EW.CA01.CA0000000.TXT NAM/X',
    'EW.CA0100000.CA0000000.TXT no prefix',
    'EW.CA0100000.CA0000000.TXT NAM/JOSÉ',
  ])('is not valid as %j', (text) => {
    expect(profile.validate(Buffer.from(text))).not.toEqual([]);
  });
});

describe('An answer in text', () => {
  const record = 'NAM/TESTCASE, ANN NIC/W123456789\nOCA/26-000123 FCN/FCN0000001';

  it.each<[string, string, object]>([
    [
      'an acknowledgement',
      `1L01\nCA0100000\n\n${record}`,
      { kind: 'accepted', fcn: 'FCN0000001', nic: 'W123456789' },
    ],
    [
      'on file, with the record',
      `REJECT - ON FILE\n${record} DOB/19900228`,
      {
        kind: 'on-file',
        record: {
          fcn: 'FCN0000001',
          nic: 'W123456789',
          fields: { OCA: '26-000123', NAM: 'TESTCASE, ANN', DOB: '19900228' },
        },
      },
    ],
    [
      'not on file',
      'REJECT - NOT ON FILE\nNIC/W123456789',
      { kind: 'rejected', codes: [{ code: 'NOT-ON-FILE' }] },
    ],
    [
      'a field error',
      'REJECT - HGT FIELD ERROR',
      { kind: 'rejected', codes: [{ code: 'FIELD-ERROR', field: 'HGT' }] },
    ],
    [
      'another reject',
      'REJ SOMETHING ELSE',
      { kind: 'rejected', codes: [{ code: 'REJECT', text: 'SOMETHING ELSE' }] },
    ],
    [
      'a switch error',
      'ER.NL0000000.\n12:00 01/15/2026 00001\n.05. DOB INVALID OR MISSING\nEW.CA01',
      { kind: 'rejected', codes: [{ code: 'ER-05' }] },
    ],
    [
      'a switch that never forwards',
      'SM.NL0000000.\n.01. USER DOES NOT RESPOND TO MSG TYPE, NLETS WILL NOT FORWARD',
      { kind: 'rejected', codes: [{ code: 'SM-01', retryable: false }] },
    ],
    [
      'a switch that has it queued',
      'SM.NL0000000.\n.02. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL FORWARD',
      { kind: 'queued' },
    ],
    [
      'a switch that wants it again later',
      'SM.NL0000000.\n.04. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL NOT FORWARD',
      { kind: 'unavailable' },
    ],
  ])('%s', (_what, text, body) => {
    expect(readTextAnswer(text)).toMatchObject({ kind: 'answer', body });
  });

  it('gives the correlation id back', () => {
    expect(readTextAnswer('CA.CA0100000.*0b7f2c9e-1.TXT NIC/W123456789')).toMatchObject({
      control: '0b7f2c9e-1',
    });
  });

  it.each<[string, string, string]>([
    ['a locate', 'LW.NY0303000.CA0100000.TXT NIC/W123456789.DOL/20260301', 'locate'],
    ['a purge notice', '$.8. PURGE NOTICE\nNIC/W123456789 OCA/26-000123', 'purge'],
    [
      'a request to confirm a hit',
      'YQ.NY0303000.CA0100000.TXT RTY/WP.RNO/1.PRI/U.OCA/26-000123',
      'hit-request',
    ],
    ['an answer to one', 'YR.NY0303000.CA0100000.TXT OCA/26-000123', 'hit-response'],
    ['nothing known', 'HELLO', 'unknown'],
    ['nothing at all', '', 'unknown'],
    ['on file without saying which record', 'REJECT - ON FILE', 'unknown'],
  ])('%s', (_what, text, kind) => {
    expect(readTextAnswer(text).kind).toBe(kind);
  });

  it('is never an acceptance unless it names the record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
        const read = readTextAnswer(text);
        if (read.kind === 'answer' && read.body.kind === 'accepted') expect(text).toMatch(/(NIC|FCN)\//);
      }),
    );
  });
});

describe('An answer to a text message of ours', () => {
  const sent = { messageId: HEADER.messageId, bytes: toText(ENTER, DESTINATION) };
  const read = (text: string) => profile.read?.(Buffer.from(text), sent);

  it('is told by the echoed message id', () => {
    expect(read(`CA.CA0100000.*${HEADER.messageId}.TXT NIC/W123456789`)).toMatchObject({
      body: { kind: 'accepted' },
    });
    expect(read('CA.CA0100000.*another.TXT NIC/W123456789')?.kind).toBe('foreign');
  });

  it('is told by the case number where no id is echoed', () => {
    expect(read('NAM/TESTCASE, ANN NIC/W123456789\nOCA/26-000123')).toMatchObject({
      body: { kind: 'accepted' },
    });
    expect(read('NIC/W123456789\nOCA/26-000124')?.kind).toBe('foreign');
    expect(read('NIC/W123456789')?.kind).toBe('foreign');
  });

  it('is not there in an unsolicited or unknown message', () => {
    expect(read('LW.NY0303000.CA0100000.TXT NIC/W123456789')?.kind).toBe('foreign');
    expect(read('HELLO')?.kind).toBe('malformed');
  });
});

describe('A request to confirm a hit', () => {
  const text =
    'YQ.NY0303000.CA0100000.*17.TXT RTY/WP.RNO/2.PRI/U.OCA/26-000123.NIC/W123456789.NAM/TESTCASE, ANN.DOB/19900228.RNA/OFFICER X';

  it('says who asks, about which record, how often and by when', () => {
    expect(readHitRequest(text)).toEqual({
      control: '17',
      fromOri: 'NY0303000',
      toOri: 'CA0100000',
      request: 2,
      priority: 'U',
      dueMinutes: 10,
      oca: '26-000123',
      nic: 'W123456789',
      name: 'TESTCASE, ANN',
      birthDate: '1990-02-28',
      requester: 'OFFICER X',
    });
    expect(readHitRequest(text.replace('PRI/U', 'PRI/R')).dueMinutes).toBe(60);
  });

  it.each([
    ['another type', text.replace('RTY/WP', 'RTY/SV')],
    ['vehicle data', `${text}.LIC/7ABC123`],
    ['no priority', text.replace('.PRI/U', '')],
    ['a fourth request', text.replace('RNO/2', 'RNO/4')],
    ['no record named', text.replace('.OCA/26-000123.NIC/W123456789', '')],
  ])('is refused with %s', (_what, bad) => {
    expect(() => readHitRequest(bad)).toThrow(expect.objectContaining({ code: 'HIT-REQUEST' }));
  });
});
