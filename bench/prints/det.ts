import { type OperatingPoint, operatingPoints } from './metrics.ts';

export interface DetCurve {
  readonly name: string;
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const SIZE = 560;
const MARGIN = 60;
const RATES = [0.0001, 0.001, 0.01, 0.1, 1];
const COLOURS = ['#000', '#d33', '#27c', '#291', '#b5a', '#e80', '#088', '#777'];

/** Log scale from 0.01 % to 100 %. */
function scale(rate: number): number {
  const low = Math.log10(RATES[0]!);
  return (Math.log10(Math.max(rate, RATES[0]!)) - low) / -low;
}

function place(point: OperatingPoint): string {
  const x = MARGIN + scale(point.fmr) * SIZE;
  const y = MARGIN + (1 - scale(point.fnmr)) * SIZE;
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

function axes(): string {
  const lines = RATES.map((rate) => {
    const at = MARGIN + scale(rate) * SIZE;
    const up = MARGIN + (1 - scale(rate)) * SIZE;
    const label = `${rate * 100} %`;
    return (
      `<path d="M${at} ${MARGIN}v${SIZE}M${MARGIN} ${up}h${SIZE}" stroke="#ccc"/>` +
      `<text x="${at}" y="${MARGIN + SIZE + 18}" text-anchor="middle">${label}</text>` +
      `<text x="${MARGIN - 6}" y="${up + 4}" text-anchor="end">${label}</text>`
    );
  });
  const diagonal = `<path d="M${MARGIN} ${MARGIN + SIZE}L${MARGIN + SIZE} ${MARGIN}" stroke="#ccc" stroke-dasharray="4"/>`;
  return `${lines.join('')}${diagonal}<text x="${MARGIN + SIZE / 2}" y="${MARGIN + SIZE + 40}" text-anchor="middle">false match rate</text><text x="16" y="${MARGIN + SIZE / 2}" transform="rotate(-90 16 ${MARGIN + SIZE / 2})" text-anchor="middle">false non-match rate</text>`;
}

/** Detection error trade-off of several curves as an SVG picture, both axes logarithmic. */
export function detSvg(curves: readonly DetCurve[]): string {
  const drawn = curves.map((curve, k) => {
    const points = operatingPoints(curve.genuine, curve.impostor).map(place);
    const colour = COLOURS[k % COLOURS.length];
    const y = MARGIN + 20 + 16 * k;
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="${k === 0 ? 2.5 : 1.2}" points="${points.join(' ')}"/>` +
      `<text x="${MARGIN + SIZE - 10}" y="${y}" text-anchor="end" fill="${colour}">${curve.name}</text>`
    );
  });
  const side = SIZE + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" font-family="sans-serif" font-size="12"><rect width="${side}" height="${side}" fill="#fff"/>${axes()}${drawn.join('')}</svg>\n`;
}
