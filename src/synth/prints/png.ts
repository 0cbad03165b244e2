import sharp from 'sharp';
import type { GreyImage } from '../../match/print/types.ts';

/** PNG of a grey picture: one 8-bit channel, its true resolution in pHYs. */
export async function toPng(image: GreyImage): Promise<Uint8Array> {
  // Without the colour space sharp writes three sRGB channels.
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .withDensity(image.ppi)
    .png()
    .toBuffer();
}
