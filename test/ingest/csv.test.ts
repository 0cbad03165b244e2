import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, characterProblems, openCsv } from '../../src/ingest/csv.ts';
import { HEAD_BYTES } from '../../src/ingest/parameters.ts';

/** Longer than what is looked at before the first row: only after it do pieces reach the parser as they come. */
const HEAD = Buffer.from(`a,b\n${'x'.repeat(HEAD_BYTES)},y\n`);

/** Rows below the head, which arrive in pieces of so many bytes. */
async function rowsOf(bytes: Uint8Array, piece: number): Promise<CsvRow[]> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, i) =>
    bytes.subarray(i * piece, (i + 1) * piece),
  );
  const reader = await openCsv([HEAD, ...pieces], { delimiters: [','] });
  const rows: CsvRow[] = [];
  for await (const batch of reader.batches) rows.push(...batch);
  return rows.slice(2);
}

const told = (rows: readonly CsvRow[]) =>
  rows.map((row) => ({ line: row.line, cells: row.cells, problems: characterProblems(row, ['a', 'b']) }));

/** A row of two cells: plain, with a letter beyond ASCII, with bytes that are no UTF-8, with a control character. */
const cell = fc.constantFrom(
  Buffer.from('plain'),
  Buffer.from(''),
  Buffer.from('"two\nlines"'),
  Buffer.from('Nuñez'),
  Buffer.from([0x4e, 0xf1, 0x65]),
  Buffer.from([0xc2, 0x92]),
  Buffer.from('a\0b'),
);
const line = fc
  .tuple(cell, cell, fc.constantFrom('\n', '\r\n'))
  .map(([a, b, end]) => Buffer.concat([a, Buffer.from(','), b, Buffer.from(end)]));

describe('Delimited text that arrives in pieces', () => {
  it('says the same in pieces of any size, and names every broken letter', async () => {
    const drawn = fc.array(line, { maxLength: 12 }).map((lines) => Buffer.concat(lines));
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer({ min: 1, max: 60 }), async (bytes, piece) => {
        const whole = await rowsOf(bytes, Math.max(1, bytes.length));
        expect(told(await rowsOf(bytes, piece))).toEqual(told(whole));
        for (const row of whole) {
          const isBroken = row.cells.some((text) => /[\uFFFD\0\u0080-\u009F]/.test(text));
          expect(characterProblems(row, ['a', 'b']).length > 0).toBe(isBroken);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes a plain row for plain again after one with other letters', async () => {
    const plain = 'one,two\n'.repeat(500);
    const rows = await rowsOf(Buffer.from(`Nuñez,x\n${plain}`), 2000);
    expect(rows[0]).toMatchObject({ cells: ['Nuñez', 'x'], isPlain: false });
    expect(rows.at(-1)).toMatchObject({ cells: ['one', 'two'], isPlain: true });
  });
});
