import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PrintError } from '../../../../src/match/print/errors.ts';
import {
  decodeImage,
  detectPolarity,
  encodeWsq,
  invert,
  resize,
  sniffFormat,
  toPpi,
} from '../../../../src/match/print/image/index.ts';
import { HAS_SHARED, largestDifference, mutate, psnr, SHARED, skipNote, whorl } from './pictures.ts';

const image = whorl(160, 200);

function open(source = image) {
  return sharp(source.data, { raw: { width: source.width, height: source.height, channels: 1 } });
}

function png(density = 500): Promise<Buffer> {
  return open().toColourspace('b-w').withDensity(density).png().toBuffer();
}

/** A Windows bitmap, bottom row first. */
function bmp(bits: 1 | 4 | 8 | 24 | 32, { width, height, data } = image): Uint8Array {
  const row = Math.ceil((width * bits) / 32) * 4;
  const colours = bits <= 8 ? 2 ** bits : 0;
  const palette = colours * 4;
  const bytes = new Uint8Array(54 + palette + row * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54 + palette, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setInt32(38, 19685, true);
  view.setInt32(42, 19685, true);
  const greyOf = (i: number): number => Math.round((255 * i) / (colours - 1));
  for (let i = 0; i < colours; i++) bytes.fill(greyOf(i), 54 + i * 4, 54 + i * 4 + 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 54 + palette + (height - 1 - y) * row + ((x * bits) >> 3);
      const grey = data[y * width + x]!;
      const index = Math.round((grey / 255) * (colours - 1));
      if (bits <= 8) bytes[at]! |= index << (8 - bits - ((x * bits) & 7));
      else bytes.fill(grey, at, at + 3);
    }
  }
  return bytes;
}

describe('Lossless formats give back every pixel and the resolution', () => {
  it.each([
    ['PNG', 'png', () => png()],
    [
      'TIFF',
      'tiff',
      () =>
        open()
          .tiff({ compression: 'lzw', xres: 500 / 25.4, yres: 500 / 25.4 })
          .toBuffer(),
    ],
    ['BMP of 8 bits', 'bmp', async () => bmp(8)],
    ['BMP of 24 bits', 'bmp', async () => bmp(24)],
    ['BMP of 32 bits', 'bmp', async () => bmp(32)],
    ['colour PNG', 'png', () => open().toColourspace('srgb').withDensity(500).png().toBuffer()],
    [
      'PNG with alpha',
      'png',
      () => open().toColourspace('srgb').ensureAlpha(1).withDensity(500).png().toBuffer(),
    ],
    ['16-bit PNG', 'png', () => open().toColourspace('grey16').withDensity(500).png().toBuffer()],
  ])('%s', async (_, format, make) => {
    const decoded = await decodeImage(await make());
    expect(decoded).toMatchObject({ format, width: 160, height: 200, ppi: 500, ppiAssumed: false });
    expect(largestDifference(decoded.data, image.data)).toBeLessThanOrEqual(1);
  });
});

/** With the three masks that say what a 32-bit bitmap means without them, or others. */
function withMasks(plain: Uint8Array, masks: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(plain.length + 12);
  bytes.set(plain.subarray(0, 54));
  bytes.set(plain.subarray(54), 66);
  const view = new DataView(bytes.buffer);
  view.setUint32(10, 66, true);
  view.setUint32(30, 3, true);
  for (const [i, mask] of masks.entries()) view.setUint32(54 + 4 * i, mask, true);
  return bytes;
}

describe('Bitmaps as scanners and old programs write them', () => {
  it.each([1, 4] as const)('of %i bits: the nearest grey of the palette', async (bits) => {
    const decoded = await decodeImage(bmp(bits));
    expect(decoded).toMatchObject({ format: 'bmp', width: 160, height: 200, ppi: 500 });
    const steps = 2 ** bits - 1;
    expect(decoded.data).toEqual(
      image.data.map((grey) => Math.round((Math.round((grey / 255) * steps) * 255) / steps)),
    );
  });

  it('top row first', async () => {
    const bytes = bmp(8);
    new DataView(bytes.buffer).setInt32(22, -image.height, true);
    const rows = Array.from({ length: image.height }, (_, y) => image.data.subarray(y * 160, (y + 1) * 160));
    expect((await decodeImage(bytes)).data).toEqual(
      Uint8Array.from(rows.toReversed().flatMap((row) => [...row])),
    );
  });

  it('with colour masks, where they are the usual ones', async () => {
    const usual = withMasks(bmp(32), [0xff0000, 0xff00, 0xff]);
    expect((await decodeImage(usual)).data).toEqual(image.data);
    const odd = withMasks(bmp(32), [0xff, 0xff00, 0xff0000]);
    await expect(decodeImage(odd)).rejects.toMatchObject({
      code: 'PRINT-UNSUPPORTED',
      message: expect.stringContaining('Save it as PNG'),
    });
  });
});

