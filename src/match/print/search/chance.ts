import { CHANCE, DESCRIPTION, ENTRY } from './parameters.ts';
import type { Probe } from './probe.ts';

const { codes, codeValues } = DESCRIPTION;

/** Positions of the entries that chance is learned from, evenly over the gallery. */
export function chanceSample(count: number): Uint32Array {
  const sample = Math.min(count, CHANCE.sample);
  return Uint32Array.from({ length: sample }, (_, i) => Math.floor((i * count) / sample));
}

/** What `CHANCE.share` of the values for minutia `p` do not exceed. */
function chanceOf(best: Int8Array, p: number, sample: number): number {
  const values = Int8Array.from({ length: sample }, (_, e) => best[e * ENTRY.minutiae + p]!).sort();
  return values[Math.floor(CHANCE.share * (sample - 1))]!;
}

/**
 * The probe with the evidence of each minutia lowered by what strangers give it (normalisation by a cohort, as
 * Auckenthaler, Carey and Lloyd-Thomas 2000 do with scores of speakers). `best` are the highest evidences of its
 * minutiae in the `sample` entries of the gallery.
 */
export function aboveChance(probe: Probe, best: Int8Array, sample: number): Probe {
  if (sample === 0) return probe;
  const evidence = Int8Array.from(probe.evidence);
  for (let p = 0; p < probe.count; p++) {
    const chance = chanceOf(best, p, sample);
    for (let k = 0; k < codes; k++) {
      // A part from each code, so that none saturates.
      const part = Math.round((chance * (k + 1)) / codes) - Math.round((chance * k) / codes);
      for (let at = (p * codes + k) * codeValues, end = at + codeValues; at < end; at++)
        evidence[at]! -= part;
    }
  }
  return { ...probe, evidence };
}
