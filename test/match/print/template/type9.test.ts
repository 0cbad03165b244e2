import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildTextRecord,
  compare,
  examine,
  fieldItems,
  fieldText,
  fromType9,
  itemsField,
  type Minutia,
  readAnsiNist,
  type TaggedRecord,
  type Template,
  toType9,
} from '../../../../src/match/print/index.ts';
import { pictureOf, readPrint, templateOf } from '../../../../src/match/print/tools/read-print.ts';
import { minutiaeToAnsiNist, toAnsiNist } from '../../../../src/match/print/tools/write-image.ts';
import { drawImpression, drawMaster } from '../../../../src/synth/prints/index.ts';
import { codeOf } from '../print-error.ts';
import { drawFingers } from '../search/prints.ts';

const IAFIS = fileURLToPath(new URL('../../../../../shared/an2/type-9-4-iafis.an2', import.meta.url));
const OPTIONS = { idc: 1, finger: 1, impression: 0 };
const FACTS = { finger: 6, impression: 1, agency: 'CA0190000', controlNumber: 'T-1', date: '20260301' };

const minutia: fc.Arbitrary<Minutia> = fc.record({
  x: fc.integer({ min: 0, max: 1900 }),
  y: fc.integer({ min: 0, max: 1900 }),
  direction: fc.integer({ min: 0, max: 255 }).map((units) => (units * 2 * Math.PI) / 256),
  type: fc.constantFrom('ending' as const, 'bifurcation' as const),
  reliability: fc.integer({ min: 0, max: 100 }),
});

function templateFor(minutiae: readonly Minutia[]): Template {
  return { version: 2, width: 1901, height: 1901, quality: 60, minutiae };
}

/** A record of one minutia as another system writes it. */
function written(place: string, quality: string, type: string, format = 'S', count = '1') {
  const text = buildTextRecord(
    9,
    new Map([
      [2, '01'],
      [3, '0'],
      [4, format],
      [6, '01'],
      [10, count],
    ]),
  );
  return { ...text, fields: [...text.fields, itemsField(9, 12, [['001', place, quality, type]])] };
}