describe('Formats with loss come close', () => {
  it('JPEG with JFIF density', async () => {
    const decoded = await decodeImage(await open().withDensity(500).jpeg({ quality: 95 }).toBuffer());
    expect(decoded).toMatchObject({ format: 'jpeg', ppi: 500, ppiAssumed: false });
    expect(psnr(decoded.data, image.data)).toBeGreaterThan(30);
  });

  it('WSQ', async () => {
    const decoded = await decodeImage(encodeWsq(image));
    expect(decoded).toMatchObject({ format: 'wsq', width: 160, height: 200, ppi: 500, ppiAssumed: false });
  });

  it.skipIf(!HAS_SHARED)(`JPEG 2000, with its capture resolution${skipNote}`, async () => {
    const decoded = await decodeImage(readFileSync(`${SHARED}wsq/img.jp2`));
    expect(decoded).toMatchObject({ format: 'jpeg2000', width: 908, height: 1007, ppi: 1000 });
  });

  it.skipIf(!HAS_SHARED)(
    `a JPEG 2000 file cut short or mutated ends in a typed error or a picture${skipNote}`,
    async () => {
      const bytes = readFileSync(`${SHARED}wsq/img.jp2`);
      for (let seed = 0; seed < 6; seed++) {
        await decodeImage(mutate(bytes, seed)).catch((error: unknown) =>
          expect(error).toBeInstanceOf(PrintError),
        );
      }
    },
  );
});

describe('Resolution', () => {
  it.each([
    [72, 500, true],
    [96, 500, true],
    [250, 250, false],
    [569, 569, false],
    [1000, 1000, false],
  ])('a stated %i ppi is read as %i, assumed: %s', async (stated, ppi, assumed) => {
    const decoded = await decodeImage(await png(stated));
    expect(decoded.ppi).toBeCloseTo(ppi, 0);
    expect(decoded.ppiAssumed).toBe(assumed);
  });

  it.each([72, 96, 120])('what is no resolution of a print is not taken but told: %i ppi', async (stated) => {
    const decoded = await decodeImage(await png(stated));
    expect(decoded).toMatchObject({ width: 160, height: 200, ppi: 500, ppiAssumed: true });
    expect(decoded.ppiStated).toBeCloseTo(stated, 0);
    expect(await decodeImage(await png(stated), { ppi: 300 })).toMatchObject({ ppi: 300, ppiAssumed: false });
    expect(await decodeImage(await png(stated), { ppi: 300 })).not.toHaveProperty('ppiStated');
  });

  it('takes the first of two pHYs chunks', async () => {
    const bytes = await png(512);
    const at = bytes.indexOf('pHYs') - 4;
    const second = Buffer.from(bytes.subarray(at, at + 21));
    second.writeUInt32BE(1000, 8);
    second.writeUInt32BE(1000, 12);
    const decoded = await decodeImage(
      Buffer.concat([bytes.subarray(0, at + 21), second, bytes.subarray(at + 21)]),
    );
    expect(decoded.ppi).toBeCloseTo(512, 1);
  });

  it('a caller who knows better stands above the file', async () => {
    expect(await decodeImage(await png(500), { ppi: 569 })).toMatchObject({ ppi: 569, ppiAssumed: false });
  });

  it('makes pixels square where the axes differ', async () => {
    const narrow = resize(image, 80, 200, 500);
    const bytes = await open(narrow)
      .tiff({ xres: 250 / 25.4, yres: 500 / 25.4 })
      .toBuffer();
    const decoded = await decodeImage(bytes);
    expect(decoded).toMatchObject({ width: 160, height: 200, ppi: 500 });
  });
});

describe('Resampling', () => {
  it('keeps physical size: 1000 ppi becomes half as many pixels at 500', () => {
    expect(toPpi({ ...image, ppi: 1000 })).toMatchObject({ width: 80, height: 100, ppi: 500 });
  });

  it('leaves a picture within one per cent alone', () => {
    expect(toPpi({ ...image, ppi: 503 }).data).toBe(image.data);
  });

  it('doubling and halving again changes little', () => {
    const there = resize(image, 320, 400, 1000);
    expect(psnr(toPpi(there).data, image.data)).toBeGreaterThan(30);
  });

  it('keeps a flat picture flat', () => {
    const flat = { width: 50, height: 40, ppi: 500, data: new Uint8Array(2000).fill(77) };
    expect(new Set(resize(flat, 33, 91, 700).data)).toEqual(new Set([77]));
  });
});

