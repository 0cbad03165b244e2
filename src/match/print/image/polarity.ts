import type { GreyImage } from '../types.ts';
import { POLARITY } from './parameters.ts';

/** Which is dark; undefined where the picture has no background to tell by. */
export type Polarity = 'dark-ridges' | 'light-ridges';

interface Block {
  readonly mean: number;
  readonly spread: number;
}

function blocksOf(image: GreyImage, side: number): Block[] {
  const blocks: Block[] = [];
  for (let top = 0; top + side <= image.height; top += side) {
    for (let left = 0; left + side <= image.width; left += side) {
      let sum = 0;
      let squares = 0;
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++) {
          const grey = image.data[y * image.width + x]!;
          sum += grey;
          squares += grey * grey;
        }
      }
      const mean = sum / (side * side);
      blocks.push({ mean, spread: Math.sqrt(Math.max(0, squares / (side * side) - mean * mean)) });
    }
  }
  return blocks;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

/**
 * Tells by the background: where no finger touched, a picture looks like the valleys do. Blocks of little spread are
 * background; ridged blocks say how dark and how light ridges and valleys get. A background between the two, as
 * thermal sensors have, says nothing.
 */
export function detectPolarity(image: GreyImage): Polarity | undefined {
  const blocks = blocksOf(image, Math.max(8, Math.round(POLARITY.block * image.ppi)));
  const strong = quantile(ascending(blocks.map((block) => block.spread)), 0.9);
  const flat = blocks.filter((block) => block.spread < POLARITY.flat * strong);
  const ridged = blocks.filter((block) => block.spread > POLARITY.ridged * strong);
  if (ridged.length === 0 || flat.length < POLARITY.background * blocks.length) return undefined;
  const background = quantile(ascending(flat.map((block) => block.mean)), 0.5);
  const dark = quantile(ascending(ridged.map((block) => block.mean - block.spread)), 0.5);
  const light = quantile(ascending(ridged.map((block) => block.mean + block.spread)), 0.5);
  const position = (background - dark) / Math.max(1, light - dark);
  if (position >= POLARITY.valleyLike) return 'dark-ridges';
  return position <= 1 - POLARITY.valleyLike ? 'light-ridges' : undefined;
}

/** Black for white. */
export function invert(image: GreyImage): GreyImage {
  return { ...image, data: image.data.map((grey) => 255 - grey) };
}