describe("A Type-9 record (ANSI/NIST-ITL, the standard's own fields)", () => {
  it('gives back every minutia as it stood to the others, its reliability within one', () => {
    fc.assert(
      fc.property(fc.array(minutia, { minLength: 1, maxLength: 120 }), (minutiae) => {
        const back = fromType9(toType9(templateFor(minutiae), OPTIONS)).minutiae;
        const [dx, dy] = [minutiae[0]!.x - back[0]!.x, minutiae[0]!.y - back[0]!.y];
        for (const [i, m] of minutiae.entries()) {
          const { x, y, direction, type, reliability } = back[i]!;
          expect({ x: x + dx, y: y + dy, type }).toEqual({ x: m.x, y: m.y, type: m.type });
          expect(direction).toBeCloseTo(m.direction, 10);
          expect(Math.abs(reliability - m.reliability)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('writes places in hundredths of a millimetre from below, directions half a turn from ISO/IEC 19794-2', () => {
    const m: Minutia = { x: 100, y: 50, direction: Math.PI / 2, type: 'bifurcation', reliability: 100 };
    const core = { kind: 'core' as const, x: 10, y: 390, direction: 0 };
    const delta = { kind: 'delta' as const, x: 0, y: 399 };
    const template = { ...templateFor([m]), width: 300, height: 400 };
    const record = toType9(template, { ...OPTIONS, finger: 11, singularPoints: [core, delta] });
    // (400 - 1 - 50) and 100 pixels of 0.0508 mm; 90 + 180 degrees.
    expect(fieldItems(record, 12)).toEqual([['001', '05081773270', '02', 'B']]);
    expect(fieldItems(record, 8)).toEqual([['00510046']]);
    expect(fieldItems(record, 9)).toEqual([['00000000']]);
    expect([4, 6, 10, 11].map((number) => fieldText(record, number))).toEqual(['S', '11', '1', '0']);
  });

  it.each([
    ['01000200000', '00', 'A', { direction: Math.PI, type: 'ending', reliability: 50 }],
    ['01000200180', '01', 'B', { direction: 0, type: 'bifurcation', reliability: 50 }],
    ['01000200359', '2', 'C', { type: 'ending', reliability: 100 }],
    ['01000200090', '63', 'D', { direction: (3 * Math.PI) / 2, type: 'ending', reliability: 0 }],
  ])('reads %s of quality %s and type %s', (place, quality, type, expected) => {
    expect(fromType9(written(place, quality, type)).minutiae[0]).toMatchObject(expected);
  });

  it.each([
    ["a vendor's fields", written('01000200000', '00', 'A', 'U'), 'PRINT-UNSUPPORTED'],
    ['a count that is wrong', written('01000200000', '00', 'A', 'S', '2'), 'PRINT-MALFORMED'],
    ['a place that is none', written('0100020000', '00', 'A'), 'PRINT-MALFORMED'],
    ['a direction beyond a turn', written('01000200360', '00', 'A'), 'PRINT-MALFORMED'],
    ['a quality beyond the scale', written('01000200000', '64', 'A'), 'PRINT-MALFORMED'],
  ])('refuses %s', (_, record, code) => {
    expect(codeOf(() => fromType9(record))).toBe(code);
  });

  it('stands for a print where a transaction holds no picture; the print still matches its mate', async () => {
    const [mate, stranger] = drawFingers(2, 'type-9');
    const bytes = minutiaeToAnsiNist({ template: mate!.enrolled }, FACTS);
    const print = await readPrint(bytes);
    expect(print.kind).toBe('template');
    const read = templateOf(print);
    expect(compare(read, mate!.later).score).toBeGreaterThan(compare(read, stranger!.later).score + 2);
    await expect(readPrint(bytes, { finger: 1 })).rejects.toMatchObject({ code: 'PRINT-NO-IMAGE' });
  });

  it.skipIf(!existsSync(IAFIS))(
    'of the FBI has the minutiae, core and delta that we find in its picture',
    async () => {
      const bytes = readFileSync(IAFIS);
      const file = readAnsiNist(bytes);
      const record = file.records.find((each) => each.type === 9) as TaggedRecord;
      const theirs = fromType9(record);
      const { template: ours, singularPoints } = examine(
        pictureOf(await readPrint(bytes, { finger: 8 }), 'the test'),
      );
      const near = theirs.minutiae.filter((m) =>
        ours.minutiae.some(
          (n) => Math.hypot(m.x - n.x, m.y - n.y) < 12 && Math.cos(m.direction - n.direction) > 0.85,
        ),
      );
      expect(theirs.minutiae).toHaveLength(48);
      expect(near.length).toBeGreaterThan(30);
      const place = (number: number) => {
        const [text = ''] = fieldItems(record, number)[0] ?? [];
        return { x: Number(text.slice(0, 4)) / 5.08, y: Number(text.slice(4, 8)) / 5.08 };
      };
      const [core, delta] = [place(21), place(22)];
      for (const [kind, at] of [
        ['core', core],
        ['delta', delta],
      ] as const)
        expect(singularPoints.some((p) => p.kind === kind && Math.hypot(p.x - at.x, p.y - at.y) < 15)).toBe(
          true,
        );
    },
  );

  it('stands beside the picture under its IDC, and the picture is what is read', async () => {
    const image = drawImpression(drawMaster('type-9'), 1, { width: 240, height: 260 });
    const template = drawFingers(1, 'type-9')[0]!.enrolled;
    const bytes = toAnsiNist(image, FACTS, undefined, { template });
    const records = readAnsiNist(bytes).records.flatMap((record) =>
      record.kind === 'tagged' ? [record] : [],
    );
    expect(records.map(({ type }) => type)).toEqual([1, 2, 14, 9]);
    expect(fieldText(records[3]!, 2)).toBe(fieldText(records[2]!, 2));
    expect((await readPrint(bytes)).kind).toBe('picture');
  });
});
