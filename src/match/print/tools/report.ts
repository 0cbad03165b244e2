import type { Comparison, GreyImage, QualityReason, Template, TraceSink } from '../types.ts';
import { comparisonFigure, FIGURE_STYLE, pngDataUrl } from './figure.ts';

/** One print as an examiner's page shows it. */
export interface ExaminedPrint {
  readonly name: string;
  readonly image: GreyImage;
  readonly template: Template;
  readonly reasons: readonly QualityReason[];
  /** Pictures of the extraction's steps, by step name. */
  readonly steps: ReadonlyMap<string, GreyImage>;
}

/** Collects the pictures a trace reports. */
export class StepCollector implements TraceSink {
  readonly images = new Map<string, GreyImage>();
  readonly figures = new Map<string, Readonly<Record<string, number | string>>>();

  image(step: string, image: GreyImage): void {
    this.images.set(step, image);
  }

  values(step: string, values: Readonly<Record<string, number | string>>): void {
    this.figures.set(step, values);
  }
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function number(value: number): string {
  return value === 0 || Math.abs(value) >= 0.001 ? value.toFixed(4) : value.toExponential(1);
}

function sentence(comparison: Comparison, thresholds: Readonly<Record<string, number>>): string {
  const passed = Object.entries(thresholds).filter(([, limit]) => comparison.score >= limit);
  const pairs = `${comparison.pairs.length} minutiae agree in place, direction and neighbourhood`;
  if (passed.length === 0)
    return `${pairs}; the score is below every threshold, so nothing says that these are one finger.`;
  return `${pairs}; at this score at most ${number(comparison.fmr)} of different fingers would look as alike (upper bound of what the calibration data support).`;
}

async function steps(print: ExaminedPrint): Promise<string> {
  const figures = await Promise.all(
    [...print.steps].map(
      async ([step, image]) =>
        `<figure><img src="${await pngDataUrl(image)}" alt="${escapeHtml(step)}"><figcaption>${escapeHtml(step)}</figcaption></figure>`,
    ),
  );
  return figures.length === 0
    ? ''
    : `<h3>${escapeHtml(print.name)}: how it was read</h3><div class="steps">${figures.join('')}</div>`;
}

function facts(a: ExaminedPrint, b: ExaminedPrint, comparison: Comparison): string {
  const rows: [string, string][] = [
    ['Score', number(comparison.score)],
    ['False match rate at this score', `at most ${number(comparison.fmr)}`],
    ['Evidence (log10 likelihood ratio)', comparison.log10LikelihoodRatio.toFixed(2)],
    [
      'Matched minutiae',
      `${comparison.pairs.length} of ${a.template.minutiae.length} and ${b.template.minutiae.length}`,
    ],
    [
      `Quality of ${a.name}`,
      `${a.template.quality} of 100${a.reasons.length > 0 ? ` (${a.reasons.join(', ')})` : ''}`,
    ],
    [
      `Quality of ${b.name}`,
      `${b.template.quality} of 100${b.reasons.length > 0 ? ` (${b.reasons.join(', ')})` : ''}`,
    ],
  ];
  return `<table>${rows.map(([k, v]) => `<tr><th scope="row">${escapeHtml(k)}</th><td>${escapeHtml(v)}</td></tr>`).join('')}</table>`;
}

/** A self-contained page for an examiner: both prints, what matched, how sure, and how each was read. */
export async function comparisonPage(
  a: ExaminedPrint,
  b: ExaminedPrint,
  comparison: Comparison,
  thresholds: Readonly<Record<string, number>>,
): Promise<string> {
  const figure = await comparisonFigure(
    { ...a, title: escapeHtml(a.name) },
    { ...b, title: escapeHtml(b.name) },
    comparison,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Print comparison</title><meta name="viewport" content="width=device-width"><style>body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#212529}table{border-collapse:collapse;margin:1rem 0}th{text-align:left;font-weight:500;padding:.2rem 1.5rem .2rem 0}td{font-variant-numeric:tabular-nums}.steps{display:flex;flex-wrap:wrap;gap:.75rem}.steps figure{margin:0}.steps img{width:200px;border:1px solid #ced4da}.steps figcaption{font-size:.8rem;color:#495057}${FIGURE_STYLE}</style><h1>Print comparison</h1><p>${sentence(comparison, thresholds)}</p>${figure}${facts(a, b, comparison)}<p>Endings are circles, bifurcations squares; matched minutiae carry the same number and colour. A score proposes; an examiner identifies.</p>${await steps(a)}${await steps(b)}</html>\n`;
}
