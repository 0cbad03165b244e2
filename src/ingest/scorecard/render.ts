import type { Scorecard } from './index.ts';

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;

function latenessText({ lateness }: Scorecard): string {
  if (!lateness) return 'no issues to judge';
  const { median, p90, overThreeDays } = lateness;
  return `median ${median} days, 9 of 10 within ${p90}, ${percent(overThreeDays)} over three days`;
}

/** A scorecard as plain text for a terminal. */
export function scorecardText(card: Scorecard): string {
  const { files, completeness, problems } = card;
  const lines = [
    `${card.source}: ${percent(card.firstTimeRight)} of ${card.judged} records right the first time`,
    `  files      ${files.done} taken, ${files.refused} refused, ${files.duplicate} repeated`,
    `  lateness   ${latenessText(card)}`,
    '  complete   ' +
      completeness
        .filter(({ share }) => share < 1)
        .map(({ field, share }) => `${field} ${percent(share)}`)
        .join(', '),
    ...problems.map(
      (p) =>
        `  ${p.code.padEnd(16)} ${String(p.errors).padStart(6)} errors ${String(p.warnings).padStart(6)} warnings   fix: ${p.fix.padEnd(9)} ${p.meaning}`,
    ),
  ];
  return lines.join('\n');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24;background:#fff}
h2{margin:2.5rem 0 .25rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d7dbe0}
td.n{text-align:right;font-variant-numeric:tabular-nums}.bar{background:#e6eaee;width:12rem;height:.8rem;border-radius:.2rem;overflow:hidden}.bar i{display:block;height:100%;background:#1f6f8b}
@media (prefers-color-scheme:dark){body{background:#15181c;color:#e6e8ea}th,td{border-color:#343a41}.bar{background:#2b3138}.bar i{background:#5fb3ce}}`;

function row(...cells: readonly string[]): string {
  return `<tr>${cells.join('')}</tr>`;
}

const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;
const numberCell = (n: number | string): string => `<td class="n">${escapeHtml(String(n))}</td>`;

function card(one: Scorecard): string {
  const { files } = one;
  const bars = one.completeness.map(({ field, share }) =>
    row(
      cell(field),
      numberCell(percent(share)),
      `<td><div class="bar"><i style="width:${(share * 100).toFixed(1)}%"></i></div></td>`,
    ),
  );
  const problems = one.problems.map((p) =>
    row(cell(p.code), numberCell(p.errors), numberCell(p.warnings), cell(p.fix), cell(p.meaning)),
  );
  const refusals = Object.entries(one.refusals).map(([code, n]) => `${code} ${n}`);
  return `<section><h2>${escapeHtml(one.source)}</h2>
<p>${percent(one.firstTimeRight)} of ${one.judged} records right the first time. ${files.done} files taken, ${files.refused} refused${refusals.length > 0 ? ` (${escapeHtml(refusals.join(', '))})` : ''}, ${files.duplicate} repeated. From issue to arrival: ${escapeHtml(latenessText(one))}.</p>
<table><thead>${row('<th>Problem</th>', '<th>Errors</th>', '<th>Warnings</th>', '<th>Who fixes it</th>', '<th>What it means</th>')}</thead><tbody>${problems.join('')}</tbody></table>
<table><thead>${row('<th>Field</th>', '<th>Carried by</th>', '<th></th>')}</thead><tbody>${bars.join('')}</tbody></table></section>`;
}

/** The scorecards as one self-contained page for a court liaison; no person's data in it. */
export function scorecardHtml(cards: readonly Scorecard[], title = 'Court data scorecard'): string {
  const span = cards[0] ? `${cards[0].from.slice(0, 10)} to ${cards[0].to.slice(0, 10)}` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(span)}</p>${cards.map(card).join('\n')}</body></html>\n`;
}
