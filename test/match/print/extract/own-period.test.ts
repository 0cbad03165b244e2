import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeImage, examine, type GreyImage } from '../../../../src/match/print/index.ts';
import { drawRidges } from '../drawn-ridges.ts';
import { SHARED } from '../image/pictures.ts';

const periodOf = (image: GreyImage): number => examine(image).measurements.ridgePeriod;

describe('The period of the whole print', () => {
  it.each([4, 4.5, 5, 6, 8, 9, 11, 13, 15, 18, 22, 25, 30])(
    'is measured where ridges are %s px apart',
    (period) => {
      for (const angle of [0, 0.4, 1.2, 2.5])
        expect(Math.abs(periodOf(drawRidges({ period, angle })) - period)).toBeLessThan(0.05 * period + 0.15);
    },
  );

  it('does not show in a blank picture and in noise', () => {
    const blank: GreyImage = { width: 300, height: 300, ppi: 500, data: new Uint8Array(90_000).fill(200) };
    const noise = { ...blank, data: blank.data.map((_, i) => (i * 2654435761) >>> 24) };
    expect([periodOf(blank), periodOf(noise)]).toEqual([0, 0]);
  });
});

const FOLDER = `${SHARED}fvc`;
const HAS_SETS = existsSync(FOLDER);
const skipNote = HAS_SETS ? '' : ' (skipped: the public sample sets are not here)';

/** Every eighth print of the five sets, another impression of each finger by set. */
function sample(): string[] {
  return readdirSync(FOLDER).flatMap((set, k) =>
    readdirSync(`${FOLDER}/${set}`)
      .filter((name) => name.endsWith(`_${k + 3}.png`))
      .map((name) => `${FOLDER}/${set}/${name}`),
  );
}

describe.skipIf(!HAS_SETS)(`Prints of the public sample sets${skipNote}`, () => {
  it('are told apart from the same prints at twice and half their true resolution', async () => {
    const told = { true: 0, twice: 0, half: 0 };
    const files = sample();
    expect(files).toHaveLength(50);
    for (const file of files) {
      const image = await decodeImage(readFileSync(file));
      const wrong = (factor: number): number =>
        Number(examine({ ...image, ppi: image.ppi * factor }).quality.reasons.includes('wrong-resolution'));
      told.true += wrong(1);
      told.twice += wrong(2);
      told.half += wrong(0.5);
    }
    expect(told.true).toBe(0);
    expect(told.twice).toBeGreaterThan(40);
    expect(told.half).toBeGreaterThan(45);
  }, 60_000);
});
