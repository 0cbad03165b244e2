import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrintError } from '../../../../src/match/print/errors.ts';
import {
  type AnsiNistFile,
  buildTextRecord,
  buildTransaction,
  buildType14Record,
  decodeImage,
  decodeThumb,
  encodeWsq,
  fieldItems,
  fieldText,
  readAnsiNist,
  type TaggedRecord,
  type Type14Options,
  thumbsOf,
  writeAnsiNist,
} from '../../../../src/match/print/image/index.ts';
import { codeOf } from '../print-error.ts';
import { HAS_SHARED, mutate, SHARED, skipNote, whorl } from './pictures.ts';

const print = whorl(120, 140);
const wsq = encodeWsq(print);
const options: Type14Options = {
  idc: 1,
  fgp: 1,
  imp: 1,
  width: 120,
  height: 140,
  ppi: 500,
  compression: 'wsq',
  source: 'CA0000000',
  captureDate: '20260102',
};

function transaction(images: readonly TaggedRecord[] = [buildType14Record(wsq, options)]): AnsiNistFile {
  return buildTransaction({
    version: '0500',
    transactionType: 'FVR',
    date: '20260103',
    destination: 'DEST00000',
    origin: 'CA0000000',
    controlNumber: 'TCN-1',
    domain: ['NORAM', 'EBTS 10.0'],
    type2: new Map([
      [18, 'DOE,JOHN'],
      [15, 'CA00000000'],
    ]),
    images,
  });
}

function edit(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes);
  expect(text).toContain(from);
  return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0));
}

describe('An ANSI/NIST transaction we build', () => {
  const bytes = writeAnsiNist(transaction());

  it('opens with its length, version and a content field that lists its records', () => {
    const header = readAnsiNist(bytes).records[0] as TaggedRecord;
    expect(header.fields.map((field) => field.label)).toEqual(
      ['001', '002', '003', '004', '005', '007', '008', '009', '011', '012', '013'].map((n) => `1.${n}`),
    );
    expect(fieldItems(header, 3)).toEqual([
      ['1', '2'],
      ['2', '00'],
      ['14', '01'],
    ]);
    expect(fieldItems(header, 13)).toEqual([['NORAM', 'EBTS 10.0']]);
  });

  it('states lengths that count their own digits', () => {
    const records = readAnsiNist(bytes).records as TaggedRecord[];
    const stated = records.map((record) => Number(fieldText(record, 1)));
    expect(stated.reduce((sum, length) => sum + length, 0)).toBe(bytes.length);
  });

  it('gives back the thumb it holds, with finger, impression, size and resolution', async () => {
    const [thumb] = thumbsOf(readAnsiNist(bytes));
    expect(thumb).toMatchObject({
      fgp: 1,
      hand: 'right',
      plain: false,
      imp: 1,
      ppi: 500,
      compression: 'wsq',
    });
    expect(thumb!.data).toEqual(wsq);
    expect(await decodeThumb(thumb!)).toMatchObject({ width: 120, height: 140, ppi: 500, ppiAssumed: false });
    expect(await decodeImage(bytes)).toMatchObject({ format: 'ansi-nist', width: 120, height: 140 });
  });

  it('is the same byte for byte each time', () => {
    expect(writeAnsiNist(transaction())).toEqual(bytes);
  });

  it('holds other resolutions per inch', () => {
    const record = buildType14Record(wsq, { ...options, ppi: 1000 });
    expect([fieldText(record, 8), fieldText(record, 9)]).toEqual(['1', '1000']);
    expect(thumbsOf(transaction([record]))[0]!.ppi).toBe(1000);
  });

  it('refuses a text that holds a separator, and a date that is none', () => {
    expect(codeOf(() => buildTextRecord(2, new Map([[18, 'DOE\x1dJOHN']])))).toBe('PRINT-MALFORMED');
    expect(codeOf(() => buildType14Record(wsq, { ...options, captureDate: '2026-01-02' }))).toBe(
      'PRINT-MALFORMED',
    );
  });
});

describe('Choosing a thumb', () => {
  const two = [1, 11].map((fgp, i) => buildType14Record(wsq, { ...options, fgp, idc: i + 1 }));

  it('wants the finger named where there are two', async () => {
    const bytes = writeAnsiNist(transaction(two));
    await expect(decodeImage(bytes)).rejects.toMatchObject({ code: 'PRINT-NO-IMAGE' });
    expect((await decodeImage(bytes, { finger: 11 })).thumb).toMatchObject({ fgp: 11, plain: true });
  });

  it.each([2, 13, 15, 0])('leaves out finger position %i, which is no single thumb', (fgp) => {
    expect(thumbsOf(transaction([buildType14Record(wsq, { ...options, fgp })]))).toEqual([]);
  });

  it('refuses a record whose size is not that of its WSQ picture', () => {
    const wrong = transaction([buildType14Record(wsq, { ...options, width: 121 })]);
    expect(codeOf(() => thumbsOf(wrong))).toBe('PRINT-MALFORMED');
  });

  it('reads uncompressed pictures', async () => {
    const raw = buildType14Record(print.data, { ...options, compression: 'none' });
    expect((await decodeImage(writeAnsiNist(transaction([raw])))).data).toEqual(print.data);
  });
});

