import sharp from 'sharp';
import { gaussianTaps } from '../../src/match/print/extract/grid.ts';
import { decodeImage, type GreyImage, resize } from '../../src/match/print/index.ts';
import type { Random } from '../../src/synth/random.ts';

/** What can happen to a picture between a finger and this program; the same for the same random source. */
export type Change = (image: GreyImage, random: Random) => GreyImage | Promise<GreyImage>;

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** The grey that half of the border is darker than: what lies around the finger. */
function ground({ width, height, data }: GreyImage): number {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(data[x]!, data[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) border.push(data[y * width]!, data[(y + 1) * width - 1]!);
  return border.sort((a, b) => a - b)[border.length >> 1]!;
}

function resampled(ppi: number): Change {
  return (image) => {
    const factor = ppi / image.ppi;
    return resize(image, Math.round(image.width * factor), Math.round(image.height * factor), ppi);
  };
}

function contrast(share: number): Change {
  return (image) => {
    const mean = image.data.reduce((sum, grey) => sum + grey, 0) / image.data.length;
    return { ...image, data: image.data.map((grey) => clamp(mean + share * (grey - mean))) };
  };
}

function noise(sigma: number): Change {
  return (image, random) => ({
    ...image,
    data: image.data.map((grey) => clamp(random.normal(grey, sigma))),
  });
}

function jpeg(quality: number): Change {
  return async (image) => {
    const raw = { width: image.width, height: image.height, channels: 1 } as const;
    const bytes = await sharp(image.data, { raw }).toColourspace('b-w').jpeg({ quality }).toBuffer();
    return decodeImage(bytes, { ppi: image.ppi });
  };
}

/** A share between the two is cut off each side, each its own. */
function cropped(least: number, most: number): Change {
  return (image, random) => {
    const cut = (length: number): number => Math.round(length * (least + (most - least) * random.next()));
    const [left, right] = [cut(image.width), image.width - cut(image.width)];
    const [top, bottom] = [cut(image.height), image.height - cut(image.height)];
    const width = right - left;
    const data = new Uint8Array(width * (bottom - top));
    for (let y = top; y < bottom; y++) {
      const row = image.data.subarray(y * image.width + left, y * image.width + right);
      data.set(row, (y - top) * width);
    }
    return { ...image, width, height: bottom - top, data };
  };
}

/** Bilinear between the four pixels around a place; the ground outside the picture. */
function sample({ width, height, data }: GreyImage, x: number, y: number, outside: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const at = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < width && row < height ? data[row * width + column]! : outside;
  const above = at(left, top) * (1 - across) + at(left + 1, top) * across;
  const below = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
  return above * (1 - down) + below * down;
}

/** Turned by any angle, on a ground large enough for all of it. */
const turned: Change = (image, random) => {
  const angle = (2 * random.next() - 1) * Math.PI;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(image.width * Math.abs(cosine) + image.height * Math.abs(sine));
  const height = Math.ceil(image.width * Math.abs(sine) + image.height * Math.abs(cosine));
  const outside = ground(image);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - (width - 1) / 2, y - (height - 1) / 2];
      const fromX = dx * cosine + dy * sine + (image.width - 1) / 2;
      const fromY = dy * cosine - dx * sine + (image.height - 1) / 2;
      data[y * width + x] = clamp(sample(image, fromX, fromY, outside));
    }
  }
  return { ...image, width, height, data };
};

/** The darkest (a wet finger's ridges run together) or lightest (a dry one's break) of three by three pixels. */
function thickness(of: 'darkest' | 'lightest'): Change {
  return (image) => {
    const { width, height, data } = image;
    const pick = of === 'darkest' ? Math.min : Math.max;
    const result = Uint8Array.from(data, (grey, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      let value = grey;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++)
          value = pick(value, data[row * width + column]!);
      }
      return value;
    });
    return { ...image, data: result };
  };
}

/** One way of a Gaussian blur; `step` is 1 along the rows and the width down the columns. */
function blurredAlong(values: Float64Array, taps: Float32Array, step: number, length: number): Float64Array {
  return values.map((value, i) => {
    const at = Math.floor(i / step) % length;
    let sum = value * taps[0]!;
    for (let k = 1; k < taps.length; k++) {
      const before = values[i - Math.min(k, at) * step]!;
      const after = values[i + Math.min(k, length - 1 - at) * step]!;
      sum += taps[k]! * (before + after);
    }
    return sum;
  });
}

function blurred(sigma: number): Change {
  return (image) => {
    const { width, height } = image;
    const taps = gaussianTaps(sigma);
    const rows = blurredAlong(Float64Array.from(image.data), taps, 1, width);
    return { ...image, data: Uint8Array.from(blurredAlong(rows, taps, width, height), clamp) };
  };
}

/** Every change by the name its line has. */
export const CHANGES: Readonly<Record<string, Change>> = {
  unchanged: (image) => image,
  'resampled to 569 ppi': resampled(569),
  'contrast at 30 %': contrast(0.3),
  'noise of 12 greys': noise(12),
  'JPEG quality 35': jpeg(35),
  'cropped 5 to 25 % each side': cropped(0.05, 0.25),
  'turned by any angle': turned,
  'ridges thicker, as of a wet finger': thickness('darkest'),
  'ridges thinner, as of a dry finger': thickness('lightest'),
  'blurred, sigma 1.2 px': blurred(1.2),
};
