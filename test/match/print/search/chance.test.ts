import { describe, expect, it } from 'vitest';
import { aboveChance, chanceSample } from '../../../../src/match/print/search/chance.ts';
import { CHANCE, DESCRIPTION, ENTRY } from '../../../../src/match/print/search/parameters.ts';
import { makeProbe } from '../../../../src/match/print/search/probe.ts';
import { drawFingers } from './prints.ts';

const { codes, codeValues } = DESCRIPTION;
const probe = makeProbe(drawFingers(1, 'chance')[0]!.later);

/** Best evidences of `sample` strangers, those of minutia p from 0 to `spread(p)`. */
function strangers(sample: number, spread: (p: number) => number): Int8Array {
  return Int8Array.from({ length: sample * ENTRY.minutiae }, (_, at) =>
    Math.round((spread(at % ENTRY.minutiae) * Math.floor(at / ENTRY.minutiae)) / Math.max(1, sample - 1)),
  );
}

/** What was taken off the evidence of minutia p when every code has its first value. */
function takenOff(p: number, lowered: Int8Array): number {
  let off = 0;
  for (let k = 0; k < codes; k++) {
    const at = (p * codes + k) * codeValues;
    off += probe.evidence[at]! - lowered[at]!;
  }
  return off;
}

describe('Chance in a gallery', () => {
  it('is learned from entries spread evenly over it, from all of a small one', () => {
    expect([...chanceSample(3)]).toEqual([0, 1, 2]);
    expect(chanceSample(0)).toHaveLength(0);
    const sample = chanceSample(1_000_000);
    expect(sample).toHaveLength(CHANCE.sample);
    const steps = new Set(Array.from(sample.subarray(1), (at, i) => at - sample[i]!));
    expect([...steps].every((step) => Math.abs(step - 1_000_000 / CHANCE.sample) <= 1)).toBe(true);
  });

  it('is taken off the evidence of each minutia by itself: what most strangers do not exceed', () => {
    const sample = 101;
    const lowered = aboveChance(
      probe,
      strangers(sample, (p) => p + 20),
      sample,
    );
    for (let p = 0; p < probe.count; p++) {
      expect(takenOff(p, lowered.evidence)).toBe(Math.round((p + 20) * CHANCE.share));
    }
  });

  it('raises the evidence of a minutia whose like no stranger has', () => {
    const none = new Int8Array(10 * ENTRY.minutiae).fill(-128);
    const { evidence } = aboveChance(probe, none, 10);
    expect(takenOff(0, evidence)).toBe(-128);
  });

  it('leaves a probe as it is where there is no gallery', () => {
    expect(aboveChance(probe, new Int8Array(0), 0)).toBe(probe);
  });
});
