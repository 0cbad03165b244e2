import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFormats, parseFile } from '../../src/ingest/parse.ts';
import { fixtureContext } from '../support/court-tests.ts';
import { PRINT_SIZE, png, transaction } from '../support/print-files.ts';
import { readPrintFile } from '../support/print-port.ts';
import { sharedFiles } from './support/context.ts';
import { lost } from './support/leaves.ts';

const TODAY = { today: '2026-11-23', zone: 'America/Los_Angeles' };
const FIXTURES = join(import.meta.dirname, '../../fixtures/courts');

const isExample = (name: string) => name !== 'context.json' && !name.endsWith('.expected.json');

describe('Parsing any file', () => {
  it('knows every format by one name', () => {
    const names = allFormats().map((format) => format.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(16);
  });

  const folders = readdirSync(FIXTURES);
  it.each(folders)('tells %s from all other formats by its bytes alone', async (folder) => {
    const path = join(FIXTURES, folder);
    const { codes, options } = fixtureContext(path);
    for (const name of readdirSync(path).filter(isExample)) {
      const parsed = await parseFile(readFileSync(join(path, name)), { ...TODAY, name, codes, options });
      expect(parsed.format, `${name}: ${parsed.problems[0]?.message}`).toBe(folder);
    }
  });

  it.each([
    ['', 'SRC-EMPTY'],
    ['no format of ours', 'SRC-FORMAT'],
    ['\x89PNG\r\n\x1a\n', 'SRC-FORMAT'],
    ['<html><body/></html>', 'SRC-FORMAT'],
  ])('says of %j that it is %s', async (text, code) => {
    const parsed = await parseFile(Buffer.from(text), TODAY);
    expect(parsed).toMatchObject({ records: [], problems: [{ code }] });
  });

  it.each([
    [
      '<r:IncidentReport xmlns:r="urn:police/1.0"><r:Number>7</r:Number></r:IncidentReport>',
      'urn:police/1.0',
    ],
    ['<ProtectionOrder/>', ''],
    [
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><To/></e:Header><e:Body><Bail/></e:Body></e:Envelope>',
      '',
    ],
  ])('names the document no format reads: %s', async (xml, namespace) => {
    const parsed = await parseFile(Buffer.from(xml), TODAY);
    const name = /IncidentReport|ProtectionOrder|Bail/.exec(xml)![0];
    expect(parsed).toMatchObject({ records: [], problems: [{ code: 'SRC-FORMAT', severity: 'error' }] });
    expect(parsed.problems[0]!.message).toContain(`the XML document "${name}"`);
    expect(parsed.problems[0]!.message).toContain(namespace);
  });

  it.each([
    ['http://schemas.xmlsoap.org/soap/envelope/', 'ebench-snapshot/blocks.xml'],
    ['http://www.w3.org/2003/05/soap-envelope', 'ojbc-warrant-issued/one.xml'],
  ])('reads what an envelope of %s carries as if it came alone', async (namespace, file) => {
    const alone = readFileSync(join(FIXTURES, file), 'utf8');
    const header = '<s:Header><a:To xmlns:a="urn:addressing">county</a:To></s:Header>';
    const body = alone.replace(/^<\?xml[^>]*>\s*/, '');
    const wrapped = `<s:Envelope xmlns:s="${namespace}">${header}<s:Body>${body}</s:Body></s:Envelope>`;
    const [plain, soap] = await Promise.all(
      [alone, wrapped].map((xml) => parseFile(Buffer.from(xml), TODAY)),
    );
    expect(soap!.format).toBe(plain!.format);
    const facts = ({ records }: typeof plain & object) =>
      records.map(({ record }) => ('warrant' in record ? record.warrant : undefined));
    expect(facts(soap!)).toEqual(facts(plain!));
    expect(lost(wrapped, { records: soap!.records, facts: [soap!.facts] })).toEqual([]);
  });

  it('names the formats there are when asked for one there is not', async () => {
    const parsed = await parseFile(Buffer.from('x'), { ...TODAY, format: 'fax' });
    expect(parsed.problems[0]!.message).toContain('ojbc-warrant-issued');
  });
});

describe('A print file', () => {
  const prints = { read: readPrintFile, beside: async () => ({ ok: false, why: 'missing' }) as const };
  const OF_A_BOOKING = new Map([[9, '2026-0001']]);

  it('of ANSI/NIST shows its thumbs by their facts, and that its source decides what it belongs to', async () => {
    const parsed = await parseFile(transaction([1, 2], OF_A_BOOKING), { ...TODAY, prints });
    expect(parsed).toMatchObject({
      format: 'booking-an2',
      problems: [{ code: 'SRC-FORMAT', severity: 'warning' }],
      records: [
        { record: { booking: { number: '2026-0001' }, prints: [{ finger: 1, imageFormat: 'wsq' }] } },
      ],
    });
    expect(JSON.stringify(parsed).length).toBeLessThan(5000);
  });

  it.each(['citation-an2', 'prior-record-an2'])('is read as %s where that is said', async (format) => {
    const parsed = await parseFile(transaction([6], OF_A_BOOKING), { ...TODAY, format, prints });
    expect(parsed).toMatchObject({
      format,
      problems: [],
      records: [{ record: { prints: [{ finger: 6 }] } }],
    });
  });

  it('alone says by its name whose it is, and is refused where it does not', async () => {
    const picture = await png(1);
    const named = await parseFile(picture, { ...TODAY, name: 'B1_right-thumb.png', prints });
    expect(named.records).toMatchObject([
      {
        record: {
          owner: { kind: 'booking', number: 'B1' },
          prints: [{ finger: 1, width: PRINT_SIZE.width }],
        },
      },
    ]);
    const unnamed = await parseFile(picture, { ...TODAY, name: 'thumb.png', prints });
    expect(unnamed.records).toEqual([]);
    expect(unnamed.problems).toContainEqual(
      expect.objectContaining({ code: 'FIELD-FORMAT', severity: 'error' }),
    );
  });

  it('that is broken is named, and never ends the reading', async () => {
    const broken = transaction([1], OF_A_BOOKING).subarray(0, 900);
    const parsed = await parseFile(broken, { ...TODAY, prints });
    expect(parsed.problems.some((p) => p.code === 'PRT-BROKEN' && p.severity === 'error')).toBe(true);
  });
});

const samples = [
  ...sharedFiles('corpus/ojbc-ebw'),
  ...sharedFiles('corpus/ojbc-custody'),
  ...sharedFiles('corpus/ojbc-criminal-history'),
  ...sharedFiles('ojbc-warrant-reporting/xml'),
];
describe.skipIf(samples.length === 0)(
  `Every published sample${samples.length === 0 ? ' (SKIPPED: no shared samples beside the project)' : ''}`,
  () => {
    it.each(samples.map((file) => [basename(file), file]))(
      '%s gives one whole record',
      async (name, file) => {
        const bytes = readFileSync(file);
        const parsed = await parseFile(bytes, { ...TODAY, name, check: true });
        expect(parsed.problems).toEqual([]);
        expect(parsed.records).toHaveLength(1);
        expect(parsed.records[0]!.problems.filter((p) => p.severity === 'error')).toEqual([]);
        const came = { records: parsed.records, facts: [parsed.facts] };
        expect(lost(bytes.toString('utf8'), came)).toEqual([]);
      },
    );
  },
);
