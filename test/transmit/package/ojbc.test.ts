import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATES } from '../../../src/domain/codes/index.ts';
import {
  createValidator,
  OJBC_3,
  type PackageValidator,
  readOjbcAnswer,
  toOjbcReport,
  type WarrantMessage,
} from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { ENTER, FACTS, HEADER, PERSON, RECORD, WARRANT } from './samples.ts';

const SHARED = new URL('../../../../shared/ojbc-warrant-reporting/', import.meta.url);
const PRESENT = existsSync(SHARED);
const NOTE = PRESENT ? '' : ' (skipped: the OJBC schemas are not beside the project)';

const modify = (before: typeof FACTS, after: typeof FACTS): WarrantMessage => ({
  ...HEADER,
  kind: 'modify',
  record: RECORD,
  before,
  facts: after,
});
const CANCEL: WarrantMessage = {
  ...HEADER,
  kind: 'cancel',
  record: RECORD,
  reason: 'RECALLED',
  date: '2026-02-01',
};
const textOf = (message: WarrantMessage) => Buffer.from(toOjbcReport(message)).toString('utf8');

function schemaOf(report: string): PackageValidator {
  const base = new URL('xsd/', SHARED);
  const files = (readdirSync(base, { recursive: true }) as string[]).filter((file) => file.endsWith('.xsd'));
  const set = new Map(files.map((file) => [file, readFileSync(new URL(file, base))]));
  return createValidator(set, `${report}.xsd`);
}

describe('The OJBC profile', () => {
  it.each(['supplemental', 'validate'] as const)('has no message of kind %s', (kind) => {
    const message = {
      ...HEADER,
      kind,
      record: RECORD,
      validator: 'A',
      consulted: 'B',
      date: '2026-01-01',
      additions: { aliases: [], birthDates: [], smt: [], mnu: [] },
    } as WarrantMessage;
    expect(() => toOjbcReport(message)).toThrow(expect.objectContaining({ code: 'PACKAGE-KIND' }));
  });

  it('is the same bytes every time', () => {
    expect(textOf(structuredClone(ENTER))).toBe(textOf(ENTER));
  });

  it('marks what a modification removes as nil, and states the rest', () => {
    const after = {
      ...FACTS,
      warrant: {
        ...WARRANT,
        bail: { kind: { code: 'NO_BAIL', raw: 'N' } },
        person: { ...PERSON, ids: { ...PERSON.ids, ssn: undefined as never } },
      },
    } as typeof FACTS;
    const text = textOf(modify(FACTS, after));
    expect(text).toContain('<j:WarrantAppearanceBail xsi:nil="true"/>');
    expect(text).toContain('<nc:PersonSSNIdentification xsi:nil="true"/>');
    expect(text).toContain('<nc:PersonSurName>Testcase</nc:PersonSurName>');
  });

  it('refuses what is no report before the wire', () => {
    expect(OJBC_3.validate(Buffer.from('<a>'))).not.toEqual([]);
    expect(OJBC_3.validate(toOjbcReport(ENTER))).toEqual([]);
  });
});

describe.skipIf(!PRESENT)(`Against the schemas of OJBC${NOTE}`, () => {
  it('every report is valid', { timeout: 60_000 }, () => {
    const issued = schemaOf('WarrantIssuedReport');
    const modified = schemaOf('WarrantModificationReport');
    const cancelled = schemaOf('WarrantCancelledReport');
    try {
      expect(issued.validate(toOjbcReport(ENTER))).toEqual([]);
      expect(cancelled.validate(toOjbcReport(CANCEL))).toEqual([]);
      for (const state of STATES.keys()) {
        const ids = { ...PERSON.ids, licence: { number: 'A1', state } };
        const warrant = { ...WARRANT, person: { ...PERSON, ids } };
        expect(issued.validate(toOjbcReport({ ...ENTER, facts: { ...FACTS, warrant } })), state).toEqual([]);
      }
      fc.assert(
        fc.property(facts, facts, (before, after) => {
          expect(issued.validate(toOjbcReport({ ...HEADER, kind: 'enter', facts: before }))).toEqual([]);
          expect(modified.validate(toOjbcReport(modify(before, after)))).toEqual([]);
        }),
        { numRuns: 100 },
      );
    } finally {
      for (const validator of [issued, modified, cancelled]) validator.dispose();
    }
  });

  it('their Accepted report is read as an answer', () => {
    const answer = readOjbcAnswer(readFileSync(new URL('xml/WarrantAcceptedReport.xml', SHARED)));
    expect(answer).toMatchObject({ outcome: 'accepted', ori: '758075800', oca: 'OCA4576', fcn: 'PE45678' });
    expect(answer.name).toMatchObject({ given: 'Peter', surname: 'Jones', suffix: 'Jr' });
  });

  it('their Rejected report is read as an answer without a number', () => {
    const answer = readOjbcAnswer(readFileSync(new URL('xml/WarrantRejectedReport.xml', SHARED)));
    expect(answer).toMatchObject({ outcome: 'rejected', ori: '758075800' });
    expect(answer.fcn).toBeUndefined();
  });

  it('any other report is no answer', () => {
    const other = readFileSync(new URL('xml/WarrantCancelledReport.xml', SHARED));
    expect(() => readOjbcAnswer(other)).toThrow(
      expect.objectContaining({ code: 'ANSWER-FORMAT', kind: 'unsure' }),
    );
  });
});

