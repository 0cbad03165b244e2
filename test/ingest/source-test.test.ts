import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FixedClock } from '../../src/clock.ts';
import { type SourceKind, sourceFormats, testSource } from '../../src/ingest/source-test.ts';
import { FolderTransport } from '../../src/ingest/transports/folder.ts';
import { TEST_CONTEXT } from '../support/court-tests.ts';
import { temporaryFolder } from '../support/store.ts';

const NOW = '2026-03-02T08:00:00Z';

async function trySource(
  files: Record<string, string | Uint8Array>,
  kind: SourceKind = 'court',
  format?: string,
  folder = temporaryFolder(),
) {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), bytes);
    utimesSync(join(folder, name), 1, 1);
  }
  const settings = {
    folder,
    pattern: '*',
    complete: { by: 'age', seconds: 60 },
    owner: 'test',
    isAlive: () => true,
    lookMs: 0,
    besideBytes: 1,
  } as const;
  const transport = new FolderTransport(settings, {
    clock: new FixedClock(NOW),
    sleep: async () => undefined,
  });
  const result = await testSource(sourceFormats(kind), transport, TEST_CONTEXT, format);
  return { result, last: result.steps.at(-1)!, folder };
}

const WARRANTS = 'warrant number,case number,status,issue date,last name\nW1,C1,Issued,2026-02-01,DOE\n';

describe('trying a source', () => {
  test('goes from the connection to the first record, and changes nothing at the source', async () => {
    const { result, folder } = await trySource({ 'a.csv': WARRANTS, 'b.csv': WARRANTS });
    expect(result.ok).toBe(true);
    expect(result.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['connect', true],
      ['find an input', true],
      ['read it', true],
      ['recognise it', true],
      ['read a record', true],
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.csv', 'claimed', 'done', 'refused']);
    expect(readdirSync(join(folder, 'claimed'))).toEqual([]);
  });

  test.each<[string, Record<string, string | Uint8Array>, SourceKind, string | undefined, string, string]>([
    ['nothing there', {}, 'court', undefined, 'find an input', 'There is nothing to read now.'],
    [
      'an unknown format',
      { 'a.txt': 'hello\nworld\n' },
      'court',
      undefined,
      'recognise it',
      'no format fits',
    ],
    [
      'a format of another feed',
      { 'a.csv': WARRANTS },
      'bookings',
      undefined,
      'recognise it',
      'no format fits',
    ],
    [
      'a configured format that does not exist',
      { 'a.csv': WARRANTS },
      'court',
      'odissey',
      'recognise it',
      '"odissey" does not exist',
    ],
    [
      'an unmapped word',
      { 'a.csv': WARRANTS.replace('Issued', 'WISS') },
      'court',
      undefined,
      'read a record',
      "The code map lacks the court's words.",
    ],
    [
      'another encoding',
      { 'a.csv': Buffer.from(WARRANTS.replace('DOE', 'NUÑEZ'), 'latin1') },
      'court',
      undefined,
      'read a record',
      'The encoding is wrong.',
    ],
    [
      'columns that do not fit',
      { 'a.csv': 'x,y\n1,2\n' },
      'bookings',
      'booking-csv',
      'read a record',
      'The columns do not fit.',
    ],
    [
      'no record',
      { 'a.csv': 'booking number\n' },
      'bookings',
      undefined,
      'read a record',
      'The file holds no record.',
    ],
  ])('%s is said in plain words', async (_what, files, kind, format, step, words) => {
    const { result, last } = await trySource(files, kind, format);
    expect(result.ok).toBe(false);
    expect(last).toMatchObject({ step, ok: false });
    expect(last.words).toContain(words);
  });

  test('a folder that is not there is said in plain words', async () => {
    const { last } = await trySource({}, 'court', undefined, '/nowhere/at/all');
    expect(last).toMatchObject({ step: 'connect', ok: false });
    expect(last.words).toContain('the folder does not exist');
  });

  test('what is said names no person', async () => {
    const { result } = await trySource({
      'a.csv': WARRANTS.replace('Issued', 'ZZ').replace('2026-02-01', '1/1/79'),
    });
    expect(JSON.stringify(result)).not.toContain('DOE');
  });
});
