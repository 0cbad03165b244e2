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

function average(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.mean, 0) / blocks.length;
}

/**
 * Tells by the background: where no finger touched, a picture shows what its valleys look like. Blocks of little
 * spread are background; if they are lighter than the ridged ones, ridges are dark.
 */
export function detectPolarity(image: GreyImage): Polarity | undefined {
  const blocks = blocksOf(image, Math.max(8, Math.round(POLARITY.block * image.ppi)));
  const spreads = blocks.map((block) => block.spread).sort((a, b) => a - b);
  const strong = spreads[Math.floor(spreads.length * 0.9)] ?? 0;
  const flat = blocks.filter((block) => block.spread < POLARITY.flat * strong);
  const ridged = blocks.filter((block) => block.spread > 0.6 * strong);
  if (ridged.length === 0 || flat.length < POLARITY.background * blocks.length) return undefined;
  const difference = average(flat) - average(ridged);
  if (Math.abs(difference) < POLARITY.difference) return undefined;
  return difference > 0 ? 'dark-ridges' : 'light-ridges';
}

/** Black for white. */
export function invert(image: GreyImage): GreyImage {
  return { ...image, data: image.data.map((grey) => 255 - grey) };
}
