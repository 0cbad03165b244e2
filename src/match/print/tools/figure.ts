import sharp from 'sharp';
import type { Comparison, GreyImage, Minutia, SingularPoint, Template } from '../types.ts';
import { escapeHtml } from './html.ts';

const MATCHED = ['#0b7285', '#c2255c', '#5f3dc4', '#2b8a3e', '#d9480f', '#1864ab', '#862e9c', '#5c940d'];
const UNMATCHED = '#868e96';
const SINGULAR = '#e67700';
const TICK = 14;

/** A grey picture as a PNG data address. */
export async function pngDataUrl(image: GreyImage): Promise<string> {
  const png = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .png({ palette: true, colours: 16 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** A minutia; one with a partner carries the pair's number and colour. */
function mark(minutia: Minutia, pair: number | undefined): string {
  const [x, y] = [minutia.x.toFixed(1), minutia.y.toFixed(1)];
  const tipX = (minutia.x + TICK * Math.cos(minutia.direction)).toFixed(1);
  const tipY = (minutia.y - TICK * Math.sin(minutia.direction)).toFixed(1);
  const shape =
    minutia.type === 'ending'
      ? `<circle cx="${x}" cy="${y}" r="4"/>`
      : `<rect x="${(minutia.x - 4).toFixed(1)}" y="${(minutia.y - 4).toFixed(1)}" width="8" height="8"/>`;
  const drawn = `${shape}<line x1="${x}" y1="${y}" x2="${tipX}" y2="${tipY}"/>`;
  if (pair === undefined)
    return `<g class="unmatched" stroke="${UNMATCHED}" fill="none" stroke-width="1">${drawn}</g>`;
  const colour = MATCHED[pair % MATCHED.length]!;
  const at = `x="${(minutia.x + 6).toFixed(1)}" y="${(minutia.y - 6).toFixed(1)}"`;
  // A white edge keeps the number legible on ridges.
  const text = `<text ${at} fill="${colour}" stroke="#fff" stroke-width="3" paint-order="stroke">${pair + 1}</text>`;
  return `<g class="pair" data-pair="${pair + 1}"><g stroke="#fff" fill="none" stroke-width="4" opacity=".8">${drawn}</g><g stroke="${colour}" fill="none" stroke-width="2">${drawn}</g>${text}</g>`;
}

/** A core as a ring with a line where its loop opens, a delta as a triangle. */
function singularMark(point: SingularPoint): string {
  const at = (radius: number, angle: number): string =>
    `${(point.x + radius * Math.cos(angle)).toFixed(1)} ${(point.y - radius * Math.sin(angle)).toFixed(1)}`;
  const drawn =
    point.kind === 'core'
      ? `<circle cx="${point.x}" cy="${point.y}" r="9"/><path d="M${at(9, point.direction)}L${at(20, point.direction)}"/>`
      : `<path d="M${[90, 210, 330].map((degrees) => at(11, (degrees * Math.PI) / 180)).join('L')}Z"/>`;
  return `<g class="singular"><title>${point.kind}</title><g stroke="#fff" fill="none" stroke-width="5" opacity=".8">${drawn}</g><g stroke="${SINGULAR}" fill="none" stroke-width="2.5">${drawn}</g></g>`;
}

export interface FigurePrint {
  readonly image: GreyImage;
  readonly template: Template;
  readonly title: string;
  /** A second view, shown where the page's style says so. */
  readonly enhanced?: GreyImage;
  readonly singularPoints?: readonly SingularPoint[];
}

/** `pairs`: number of the pair each matched minutia belongs to, by its position in the template. */
async function printFigure(print: FigurePrint, pairs: ReadonlyMap<number, number>): Promise<string> {
  const { image, template, enhanced } = print;
  const title = escapeHtml(print.title);
  // Matched ones last, so that they lie on top.
  const minutiae = template.minutiae
    .map((minutia, i) => ({ minutia, pair: pairs.get(i) }))
    .sort((p, q) => (p.pair ?? -1) - (q.pair ?? -1))
    .map(({ minutia, pair }) => mark(minutia, pair))
    .join('');
  const marks = (print.singularPoints ?? []).map(singularMark).join('') + minutiae;
  // Templates are at 500 ppi; the picture may not be.
  const size = `width="${template.width}" height="${template.height}"`;
  const second = enhanced ? `<image class="enhanced" ${size} href="${await pngDataUrl(enhanced)}"/>` : '';
  return `<figure><svg viewBox="0 0 ${template.width} ${template.height}" role="img" aria-label="${title}"><image class="plain" ${size} href="${await pngDataUrl(image)}"/>${second}<g font-size="11" font-family="sans-serif" font-weight="bold">${marks}</g></svg><figcaption>${title}</figcaption></figure>`;
}

/** Two prints side by side, matched minutiae numbered alike in one colour; endings are circles, bifurcations squares. */
export async function comparisonFigure(
  a: FigurePrint,
  b: FigurePrint,
  comparison: Comparison,
): Promise<string> {
  const left = new Map(comparison.pairs.map((pair, i) => [pair.a, i]));
  const right = new Map(comparison.pairs.map((pair, i) => [pair.b, i]));
  const [one, two] = await Promise.all([printFigure(a, left), printFigure(b, right)]);
  return `<div class="prints">${one}${two}</div>`;
}

/** Style of the figure, for a page that has none of its own for it. */
export const FIGURE_STYLE = `.prints{display:flex;gap:1rem;flex-wrap:wrap}.prints figure{margin:0;flex:1 1 300px;max-width:460px}.prints svg{width:100%;height:auto;border:1px solid #ced4da;background:#fff}.prints svg .enhanced{display:none}.prints figcaption{font-size:.85rem;color:#495057}`;
