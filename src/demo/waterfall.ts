import type { ExplanationRow } from '../match/link/index.ts';
import { escapeHtml } from '../match/print/tools/html.ts';

/** Pixels: of a line, of the words on the left, and of the bars. */
const LINE = 24;
const WORDS = 430;
const BARS = 420;
const WIDTH = WORDS + BARS + 90;

export const WATERFALL_STYLE =
  '.waterfall{width:100%;height:auto;font:12px system-ui,sans-serif}.waterfall .up{fill:#2b8a3e}.waterfall .down{fill:#c92a2a}.waterfall .zero{stroke:#adb5bd}.waterfall .step{stroke:#ced4da;stroke-dasharray:2 2}.waterfall .n{font-variant-numeric:tabular-nums}.waterfall .value{fill:#495057}';

function words({ field, level, left, right }: ExplanationRow): string {
  const values =
    left === '' && right === '' ? '' : left === right ? left : `${left || '-'} / ${right || '-'}`;
  const cut = values.length > 40 ? `${values.slice(0, 39)}…` : values;
  return `${escapeHtml(`${field}: ${level}`)} <tspan class="value">${escapeHtml(cut)}</tspan>`;
}

/**
 * The reasoning of a link as a waterfall: a bar a line, from the total before to the total after, in bits; right of
 * the zero line the link is likelier than not.
 */
export function waterfall(rows: readonly ExplanationRow[]): string {
  const totals = rows.map(({ total }) => total);
  const [least, most] = [Math.min(0, ...totals), Math.max(0, ...totals)];
  const x = (total: number) => WORDS + ((total - least) / Math.max(1, most - least)) * BARS;
  const lines = rows.map((row, i) => {
    const [from, to] = [x(row.total - row.weight), x(row.total)];
    const y = i * LINE;
    const bar = `<rect class="${row.weight < 0 ? 'down' : 'up'}" x="${Math.min(from, to).toFixed(1)}" y="${y + 5}" width="${Math.max(1, Math.abs(to - from)).toFixed(1)}" height="${LINE - 10}"/>`;
    const step = `<path class="step" d="M${to.toFixed(1)} ${y + LINE - 5}v10"/>`;
    const number = `<text class="n" x="${WIDTH}" y="${y + 16}" text-anchor="end">${row.weight < 0 ? '−' : '+'}${Math.abs(row.weight).toFixed(1)} = ${row.total.toFixed(1)}</text>`;
    return `<text x="0" y="${y + 16}">${words(row)}</text>${bar}${i < rows.length - 1 ? step : ''}${number}`;
  });
  const zero = `<path class="zero" d="M${x(0).toFixed(1)} 0V${rows.length * LINE}"/>`;
  return `<svg class="waterfall" viewBox="0 0 ${WIDTH} ${rows.length * LINE}" role="img" aria-label="How the evidence for this booking adds up, in bits">${zero}${lines.join('')}</svg>`;
}
