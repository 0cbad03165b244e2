import { CALIBRATION, THRESHOLDS } from '../../parameters.ts';
import type { Comparison, Template } from '../../types.ts';

/** How far a score goes: no threshold reached, the weakest, or the one that decides. */
export type Support = 'none' | 'some' | 'strong';

export function supportOf(score: number): Support {
  if (score >= THRESHOLDS.fmr10000) return 'strong';
  return score >= THRESHOLDS.fmr100 ? 'some' : 'none';
}

export const SUPPORT_TITLES: Readonly<Record<Support, string>> = {
  strong: 'Strong support for the same finger',
  some: 'Neither clearly the same nor clearly different',
  none: 'No support for the same finger',
};

/** `1 in 15,000`; shares above a tenth as a percentage. */
export function oneIn(rate: number): string {
  if (rate >= 0.1) return `${Math.round(rate * 100)} %`;
  const n = 1 / rate;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return `1 in ${(Math.floor(n / step) * step).toLocaleString('en-US')}`;
}

/** Whether the data behind the calibration support no smaller false match rate than this. */
export function isLeastRate(fmr: number): boolean {
  return fmr <= CALIBRATION.fmr.at(-1)![1] * 1.001;
}

/** The false match rate at a score as a bound; below the scores it was measured at it is only known to be larger. */
export function rateWords(score: number, fmr: number): string {
  const [lowest, most] = CALIBRATION.fmr[0]!;
  return score < lowest ? `above ${oneIn(most)}` : `at most ${oneIn(fmr)}`;
}

/** The likelihood ratio in words: which finding it speaks for, and how many times. */
export function likelihoodWords(log10: number): string {
  const [least, most] = [
    CALIBRATION.log10LikelihoodRatio[0]![1],
    CALIBRATION.log10LikelihoodRatio.at(-1)![1],
  ];
  const times = 10 ** Math.abs(log10);
  const rounded = times < 10 ? times.toFixed(1) : Number(times.toPrecision(2)).toLocaleString('en-US');
  const bound = log10 <= least || log10 >= most ? 'at least ' : '';
  return `${bound}${rounded} times likelier from ${log10 >= 0 ? 'one finger' : 'two fingers'}`;
}

/** Below this quality a low score says little about the fingers. */
const POOR = 30;

/** Why a low score need not mean that the fingers differ; empty where it may. */
function reservation(a: Template, b: Template, doubted: boolean): string {
  if (doubted) return "a print's resolution is probably wrong";
  return Math.min(a.quality, b.quality) < POOR ? 'a print is of poor quality' : '';
}

/**
 * Why the comparison came out as it did, in one or two sentences for a person; `doubted` where the resolution of a print
 * is probably wrong.
 */
export function explain(a: Template, b: Template, comparison: Comparison, doubted = false): string {
  const { score, fmr, pairs } = comparison;
  if (a.minutiae.length === 0 || b.minutiae.length === 0)
    return 'One of the prints shows no minutiae, so nothing can be compared.';
  const found =
    pairs.length === 0
      ? 'No arrangement lays the minutiae of one print on those of the other'
      : `${pairs.length} minutiae (of ${a.minutiae.length} and ${b.minutiae.length}) agree in place, direction and neighbourhood`;
  const poor = Math.min(a.quality, b.quality) < POOR;
  const but = reservation(a, b, doubted);
  switch (supportOf(score)) {
    case 'strong':
      return `${found}; of different fingers at most ${oneIn(fmr)} would look as alike.${poor ? ' A print is of poor quality: look at each pair.' : ''}`;
    case 'some':
      return `${found}; different fingers look as alike in up to ${oneIn(fmr)} comparisons, too often to decide on.`;
    case 'none':
      return but
        ? `${found}; the score is below every threshold, but ${but}, so this does not say that they differ.`
        : `${found}; the score is below every threshold, as it is for different fingers.`;
  }
}
