import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { xmlEncoding } from '../../../src/ingest/encoding.ts';
import { parseFile } from '../../../src/ingest/parse.ts';
import { sharedFiles } from '../support/context.ts';
import { leavesOf, lost } from '../support/leaves.ts';
import { MUTATIONS, numbers } from './mutations.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const FOLDERS = ['courts', 'bookings', 'records'].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind)).map((folder) => join(FIXTURES, kind, folder)),
);
const own = FOLDERS.filter((folder) =>
  /(ojbc-[\w-]+|ebench-snapshot|custody-xml|criminal-history-xml)$/.test(folder),
)
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.xml'));
const shared = [
  ...sharedFiles('corpus/ojbc-ebw'),
  ...sharedFiles('corpus/ojbc-custody'),
  ...sharedFiles('corpus/ojbc-criminal-history'),
  ...sharedFiles('ojbc-warrant-reporting/xml'),
];
const FILES = [...own, ...shared].map((file) => readFileSync(file));
const COUNT = shared.length > 0 ? 2000 : 450;
const OPTIONS = { today: '2026-11-23', zone: 'America/Los_Angeles' };

function textOf(bytes: Uint8Array): string {
  const encoding = xmlEncoding(bytes);
  if (encoding === 'iso-8859-1' || encoding === 'us-ascii') return Buffer.from(bytes).toString('latin1');
  return new TextDecoder(encoding).decode(bytes);
}

/** Words of ours in a record: codes and names of things, never data. */
const OURS = new Set([
  'ISSUED',
  'RECALLED',
  'UNKNOWN',
  'ORDERED',
  'STAYED',
  'QUASHED',
  'SERVED',
  'EXPIRED',
  'F',
  'M',
  'I',
  'corrections',
  'file',
  'booking',
]);

/** Strings of a record's named fields that stand nowhere in the document. */
function invented(xml: string, parsed: Awaited<ReturnType<typeof parseFile>>): string[] {
  const leaves = leavesOf(xml);
  const plain = new Set(leaves.flatMap((leaf) => [leaf, leaf.replace(/[- ]/g, ''), leaf.slice(0, 10)]));
  const joined = leaves.join('\n');
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      const known = value === '' || plain.has(value) || OURS.has(value) || /^Warrant\w+Report$/.test(value);
      if (!known && !value.split(' ').every((part) => joined.includes(part))) found.push(value);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  for (const { record } of parsed.records)
    walk(
      'warrant' in record
        ? record.warrant
        : 'booking' in record
          ? record.booking
          : 'prior' in record
            ? record.prior
            : {},
    );
  return found;
}

describe(`${COUNT} mutated files${shared.length === 0 ? ' (FEWER: no shared samples beside the project)' : ''}`, () => {
  const names = Object.keys(MUTATIONS);
  it.each(names)(
    '%s: never a crash, never a value lost or invented without a listed problem',
    async (name) => {
      const next = numbers(names.indexOf(name) + 1);
      for (let i = 0; i < Math.ceil(COUNT / names.length); i++) {
        const bytes = MUTATIONS[name]!(FILES[next(FILES.length)]!, FILES[next(FILES.length)]!, next);
        const parsed = await parseFile(bytes, OPTIONS);
        if (parsed.problems.some((problem) => problem.severity === 'error')) continue;
        const xml = textOf(bytes);
        const came = { records: parsed.records, facts: [parsed.facts] };
        expect(lost(xml, came), `${name} ${i}`).toEqual([]);
        expect(invented(xml, parsed), `${name} ${i}`).toEqual([]);
        expect(parsed.records.length + parsed.problems.length).toBeGreaterThan(0);
      }
    },
  );
});