describe('Orientation and polarity', () => {
  it.each([
    [1, 160, 200],
    [3, 160, 200],
    [6, 200, 160],
    [8, 200, 160],
  ])('EXIF orientation %i turns the picture upright to %i x %i', async (orientation, width, height) => {
    const bytes = await open().withMetadata({ orientation, density: 500 }).jpeg({ quality: 95 }).toBuffer();
    expect(await decodeImage(bytes)).toMatchObject({ width, height, ppi: 500 });
  });

  it('makes light ridges dark, and says so', async () => {
    expect(detectPolarity(image)).toBe('dark-ridges');
    const negative = invert(image);
    expect(detectPolarity(negative)).toBe('light-ridges');
    const decoded = await decodeImage(await open(negative).toColourspace('b-w').png().toBuffer());
    expect(decoded.inverted).toBe(true);
    expect(decoded.data).toEqual(image.data);
  });

  it('decides nothing on a blank or a noisy picture', () => {
    const blank = { ...image, data: new Uint8Array(image.data.length).fill(200) };
    const noise = { ...image, data: image.data.map((_, i) => (i * 2654435761) >>> 24) };
    expect([detectPolarity(blank), detectPolarity(noise)]).toEqual([undefined, undefined]);
  });
});

describe('Raw pictures', () => {
  it('need their size from the caller', async () => {
    const rawDimensions = { width: 160, height: 200, ppi: 500 };
    expect((await decodeImage(image.data, { rawDimensions })).data).toEqual(image.data);
    await expect(decodeImage(image.data)).rejects.toMatchObject({ code: 'PRINT-FORMAT-UNKNOWN' });
  });

  it('are refused where the size does not fit', async () => {
    const rawDimensions = { width: 161, height: 200 };
    await expect(decodeImage(image.data, { rawDimensions })).rejects.toMatchObject({
      code: 'PRINT-MALFORMED',
    });
  });
});

describe('What is refused', () => {
  it.each([
    ['nothing', '', 'PRINT-EMPTY'],
    ['a text named .png', 'name,date\nDOE,2026', 'PRINT-FORMAT-UNKNOWN'],
    [
      'SVG, which the codec underneath could draw',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'PRINT-FORMAT-UNKNOWN',
    ],
    ['GIF', 'GIF89a\x01\x00\x01\x00\x80\x00\x00', 'PRINT-FORMAT-UNKNOWN'],
    ['a PNG signature with nothing behind it', '\x89PNG\r\n\x1a\n', 'PRINT-TRUNCATED'],
  ])('%s', async (_, text, code) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    await expect(decodeImage(bytes)).rejects.toMatchObject({ code });
  });

  it.each([
    ['GIF89a\x01\x00', 'GIF'],
    ['II\x2b\x00\x08\x00\x00\x00', 'BigTIFF'],
    ['MM\x00\x2b\x00\x08\x00\x00', 'BigTIFF'],
    ['RIFF\x00\x10\x00\x00WEBPVP8 ', 'WebP'],
    ['%PDF-1.7\n', 'PDF'],
    ['\x00\x00\x00\x18ftypheic', 'HEIF'],
  ])('%j, by the name of its format: %s', async (text, name) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    await expect(decodeImage(bytes)).rejects.toMatchObject({
      code: 'PRINT-FORMAT-UNKNOWN',
      message: `This is a ${name} file; the format is not read.`,
    });
  });

  it('20,000 x 20,000 pixels, at once', async () => {
    const bytes = Uint8Array.from(await png());
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 20_000);
    view.setUint32(20, 20_000);
    const started = performance.now();
    await expect(decodeImage(bytes)).rejects.toMatchObject({ code: 'PRINT-TOO-LARGE' });
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('pictures under the smallest side', async () => {
    const tiny = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await expect(decodeImage(tiny)).rejects.toMatchObject({ code: 'PRINT-TOO-SMALL' });
  });

  it('files over the limit of bytes', async () => {
    await expect(decodeImage(await png(), { limits: { bytes: 100 } })).rejects.toMatchObject({
      code: 'PRINT-TOO-LARGE',
    });
  });

  it.each(['png', 'tiff', 'jpeg', 'bmp'] as const)(
    'a %s file mutated 60 times: a picture or a typed error',
    async (kind) => {
      const sources = {
        png: () => png(),
        tiff: () => open().tiff({ compression: 'deflate' }).toBuffer(),
        jpeg: () => open().jpeg().toBuffer(),
        bmp: async () => bmp(8),
      };
      const bytes = await sources[kind]();
      for (let seed = 0; seed < 60; seed++) {
        const started = performance.now();
        await decodeImage(mutate(bytes, seed)).catch((error: unknown) =>
          expect(error).toBeInstanceOf(PrintError),
        );
        expect(performance.now() - started).toBeLessThan(2500);
      }
    },
  );
});

describe('Sniffing', () => {
  it.each([
    ['1.001:273\x1d', 'ansi-nist'],
    ['1.01:273\x1d', 'ansi-nist'],
    ['1.002:0400', undefined],
    ['BM', 'bmp'],
    ['\xff\xa0\xff\xa8', 'wsq'],
    ['', undefined],
  ])('%j is %s', (text, format) => {
    expect(sniffFormat(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBe(format);
  });
});
