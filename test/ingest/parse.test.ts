import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFormats, parseFile } from '../../src/ingest/parse.ts';
import { fixtureContext } from '../support/court-tests.ts';
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

  it('names the formats there are when asked for one there is not', async () => {
    const parsed = await parseFile(Buffer.from('x'), { ...TODAY, format: 'fax' });
    expect(parsed.problems[0]!.message).toContain('ojbc-warrant-issued');
  });
});

const samples = [...sharedFiles('corpus/ojbc-ebw'), ...sharedFiles('ojbc-warrant-reporting/xml')];
describe.skipIf(samples.length === 0)(
  `Every published warrant sample${samples.length === 0 ? ' (SKIPPED: no shared samples beside the project)' : ''}`,
  () => {
    it.each(samples.map((file) => [basename(file), file]))(
      '%s gives one whole record',
      async (name, file) => {
        const bytes = readFileSync(file);
        const parsed = await parseFile(bytes, { ...TODAY, name, check: true });
        expect(parsed.problems).toEqual([]);
        expect(parsed.records).toHaveLength(1);
        expect(parsed.records[0]!.problems.filter((p) => p.severity === 'error')).toEqual([]);
        const read = { records: parsed.records, problems: [], facts: [parsed.facts] };
        expect(lost(bytes.toString('utf8'), read as never)).toEqual([]);
      },
    );
  },
);
