import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawImpression, drawMaster, toPng } from '../../../src/synth/prints/index.ts';

describe('a print written as PNG', () => {
  const image = drawImpression(drawMaster('png'), 1, { ppi: 1000, width: 300, height: 200 });

  it('is one 8-bit grey channel with its true resolution', async () => {
    const read = await sharp(await toPng(image)).metadata();
    expect(read).toMatchObject({ width: 300, height: 200, channels: 1, depth: 'uchar', density: 1000 });
  });

  it('gives back the very pixels', async () => {
    const pixels = await sharp(await toPng(image))
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    expect(Buffer.from(image.data).equals(pixels)).toBe(true);
  });
});
