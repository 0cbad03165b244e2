import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CourtRecord } from '../../../src/domain/index.ts';
import { odysseyCsv } from '../../../src/ingest/courts/odyssey-csv.ts';
import { fixtureContext, formatTests, parseWhole } from '../../support/court-tests.ts';

const FOLDER = new URL('../../../fixtures/courts/odyssey-csv/', import.meta.url).pathname;
const context = fixtureContext(FOLDER);
const parse = async (text: string) => {
  const parsed = await parseWhole(odysseyCsv, Buffer.from(text), context);
  return { ...parsed, warrants: parsed.records.map((one) => (one.record as CourtRecord).warrant) };
};

formatTests(odysseyCsv, 'courts/odyssey-csv');

describe('an Odyssey-kind export', () => {
  const example = readFileSync(`${FOLDER}modified-since.csv`, 'utf8');

  test('stops a warrant whose rows of one moment contradict each other, and keeps every charge of it', async () => {
    const head = 'Warrant Number,Case Number,Status,Status Date,Bond Amount,Statute,Last Name';
    const row = (status: string, date: string, bail: string, statute: string) =>
      `W1,C1,${status},${date},${bail},${statute},Doe`;
    const same = [row('WISS', '2026-03-04', '500', 'PC 459'), row('WISS', '2026-03-04', '700', 'PC 484')];
    const { records, warrants } = await parse([head, ...same].join('\n'));
    expect(warrants.map((w) => w.offences.map((o) => o.statuteSection))).toEqual([['459', '484']]);
    expect(records[0]?.problems).toMatchObject([{ code: 'FIELD-FORMAT', severity: 'error', field: 'bail' }]);
    expect((records[0]!.record as CourtRecord).extra).toContainEqual({ path: 'Bond Amount', value: '700' });
    const later = [same[0], row('WRCL', '2026-04-05', '700', 'PC 459')];
    const moments = await parse([head, ...later].join('\n'));
    expect(moments.records.map(({ problems }) => problems)).toEqual([[], []]);
    expect(moments.warrants.map((w) => w.status.code)).toEqual(['ISSUED', 'RECALLED']);
  });

  test('gives one record a warrant, with every charge of it and the gravest level', async () => {
    const { warrants } = await parse(example);
    expect(warrants.map((w) => w.number)).toEqual([
      'F24-000123-W1',
      'M25-004410-W1',
      'I26-000007-W1',
      'I26-000008-W1',
    ]);
    expect(warrants[1]?.offences.map((o) => o.statuteSection)).toEqual(['23152(a)', '22350']);
    expect(warrants[1]?.level).toEqual({ code: 'M', raw: 'M' });
  });

  test('keeps bail as exact cents and its kind apart', async () => {
    const { warrants } = await parse(example);
    expect(warrants[0]?.bail).toEqual({ kind: { code: 'BONDABLE', raw: 'CSB' }, cents: 1_500_000 });
    expect(warrants[2]?.bail).toEqual({ kind: { code: 'NO_BAIL', raw: 'NB' } });
  });

  test('a code that is obsolete on the date of its row names code set, code and date', async () => {
    const { records } = await parse(example);
    const unmapped = records[3]?.problems.find((p) => p.code === 'SRC-UNMAPPED');
    expect(unmapped).toMatchObject({
      severity: 'error',
      field: 'status',
      sourceField: 'Warrant Status Code',
    });
    expect(unmapped?.message).toContain('Code "WHLD" of code set "status" has no mapping on 2026-06-12');
  });

  test('what each row of a warrant repeats is listed once; what only one of them says stays', async () => {
    const head = 'warrant number,case number,status,status date,level,offense date';
    const row = (status: string, level: string, day: string) => `W1,C1,${status},03/01/2026,${level},${day}`;
    const rows = [
      row('NEVER HEARD', 'M', 'soon'),
      row('NEVER HEARD', 'QQ', 'soon'),
      row('NEVER HEARD', 'QQ', ''),
    ];
    const { records } = await parse(`${[head, ...rows].join('\n')}\n`);
    expect(records).toHaveLength(1);
    expect(records[0]?.problems.map(({ field, line }) => [field, line])).toEqual([
      ['status', 2],
      ['offences.offenceDate', 2],
      ['offences.level', 3],
    ]);
  });

  test('all problems of a row are listed at once, each with line and column', async () => {
    const { records } = await parse(example);
    expect(records[3]?.problems.map((p) => [p.line, p.sourceField])).toEqual([
      [8, 'Warrant Status Code'],
      [8, 'DOB'],
    ]);
  });

  test('a column nobody knows is kept beside the record', async () => {
    const { records } = await parse(example);
    expect((records[0]!.record as CourtRecord).extra).toContainEqual({
      path: 'Node Location',
      value: 'Dept 12',
    });
  });

  const status = (word: string, issued: string, at: string) =>
    `warrant number,case number,status,issue date,status date\nW1,C1,${word},${issued},${at}\n`;
  test.each([
    ['WISS', '2026-01-05', '2026-01-05', 'issued'],
    ['WISS', '2026-01-05', '2026-02-01', 'snapshot'],
    ['WRCL', '2026-01-05', '2026-02-01', 'recalled'],
    ['WQSH', '2026-01-05', '2026-02-01', 'quashed'],
    ['WSRV', '2026-01-05', '2026-02-01', 'served'],
    ['WORD', '2026-01-05', '2026-01-05', 'snapshot'],
    ['Expired', '2026-01-05', '2026-02-01', 'expired'],
  ])('status %s issued %s, since %s, is the event %s', async (word, issued, at, event) => {
    const { records } = await parse(status(word, issued, at));
    expect((records[0]!.record as CourtRecord).event).toBe(event);
  });
});
