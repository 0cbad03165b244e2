import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCents, readDate, readFlag, readInches, readList, readPounds } from '../../src/ingest/values.ts';

const value = <T>(read: { ok: true; value: T } | { ok: false; why: string }) =>
  read.ok ? read.value : read.why;

describe('a date cell', () => {
  test.each([
    ['2026-03-04', 'MDY', '2026-03-04'],
    ['2026-03-04T23:30:00', 'MDY', '2026-03-04'],
    ['2026-03-04 23:30:00.000', 'MDY', '2026-03-04'],
    ['3/4/2026', 'MDY', '2026-03-04'],
    ['3/4/2026', 'DMY', '2026-04-03'],
    ['03042026', 'MDY', '2026-03-04'],
    ['20260304', 'YMD', '2026-03-04'],
    ['12/02/2025 11:59 PM', 'MDY', '2025-12-02'],
    ['2024-02-29', 'MDY', '2024-02-29'],
  ] as const)('%s in order %s is %s', (text, order, expected) => {
    expect(value(readDate(text, order))).toBe(expected);
  });

  test.each([
    ['1/2/79', 'MDY', 'two digits'],
    ['2026-02-30', 'MDY', 'no such day'],
    ['31/12/2001', 'MDY', 'DMY'],
    ['20260304', 'MDY', 'YMD'],
    ['yesterday', 'MDY', 'YYYY-MM-DD'],
    ['0001-01-01', 'MDY', 'not a possible one'],
  ] as const)('%s in order %s is refused and says "%s"', (text, order, why) => {
    expect(value(readDate(text, order))).toContain(why);
  });

  test('the day is the same however its parts are divided, or there is none', () => {
    const part = (most: number) => fc.oneof(fc.integer({ min: 0, max: most }), fc.constantFrom(29, 30, 31));
    const days = fc.tuple(part(40), part(40), fc.integer({ min: 1840, max: 2210 }));
    const two = (number: number) => String(number).padStart(2, '0');
    fc.assert(
      fc.property(days, fc.constantFrom('MDY', 'DMY'), ([a, b, year], order) => {
        const read = (divider: string) => value(readDate([two(a), two(b), year].join(divider), order));
        expect(read('/')).toBe(read('.'));
        const [month, day] = order === 'MDY' ? [a, b] : [b, a];
        const iso = `${year}-${two(month)}-${two(day)}`;
        const date = readDate(iso, 'YMD');
        expect(date.ok ? date.value : undefined).toBe(read('/') === iso ? iso : undefined);
      }),
      { numRuns: 2000 },
    );
    expect(value(readDate('0٣/04/2026', 'MDY'))).toContain('not a date');
    expect(value(readDate('٢026-03-04', 'MDY'))).toContain('not a date');
  });

  test('whatever it is given, it answers with a real ISO date or a reason', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('YMD', 'MDY', 'DMY'), (text, order) => {
        const read = readDate(text, order);
        if (read.ok) expect(new Date(`${read.value}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.value);
      }),
    );
  });
});

test.each([
  ['15,000.00', 1_500_000],
  ['$2500', 250_000],
  ['0.05', 5],
  ['9,999,999,999,999.99', 999_999_999_999_999],
  ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ['90071992547409.92', 'amount'],
  ['1,50', 'amount'],
  ['-5', 'amount'],
  ['1e3', 'amount'],
])('bail %s is %s', (text, expected) => {
  const read = value(readCents(text));
  if (typeof expected === 'number') expect(read).toBe(expected);
  else expect(read).toContain(expected);
});

test.each([
  ['510', 70],
  [`5'10"`, 70],
  [`6'01"`, 73],
  ['5 ft 10 in', 70],
  ['70', 70],
  ['70 in', 70],
  ['513', 'height'],
  ['900', 'height'],
])('height %s is %s', (text, expected) => {
  const read = value(readInches(text));
  if (typeof expected === 'number') expect(read).toBe(expected);
  else expect(read).toContain(expected);
});

test.each([
  ['167', 167],
  ['167.0', 167],
  ['201 lbs', 201],
])('weight %s is %d', (text, expected) => expect(value(readPounds(text))).toBe(expected));

test.each([
  ['Y', true],
  ['no', false],
  ['1', true],
])('%s is %s', (text, expected) => expect(value(readFlag(text))).toBe(expected));

test('a list is divided by semicolons or bars and keeps no blanks', () => {
  expect(readList(' a; b |; c;')).toEqual(['a', 'b', 'c']);
});
