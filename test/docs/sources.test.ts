import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { feedFormats } from '../../src/ingest/bookings/index.ts';
import { COURT_FORMATS } from '../../src/ingest/courts/index.ts';
import { readPrintFile } from '../../src/ports/read-print-file.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/sources.md'), 'utf8');
const CONFIGS = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) =>
  parseConfig(JSON.parse(text!), '/etc/benchlink'),
);
const SOURCES = CONFIGS.flatMap(({ sources }) => sources);

describe('docs/sources.md', () => {
  it('shows only configurations that are valid', () => {
    expect(CONFIGS.length).toBeGreaterThan(8);
  });

  it('shows every transport, and every shape of a court', () => {
    expect(new Set(SOURCES.map(({ transport }) => transport.type))).toEqual(
      new Set(['folder', 'sftp', 'https', 'sql']),
    );
    const shown = SOURCES.filter(({ kind }) => kind === 'court').map(({ format }) => format);
    const shapes = COURT_FORMATS.map(({ name }) => name).filter((name) => !name.startsWith('ojbc-'));
    expect(shapes.filter((name) => !shown.includes(name))).toEqual([]);
    expect(shown).toContain(undefined);
  });

  it('names only formats there are', () => {
    const feeds = feedFormats(readPrintFile);
    const known = [...COURT_FORMATS, ...Object.values(feeds).flat()].map(({ name }) => name);
    for (const { format } of SOURCES) if (format) expect(known).toContain(format);
  });
});
