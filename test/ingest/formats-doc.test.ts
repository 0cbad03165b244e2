import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BOOKING_COLUMNS, CITATION_COLUMNS, PRIOR_COLUMNS } from '../../src/ingest/bookings/columns.ts';
import { WARRANT_COLUMNS } from '../../src/ingest/courts/warrant-columns.ts';

test('docs/formats.md names every column with its other headers, and whether it is required', () => {
  const doc = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
  for (const column of [...BOOKING_COLUMNS, ...CITATION_COLUMNS, ...PRIOR_COLUMNS, ...WARRANT_COLUMNS]) {
    const row = `| \`${column.name}\` | ${column.required ? 'yes' : ''} | ${(column.aliases ?? []).join(', ')} |`;
    expect(doc).toContain(row);
  }
});
