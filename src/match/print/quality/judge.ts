import { logarithm } from '../image/wsq/logarithm.ts';
import { PERIOD } from '../parameters.ts';
import type { Quality, QualityReason } from '../types.ts';
import type { Measurements } from './measure.ts';
import { CONTRAST_ENOUGH, EXPECTED_SCORE, REASON, SCALE } from './parameters.ts';

/** The numbers `EXPECTED_SCORE` weighs, each growing with quality. */
export function growing(m: Measurements): Record<Exclude<keyof typeof EXPECTED_SCORE, 'constant'>, number> {
  return {
    minutiaWeight: logarithm(1 + m.minutiaWeight),
    clearArea: logarithm(1 + m.clearArea),
    meanRating: m.minutiaWeight / Math.max(1, m.minutiae),
    evenness: m.evenness,
    contrast: Math.min(1, m.contrast / CONTRAST_ENOUGH),
  };
}

function qualityOf(m: Measurements): number {
  const { constant, ...weights } = EXPECTED_SCORE;
  const numbers = growing(m);
  let expected: number = constant;
  for (const [name, weight] of Object.entries(weights))
    expected += weight * numbers[name as keyof typeof weights];
  const share = (expected - SCALE.zero) / (SCALE.full - SCALE.zero);
  return Math.max(0, Math.min(100, Math.round(100 * share)));
}

/** Whether the ridges lie as no adult's do at the resolution that is stated. */
function isWronglyScaled({ ridgePeriod }: Measurements): boolean {
  return ridgePeriod > 0 && (ridgePeriod < REASON.ridgesLeast || ridgePeriod > REASON.ridgesMost);
}

function reasonsOf(m: Measurements): QualityReason[] {
  // Areas, clarity and minutiae were read at a wrong scale then: what they say is not to be acted on.
  if (isWronglyScaled(m)) return ['wrong-resolution'];
  if (m.area < REASON.blankArea) return ['blank'];
  const light = m.grey > REASON.lightGrey && m.contrast < REASON.lightContrast;
  const dark = m.grey < REASON.darkGrey && m.clarity < REASON.darkClarity;
  const holds: readonly (readonly [QualityReason, boolean])[] = [
    ['partial', m.area < REASON.partialArea],
    ['too-light', light],
    ['too-dark', dark],
    ['low-contrast', m.contrast < REASON.lowContrast && !light && !dark],
    ['smudged', m.clarity < REASON.smudgedClarity && !light && !dark],
    ['few-minutiae', m.minutiae < REASON.fewMinutiae],
    ['wrong-finger-area', m.parallel > REASON.parallel],
  ];
  return holds.flatMap(([reason, is]) => (is ? [reason] : []));
}

/** Quality 0 to 100, and what a clerk could do better. A print with nothing on it is 0. */
export function judge(m: Measurements): Quality {
  return { value: m.area < REASON.blankArea ? 0 : qualityOf(m), reasons: reasonsOf(m) };
}

const SENTENCES: Readonly<Record<Exclude<QualityReason, 'wrong-resolution'>, string>> = {
  blank: 'There is no print in the picture.',
  partial: 'Only part of the finger is in the picture.',
  'too-light': 'The print is too light: more ink or firmer contact.',
  'too-dark': 'The print is too dark: less ink or lighter contact.',
  'low-contrast': 'Ridges hardly stand out from the background.',
  smudged: 'Ridges are blurred, as when a finger slides or the plate is dirty.',
  'few-minutiae': 'Few ridge endings and branches can be made out.',
  'wrong-finger-area': 'Ridges run one way only: this may be the side or the joint of the finger.',
};

/** A reason as a sentence for a clerk. */
export function explainReason(
  reason: QualityReason,
  { ridgePeriod }: Pick<Measurements, 'ridgePeriod'>,
): string {
  return reason === 'wrong-resolution'
    ? `The picture's resolution is probably wrong: ridges are ${Math.round(ridgePeriod)} px apart at 500 ppi where ${PERIOD.usual} are usual; scan again at 500 ppi or give the true resolution.`
    : SENTENCES[reason];
}
