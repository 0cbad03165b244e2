import type { Comparison, Minutia } from '../../types.ts';
import { pngDataUrl } from '../figure.ts';
import { type ExaminedPrint, enhancedOf } from './side.ts';

type Alignment = NonNullable<Comparison['alignment']>;

/** Where a point of b lies on a. */
export function laidOn(
  { rotation, dx, dy }: Alignment,
  { x, y }: Pick<Minutia, 'x' | 'y'>,
): { readonly x: number; readonly y: number } {
  const [c, s] = [Math.cos(rotation), Math.sin(rotation)];
  return { x: c * x - s * y + dx, y: s * x + c * y + dy };
}

/** Ridges alone: what is grey or lighter in an enhanced picture goes white. */
const RIDGES =
  '<feComponentTransfer><feFuncR type="linear" slope="2.1"/><feFuncG type="linear" slope="2.1"/><feFuncB type="linear" slope="2.1"/></feComponentTransfer>';

/** b's ridges in red laid on a's in blue: what is dark in both goes dark, what disagrees keeps its colour. */
export async function overlayFigure(
  a: ExaminedPrint,
  b: ExaminedPrint,
  comparison: Comparison,
): Promise<string> {
  const { alignment } = comparison;
  if (!alignment) return '';
  const [one, two] = await Promise.all([pngDataUrl(enhancedOf(a)), pngDataUrl(enhancedOf(b))]);
  const { width: w, height: h } = a.template;
  const degrees = (alignment.rotation * 180) / Math.PI;
  const rests = comparison.pairs.map((pair) => {
    const at = a.template.minutiae[pair.a]!;
    const from = laidOn(alignment, b.template.minutiae[pair.b]!);
    return `<path d="M${at.x.toFixed(1)} ${at.y.toFixed(1)}L${from.x.toFixed(1)} ${from.y.toFixed(1)}"/><circle cx="${at.x.toFixed(1)}" cy="${at.y.toFixed(1)}" r="3"/>`;
  });
  return `<figure class="overlay"><svg viewBox="0 0 ${w} ${h}" role="img" aria-label="One print laid on the other">
<filter id="blue" color-interpolation-filters="sRGB">${RIDGES}<feColorMatrix values="1 0 0 0 0  .55 0 0 0 .45  .2 0 0 0 .8  0 0 0 1 0"/></filter>
<filter id="red" color-interpolation-filters="sRGB">${RIDGES}<feColorMatrix values=".2 0 0 0 .8  .85 0 0 0 .15  .75 0 0 0 .25  0 0 0 1 0"/></filter>
<rect width="${w}" height="${h}" fill="#fff"/>
<image width="${w}" height="${h}" href="${one}" filter="url(#blue)"/>
<g style="mix-blend-mode:multiply" transform="translate(${alignment.dx.toFixed(2)} ${alignment.dy.toFixed(2)}) rotate(${degrees.toFixed(3)})"><image width="${b.template.width}" height="${b.template.height}" href="${two}" filter="url(#red)"/></g>
<g fill="none" stroke="#111" stroke-width="1.5">${rests.join('')}</g></svg>
<figcaption>Laid on one another: the first print blue, the second red, turned by ${Math.abs(degrees).toFixed(0)}&deg;. Where ridges of both fall together they go dark; rings are matched minutiae, a tail shows how far apart the two lie.</figcaption></figure>`;
}