describe('A damaged transaction', () => {
  const bytes = writeAnsiNist(transaction());

  it.each([
    ['content count', '1\x1f2\x1e', '1\x1f3\x1e', 'PRINT-MALFORMED'],
    ['listed record type', '\x1e14\x1f01', '\x1e15\x1f01', 'PRINT-MALFORMED'],
    ['listed record number', '\x1e14\x1f01', '\x1e14\x1f02', 'PRINT-MALFORMED'],
    ['length of the header', '1.001:1', '1.001:9', 'PRINT-MALFORMED'],
    ['length of the picture record', '14.001:', '14.001:9', 'PRINT-TRUNCATED'],
    ['field label', '2.018:', '2x018:', 'PRINT-MALFORMED'],
    ['record a field belongs to', '2.018:', '3.018:', 'PRINT-MALFORMED'],
  ])('with a wrong %s is refused', (_, from, to, code) => {
    expect(codeOf(() => readAnsiNist(edit(bytes, from, to)))).toBe(code);
  });

  it('cut anywhere is refused', () => {
    for (let length = 0; length < bytes.length; length += 7) {
      const code = codeOf(() => readAnsiNist(bytes.subarray(0, length)));
      expect(['PRINT-EMPTY', 'PRINT-TRUNCATED', 'PRINT-MALFORMED']).toContain(code);
    }
  });

  it('with data after its last record is refused, padding is not', () => {
    expect(codeOf(() => readAnsiNist(Uint8Array.from([...bytes, 0, 0, 10])))).toBe('none');
    expect(codeOf(() => readAnsiNist(Uint8Array.from([...bytes, 65])))).toBe('PRINT-MALFORMED');
  });

  it('gives a picture or a typed error, 300 mutations long', async () => {
    for (let seed = 0; seed < 300; seed++) {
      await decodeImage(mutate(bytes, seed)).catch((error: unknown) =>
        expect(error).toBeInstanceOf(PrintError),
      );
    }
  });
});

describe('Lossless round trip', () => {
  it('holds for records of any type and any fields', () => {
    const data = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => bytes.filter((byte) => byte !== 0x1c && byte !== 0x1d));
    const field = fc.record({ number: fc.integer({ min: 3, max: 998 }), data });
    const record = fc.record({
      type: fc.constantFrom(2, 9, 10, 13, 14, 15, 99),
      fields: fc.array(field, { maxLength: 6 }),
      last: fc.option(fc.uint8Array({ maxLength: 60 })),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        const images = records.map(({ type, fields, last }, i): TaggedRecord => {
          const base = buildTextRecord(type, new Map([[2, String(i)]]));
          const extra = fields.map((one) => ({ ...one, label: `${type}.${one.number}` }));
          const closing = last ? [{ number: 999, label: `${type}.999`, data: last }] : [];
          return { ...base, fields: [...base.fields, ...extra, ...closing] };
        });
        const bytes = writeAnsiNist(transaction(images));
        expect(writeAnsiNist(readAnsiNist(bytes))).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('holds for Type-4 and opaque binary records', () => {
    const type4 = {
      kind: 'type-4',
      type: 4,
      idc: 1,
      imp: 3,
      fgp: [6, 255, 255, 255, 255, 255],
      isr: 0,
    } as const;
    const records = [
      { ...type4, width: 120, height: 140, gca: 1, data: wsq },
      { kind: 'opaque', type: 7, idc: 2, bytes: Uint8Array.of(0, 0, 0, 8, 2, 9, 9, 9) },
    ] as const;
    const header = buildTextRecord(
      1,
      new Map([
        [2, '0400'],
        [4, 'AMN'],
      ]),
    );
    const content = new TextEncoder().encode('1\x1f2\x1e4\x1f01\x1e7\x1f02');
    const fields = [...header.fields, { number: 3, label: '1.003', data: content }];
    const bytes = writeAnsiNist({ records: [{ ...header, fields }, ...records] });
    const back = readAnsiNist(bytes);
    expect(writeAnsiNist(back)).toEqual(bytes);
    expect(thumbsOf(back)).toMatchObject([{ fgp: 6, hand: 'left', recordType: 4, ppi: 500 }]);
  });

  it.skipIf(!HAS_SHARED).each([
    ['type-14-tpcard-nqm', [1, 6, 12, 11]],
    ['type-4-slaps', [12, 11]],
    ['type-4-tpcard', [1, 6, 12, 11]],
    ['type-9-4-iafis', []],
  ])(`holds for the reference file %s, and finds thumbs %j${skipNote}`, async (name, fingers) => {
    const bytes = readFileSync(`${SHARED}an2/${name}.an2`);
    const file = readAnsiNist(bytes);
    expect(Buffer.compare(writeAnsiNist(file), bytes)).toBe(0);
    const thumbs = thumbsOf(file);
    expect(thumbs.map((thumb) => thumb.fgp)).toEqual(fingers);
    for (const thumb of thumbs) {
      expect(await decodeThumb(thumb)).toMatchObject({ width: thumb.width, height: thumb.height, ppi: 500 });
    }
  });
});
