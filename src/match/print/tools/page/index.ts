import type { Comparison } from '../../types.ts';
import { comparisonFigure } from '../figure.ts';
import { escapeHtml } from '../html.ts';
import { factList, scoreScale } from './facts.ts';
import { overlayFigure } from './overlay.ts';
import { pairTable } from './pairs.ts';
import { PAGE_SCRIPT } from './script.ts';
import { explain, SUPPORT_TITLES, supportOf } from './sentence.ts';
import { type ExaminedPrint, enhancedOf } from './side.ts';
import { stepFigures } from './steps.ts';
import { PAGE_STYLE } from './style.ts';

export type { ExaminedPrint } from './side.ts';

const VIEWS = `<fieldset class="views"><label><input type="radio" name="view" value="plain" checked>as it came</label><label><input type="radio" name="view" value="enhanced">enhanced</label><label><input type="radio" name="view" value="bare">without marks</label><label><input type="checkbox" checked>unmatched minutiae</label></fieldset>`;

function verdict(a: ExaminedPrint, b: ExaminedPrint, comparison: Comparison): string {
  const support = supportOf(comparison.score);
  const why = explain(a.template, b.template, comparison, a.doubted || b.doubted);
  return `<section class="verdict ${support}"><p class="title">${SUPPORT_TITLES[support]}</p><p>${why}</p>${scoreScale(comparison.score)}</section>`;
}

function figureOf(print: ExaminedPrint, place: string) {
  return { ...print, enhanced: enhancedOf(print), title: `${place}: ${print.name}` };
}

/** A self-contained page for an examiner: both prints, what matched, how sure and why, and how each was read. */
export async function comparisonPage(
  a: ExaminedPrint,
  b: ExaminedPrint,
  comparison: Comparison,
): Promise<string> {
  const figure = await comparisonFigure(figureOf(a, 'First print'), figureOf(b, 'Second print'), comparison);
  const overlay = await overlayFigure(a, b, comparison);
  const title = `${escapeHtml(a.name)} and ${escapeHtml(b.name)}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Print comparison: ${title}</title><meta name="viewport" content="width=device-width,initial-scale=1"><style>${PAGE_STYLE}</style></head><body><main><h1>Print comparison: ${title}</h1>${verdict(a, b, comparison)}
<h2>The prints</h2>${VIEWS}${figure}<p class="note">Endings are circles, bifurcations squares, the line shows the direction. Matched minutiae carry the same number and colour in both prints; unmatched ones are grey. Point at one to see its partner. An orange ring is a core, its line where the loop opens; an orange triangle is a delta.</p>
<h2>How sure</h2>${factList(a, b, comparison)}
${overlay ? `<h2>One on the other</h2>${overlay}` : ''}
<h2>In detail</h2>${pairTable(a, b, comparison)}${await stepFigures(a)}${await stepFigures(b)}<p class="note">A score proposes; an examiner identifies.</p></main><script>${PAGE_SCRIPT}</script></body></html>\n`;
}
