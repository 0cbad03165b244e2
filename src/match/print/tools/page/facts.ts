import { THRESHOLDS } from '../../parameters.ts';
import type { Comparison } from '../../types.ts';
import { escapeHtml } from '../html.ts';
import { isLeastRate, likelihoodWords, rateWords } from './sentence.ts';
import type { ExaminedPrint } from './side.ts';

/** Scores between which the scale is drawn; what lies outside sits at its end. */
const SCALE = { low: -8, high: 8 } as const;

const RATES: Readonly<Record<keyof typeof THRESHOLDS, string>> = {
  fmr100: '1 in 100',
  fmr1000: '1 in 1,000',
  fmr10000: '1 in 10,000',
};

function across(score: number): number {
  const share = (score - SCALE.low) / (SCALE.high - SCALE.low);
  return 2 + 96 * Math.max(0, Math.min(1, share));
}

/** The score on a line with the thresholds. */
export function scoreScale(score: number): string {
  const ticks = Object.entries(THRESHOLDS).map(
    ([name, limit]) =>
      `<span class="tick" style="left:${across(limit)}%"><span>${RATES[name as keyof typeof THRESHOLDS]}</span></span>`,
  );
  return `<div class="scale" role="img" aria-label="Score ${score.toFixed(2)} on the scale of thresholds"><div class="line" style="--some:${across(THRESHOLDS.fmr100)}%;--strong:${across(THRESHOLDS.fmr10000)}%"></div>${ticks.join('')}<span class="mark" style="left:${across(score)}%"><b>${score.toFixed(2)}</b></span></div><p class="note scale-note">Score, and the scores that different fingers reach at most once in so many comparisons.</p>`;
}

function fact(name: string, value: string, note = ''): string {
  return `<div><dt>${name}</dt><dd>${value}</dd>${note ? `<dd class="note">${note}</dd>` : ''}</div>`;
}

function quality(print: ExaminedPrint): string {
  return fact(
    `Quality of ${escapeHtml(print.name)}`,
    `${print.template.quality} of 100`,
    print.notes.map(escapeHtml).join(' ') || 'No complaint.',
  );
}

/** How sure it is, in figures. */
export function factList(a: ExaminedPrint, b: ExaminedPrint, comparison: Comparison): string {
  const { score, fmr, log10LikelihoodRatio: ratio, log10LikelihoodBounds: bounds, pairs } = comparison;
  const [low, high] = bounds.map((log10) => `10<sup>${log10.toFixed(1)}</sup>`);
  const bound = isLeastRate(fmr)
    ? 'Upper 95 % bound; the prints this was measured on support no smaller figure, however high the score.'
    : 'Upper 95 % bound, measured on pairs of different fingers.';
  return `<dl class="facts">${[
    fact('Score', score.toFixed(2), 'Higher is more alike.'),
    fact('False match rate at this score', rateWords(score, fmr), bound),
    fact(
      'Likelihood ratio',
      `10<sup>${ratio.toFixed(1)}</sup>`,
      `Such a score is ${likelihoodWords(ratio)}; 95 % bounds ${low} to ${high}.`,
    ),
    fact(
      'Matched minutiae',
      `${pairs.length}`,
      `Of ${a.template.minutiae.length} in the first print and ${b.template.minutiae.length} in the second.`,
    ),
    quality(a),
    quality(b),
  ].join('')}</dl>`;
}
