import sharp from 'sharp';
import type { Comparison, GreyImage, Minutia, Template } from '../types.ts';

const MATCHED = ['#0b7285', '#c2255c', '#5f3dc4', '#2b8a3e', '#d9480f', '#1864ab', '#862e9c', '#5c940d'];
const UNMATCHED = '#868e96';
const TICK = 14;

/** A grey picture as a PNG data address. */
export async function pngDataUrl(image: GreyImage): Promise<string> {
  const png = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .png({ palette: true, colours: 16 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

function mark(minutia: Minutia, colour: string, label: string | undefined): string {
  const [x, y] = [minutia.x.toFixed(1), minutia.y.toFixed(1)];
  const tipX = (minutia.x + TICK * Math.cos(minutia.direction)).toFixed(1);
  const tipY = (minutia.y - TICK * Math.sin(minutia.direction)).toFixed(1);
  const shape =
    minutia.type === 'ending'
      ? `<circle cx="${x}" cy="${y}" r="4"/>`
      : `<rect x="${(minutia.x - 4).toFixed(1)}" y="${(minutia.y - 4).toFixed(1)}" width="8" height="8"/>`;
  const text = label
    ? `<text x="${(minutia.x + 6).toFixed(1)}" y="${(minutia.y - 6).toFixed(1)}">${label}</text>`
    : '';
  return `<g stroke="${colour}" fill="none" stroke-width="${label ? 2 : 1}">${shape}<line x1="${x}" y1="${y}" x2="${tipX}" y2="${tipY}"/></g>${text}`;
}

interface Marked {
  readonly image: GreyImage;
  readonly template: Template;
  readonly title: string;
  /** Label of each minutia that found its partner, by position in the template. */
  readonly labels: ReadonlyMap<number, number>;
}

async function printSvg({ image, template, title, labels }: Marked): Promise<string> {
  // Templates are at 500 ppi; the picture may not be.
  const scale = template.width / image.width;
  const marks = template.minutiae
    .map((minutia, i) => {
      const label = labels.get(i);
      return mark(
        minutia,
        label === undefined ? UNMATCHED : MATCHED[label % MATCHED.length]!,
        label === undefined ? undefined : String(label + 1),
      );
    })
    .join('');
  const [w, h] = [image.width * scale, image.height * scale];
  return `<figure><svg viewBox="0 0 ${w} ${h}" role="img" aria-label="${title}"><image width="${w}" height="${h}" href="${await pngDataUrl(image)}"/><g font-size="11" font-family="sans-serif" font-weight="bold" fill="#111">${marks}</g></svg><figcaption>${title}</figcaption></figure>`;
}

/** Two prints side by side, matched minutiae numbered alike in one colour; endings are circles, bifurcations squares. */
export async function comparisonFigure(
  a: { image: GreyImage; template: Template; title: string },
  b: { image: GreyImage; template: Template; title: string },
  comparison: Comparison,
): Promise<string> {
  const left = new Map(comparison.pairs.map((pair, i) => [pair.a, i]));
  const right = new Map(comparison.pairs.map((pair, i) => [pair.b, i]));
  const [one, two] = await Promise.all([printSvg({ ...a, labels: left }), printSvg({ ...b, labels: right })]);
  return `<div class="prints">${one}${two}</div>`;
}

/** Style of the figure, for whatever page holds it. */
export const FIGURE_STYLE = `.prints{display:flex;gap:1rem;flex-wrap:wrap}.prints figure{margin:0;flex:1 1 300px;max-width:460px}.prints svg{width:100%;height:auto;border:1px solid #ced4da;background:#fff}.prints figcaption{font-size:.85rem;color:#495057}`;
