import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../../src/match/print/image/bytes.ts';
import {
  decodeWsq,
  encodeWsq,
  readAnsiNist,
  readWsqHeader,
} from '../../../../src/match/print/image/index.ts';
import { decodeBlock, encodeBlock, tableFor } from '../../../../src/match/print/image/wsq/coefficients.ts';
import { decodeTable } from '../../../../src/match/print/image/wsq/huffman.ts';
import { subbandLayout } from '../../../../src/match/print/image/wsq/subbands.ts';
import { standardFilters } from '../../../../src/match/print/image/wsq/tables.ts';
import { decompose, reconstruct } from '../../../../src/match/print/image/wsq/wavelet.ts';
import { codeOf } from '../print-error.ts';
import { HAS_SHARED, largestDifference, mutate, psnr, SHARED, skipNote, whorl } from './pictures.ts';

describe('WSQ against the reference', () => {
  it.skipIf(!HAS_SHARED)(`decodes the reference file to within one grey level${skipNote}`, async () => {
    const image = decodeWsq(readFileSync(`${SHARED}wsq/sample.wsq`));
    const expected = await sharp(`${SHARED}wsq/sample.png`).toColourspace('b-w').raw().toBuffer();
    expect([image.width, image.height, image.ppi]).toEqual([545, 622, 500]);
    expect(largestDifference(image.data, expected)).toBeLessThanOrEqual(1);
  });

  it.skipIf(!HAS_SHARED)(
    `writes ten-print pictures no larger than the reference encoder did${skipNote}`,
    () => {
      const file = readAnsiNist(readFileSync(`${SHARED}an2/type-4-tpcard.an2`));
      for (const record of file.records) {
        if (record.kind !== 'type-4' || record.width > 500) continue;
        const image = decodeWsq(record.data);
        expect([image.width, image.height]).toEqual([record.width, record.height]);
        const again = encodeWsq({ ...image, ppi: 500 });
        expect(again.length).toBeLessThan(record.data.length * 1.01);
        expect(psnr(decodeWsq(again).data, image.data)).toBeGreaterThan(40);
      }
    },
  );
});

describe('WSQ round trip', () => {
  it.each([
    [64, 64],
    [101, 67],
    [300, 300],
    [388, 374],
    [257, 511],
  ])('keeps size and resolution of a %i x %i picture and comes close to its pixels', (width, height) => {
    const image = whorl(width, height, 500);
    const bytes = encodeWsq(image, { bitrate: 2.25 });
    const decoded = decodeWsq(bytes);
    expect(decoded).toMatchObject({ width, height, ppi: 500 });
    expect(psnr(image.data, decoded.data)).toBeGreaterThan(28);
    expect(readWsqHeader(bytes)).toEqual({ width, height, ppi: 500 });
  });

  it.each([
    [32, 32],
    [33, 47],
  ])('keeps the size of a %i x %i picture, the smallest five halvings allow', (width, height) => {
    expect(decodeWsq(encodeWsq(whorl(width, height)))).toMatchObject({ width, height });
    expect(codeOf(() => encodeWsq(whorl(31, height)))).toBe('PRINT-TOO-SMALL');
  });

  it('compresses about fifteen to one at the standard rate', () => {
    const image = whorl(512, 512);
    const bytes = encodeWsq(image);
    expect((bytes.length * 8) / image.data.length).toBeLessThan(0.8);
  });

  it('gives the same bytes for the same picture', () => {
    const image = whorl(200, 180);
    expect(encodeWsq(image)).toEqual(encodeWsq(image));
  });

  it.each([0, 128, 255])('keeps a blank picture of grey %i', (grey) => {
    const image = { width: 64, height: 64, ppi: 500, data: new Uint8Array(64 * 64).fill(grey) };
    expect(decodeWsq(encodeWsq(image)).data).toEqual(image.data);
  });

  it('reconstructs any plane from its subbands, odd sizes too', () => {
    const size = fc.integer({ min: 32, max: 130 });
    fc.assert(
      fc.property(size, size, fc.integer(), (width, height, seed) => {
        const plane = Float32Array.from(
          { length: width * height },
          (_, i) => ((i * 7919 + seed) % 255) - 127,
        );
        const copy = plane.slice();
        const layout = subbandLayout(width, height);
        decompose(plane, width, layout, standardFilters());
        reconstruct(plane, width, layout, standardFilters());
        expect(Math.max(...plane.map((value, i) => Math.abs(value - copy[i]!)))).toBeLessThan(0.01);
      }),
      { numRuns: 40 },
    );
  });

  it('covers every pixel with exactly one subband, the four never coded aside', () => {
    const { subbands } = subbandLayout(131, 97);
    const covered = new Uint8Array(131 * 97);
    for (const { x, y, width, height } of subbands) {
      for (let row = y; row < y + height; row++) {
        for (let column = x; column < x + width; column++) covered[row * 131 + column]!++;
      }
    }
    expect(subbands).toHaveLength(60);
    expect(Math.max(...covered)).toBe(1);
    expect(covered.filter((n) => n === 0)).toHaveLength(65 * 48);
  });

  it('codes any coefficients, long runs and large values included', () => {
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.integer({ min: -80, max: 80 }) },
      { weight: 1, arbitrary: fc.integer({ min: -32767, max: 32767 }) },
    );
    const run = fc.integer({ min: 0, max: 70_000 }).map((n) => new Array<number>(n).fill(0));
    const values = fc.tuple(fc.array(value, { maxLength: 600 }), run, fc.array(value, { maxLength: 50 }));
    fc.assert(
      fc.property(values, (parts) => {
        const block = Int32Array.from(parts.flat());
        const table = tableFor([block]);
        const out = new ByteWriter();
        encodeBlock(block, table, out);
        const back = new Int32Array(block.length);
        expect(decodeBlock(out.finish(), decodeTable(table), back, 0)).toBe(block.length);
        expect(back).toEqual(block);
      }),
      { numRuns: 150 },
    );
  });
});

describe('A damaged WSQ file', () => {
  const bytes = encodeWsq(whorl(160, 150));

  it.each([
    ['empty', new Uint8Array(0), 'PRINT-EMPTY'],
    ['cut in half', bytes.subarray(0, bytes.length / 2), 'PRINT-TRUNCATED'],
    ['without its end marker', bytes.subarray(0, -2), 'PRINT-TRUNCATED'],
    ['a text', new TextEncoder().encode('not a picture'), 'PRINT-FORMAT-UNKNOWN'],
  ])('that is %s is named %s', (_, damaged, code) => {
    expect(codeOf(() => decodeWsq(damaged))).toBe(code);
  });

  it('that claims 65,535 x 65,535 pixels is refused before any memory is taken', () => {
    const claim = Uint8Array.from(bytes);
    const frame = claim.findIndex((byte, i) => byte === 0xff && claim[i + 1] === 0xa2);
    claim.set([0xff, 0xff, 0xff, 0xff], frame + 6);
    expect(codeOf(() => decodeWsq(claim))).toBe('PRINT-TOO-LARGE');
  });

  it('gives a picture or a typed error, 400 mutations long, never a hang', () => {
    const codes = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const started = performance.now();
      const code = codeOf(() => decodeWsq(mutate(bytes, seed)));
      expect(performance.now() - started).toBeLessThan(2000);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(codes.size).toBeGreaterThan(3);
  });
});