const EXT = 'http://ojbc.org/IEPD/Extensions/WarrantIssuedReportingExtension/1.0';

/** An Accepted or Rejected report of a destination, as its schema has it. */
function report(
  kind: 'Accepted' | 'Rejected',
  about: { ori: string; oca?: string; surname: string; fcn?: string },
): Buffer {
  const id = (name: string, value: string) =>
    `<${name}><nc:IdentificationID>${value}</nc:IdentificationID></${name}>`;
  const oca = about.oca ? id('e:AgencyRecordIdentification', about.oca) : '';
  const fcn = about.fcn
    ? `<e:WarrantAugmentation>${id('e:StateWarrantRepositoryIdentification', about.fcn)}</e:WarrantAugmentation>`
    : '';
  const agency = `<j:OrganizationAugmentation>${id('j:OrganizationORIIdentification', about.ori)}</j:OrganizationAugmentation>${oca}`;
  return Buffer.from(`<d:Warrant${kind}Report xmlns:d="http://ojbc.org/IEPD/Exchange/Warrant${kind}Report/1.0" xmlns:e="${EXT}"
    xmlns:j="http://release.niem.gov/niem/domains/jxdm/5.1/" xmlns:nc="http://release.niem.gov/niem/niem-core/3.0/">
    <j:Warrant><j:CourtOrderEnforcementAgency>${agency}</j:CourtOrderEnforcementAgency>${fcn}</j:Warrant>
    <nc:Person><nc:PersonName><nc:PersonSurName>${about.surname}</nc:PersonSurName></nc:PersonName></nc:Person>
  </d:Warrant${kind}Report>`);
}

describe('An answer to a report of ours', () => {
  const sent = { messageId: HEADER.messageId, bytes: toOjbcReport(ENTER) };
  const ours = { ori: 'CA0100000', oca: '26-000123', surname: 'TESTCASE' };

  it('accepts with the number of the record', () => {
    expect(OJBC_3.read?.(report('Accepted', { ...ours, fcn: 'PE45678' }), sent)).toEqual({
      kind: 'answer',
      body: { kind: 'accepted', fcn: 'PE45678', warnings: [] },
    });
  });

  it('rejects, with or without the case number', () => {
    for (const about of [ours, { ori: ours.ori, surname: ours.surname }]) {
      expect(OJBC_3.read?.(report('Rejected', about), sent)).toMatchObject({ body: { kind: 'rejected' } });
    }
  });

  it.each([
    ['another agency', { ...ours, ori: 'CA0190000', fcn: 'P1' }],
    ['another case number', { ...ours, oca: '26-000124', fcn: 'P1' }],
    ['no case number', { ori: ours.ori, surname: ours.surname, fcn: 'P1' }],
    ['another person', { ...ours, surname: 'OTHER', fcn: 'P1' }],
  ])('is foreign with %s', (_what, about) => {
    expect(OJBC_3.read?.(report('Accepted', about), sent)?.kind).toBe('foreign');
  });

  it('is no acceptance without the number of the record', () => {
    expect(OJBC_3.read?.(report('Accepted', ours), sent)?.kind).toBe('malformed');
    expect(OJBC_3.read?.(Buffer.from('<a'), sent)?.kind).toBe('malformed');
  });
});

describe('An answer that cannot be read leaves the outcome unsure', () => {
  it.each(['', '<a/>', '<WarrantAcceptedReport/>', '<a', '{"accepted":true}'])('%j', (text) => {
    expect(() => readOjbcAnswer(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'ANSWER-FORMAT', kind: 'unsure' }),
    );
  });
});
