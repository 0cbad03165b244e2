import type { ExplanationRow } from '../match/link/index.ts';
import { FIGURE_STYLE } from '../match/print/tools/figure.ts';
import { escapeHtml } from '../match/print/tools/html.ts';
import type { Outcome, Score } from './evaluate.ts';
import type { HeldPrints } from './held-prints.ts';
import { WATERFALL_STYLE, waterfall } from './waterfall.ts';

/** A warrant kept back, as the page shows it. */
export interface HeldCard {
  readonly number: string;
  readonly name: string;
  readonly scenario: string;
  readonly meaning: string;
  readonly state: string;
  readonly code: string;
  readonly sentence: string;
  readonly figure?: HeldPrints;
  /** How the linker came to it, where it had to be asked. */
  readonly reasoning?: readonly ExplanationRow[];
}

export interface DemoPage {
  readonly title: string;
  readonly made: string;
  readonly seed: string;
  readonly score: Score;
  /** Counts of each stage, in order, for the flow. */
  readonly flow: readonly {
    readonly stage: string;
    readonly boxes: readonly {
      readonly label: string;
      readonly n: number;
      readonly kind: 'on' | 'side' | 'end';
    }[];
  }[];
  /** Equations: what came in on one side, where it all is on the other. */
  readonly balance: readonly string[];
  readonly balances: boolean;
  readonly audit: string;
  readonly intake: readonly { readonly label: string; readonly n: number }[];
  readonly timings: readonly { readonly label: string; readonly seconds: number }[];
  readonly held: readonly HeldCard[];
  /** Commands to go on with. */
  readonly commands: readonly string[];
  readonly samplePackage?: { readonly number: string; readonly xml: string };
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  'sent-right': 'sent, right',
  'kept-right': 'kept back, right',
  waiting: 'waiting for a person',
  'not-sent': 'not sent',
  'wrongly-sent': 'wrongly sent',
  lost: 'lost',
};

const e = escapeHtml;

function flowSvg(flow: DemoPage['flow']): string {
  const width = 190;
  const gap = 60;
  const row = 54;
  const tallest = Math.max(...flow.map((stage) => stage.boxes.length));
  const columns = flow.map((stage, i) => {
    const x = i * (width + gap);
    const boxes = stage.boxes
      .map((box, j) => {
        const y = 34 + j * row;
        return `<g class="${box.kind}"><rect x="${x}" y="${y}" width="${width}" height="42" rx="6"/><text x="${x + 12}" y="${y + 26}">${e(box.label)}</text><text x="${x + width - 12}" y="${y + 26}" text-anchor="end" class="n">${box.n}</text></g>`;
      })
      .join('');
    const arrow = i === 0 ? '' : `<path d="M${x - gap + 8} 55 H${x - 10}" marker-end="url(#a)"/>`;
    return `<text x="${x}" y="20" class="stage">${e(stage.stage)}</text>${arrow}${boxes}`;
  });
  const [w, h] = [flow.length * (width + gap) - gap, 40 + tallest * row];
  return `<svg class="flow" viewBox="-2 0 ${w + 4} ${h}" role="img" aria-label="How the warrants flowed"><defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>${columns.join('')}</svg>`;
}

function scenarioTable(score: Score): string {
  const shown = (Object.keys(OUTCOMES) as Outcome[]).filter(
    (o) => o === 'wrongly-sent' || score.counts[o] > 0,
  );
  const head = shown.map((o) => `<th scope="col">${OUTCOMES[o]}</th>`).join('');
  const rows = score.byScenario.map(
    (s) =>
      `<tr><th scope="row">${e(s.meaning)}</th><td>${s.n}</td>${shown.map((o) => `<td class="${o === 'wrongly-sent' && s.counts[o] > 0 ? 'bad' : ''}">${s.counts[o] || ''}</td>`).join('')}</tr>`,
  );
  const total = `<tr class="total"><th scope="row">All</th><td>${score.total}</td>${shown.map((o) => `<td>${score.counts[o]}</td>`).join('')}</tr>`;
  return `<table><thead><tr><th scope="col">What the truth was</th><th scope="col">warrants</th>${head}</tr></thead><tbody>${rows.join('')}${total}</tbody></table>`;
}

function list(items: readonly { label: string; n: number }[]): string {
  return `<dl>${items.map(({ label, n }) => `<div><dt>${e(label)}</dt><dd>${n}</dd></div>`).join('')}</dl>`;
}

function card(held: HeldCard): string {
  const figure = held.figure
    ? `${held.figure.html}<p class="small">Score ${held.figure.score.toFixed(1)}, one finger from ${held.figure.matchFrom.toFixed(1)} on; ${held.figure.pairs} minutiae matched (numbered alike; endings are circles, bifurcations squares).</p>`
    : '';
  const reasoning = held.reasoning?.length ? waterfall(held.reasoning) : '';
  return `<article><h3>${e(held.number)} &middot; ${e(held.name)}</h3><p><b>${e(held.state)}, ${e(held.code)}.</b> ${e(held.sentence)}</p>${figure}${reasoning}<p class="small">The truth: ${e(held.meaning)}.</p></article>`;
}

function headline(score: Score): string {
  const wrong = score.counts['wrongly-sent'] + score.counts.lost;
  return `<div class="cards"><div class="card ok"><b>${score.counts['sent-right']}</b> sent, the right person on each</div><div class="card"><b>${score.counts['kept-right']}</b> rightly kept back</div><div class="card"><b>${score.counts.waiting}</b> waiting for a person</div><div class="card ${wrong > 0 ? 'bad' : 'ok'}"><b>${score.counts['wrongly-sent']}</b> wrongly sent</div></div>`;
}

const STYLE = `:root{color-scheme:light}body{font:16px/1.55 system-ui,sans-serif;color:#212529;background:#f8f9fa;margin:0}main{max-width:76rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{font-size:1.9rem;margin:0 0 .25rem}h2{margin:2.5rem 0 .75rem;font-size:1.3rem}.lead{color:#495057;max-width:52rem}.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:1.5rem 0}.card{background:#fff;border:1px solid #dee2e6;border-radius:.6rem;padding:1rem 1.25rem}.card b{display:block;font-size:2.2rem;line-height:1.1;font-variant-numeric:tabular-nums}.card.ok b{color:#2b8a3e}.card.bad b{color:#c92a2a}.flow{width:100%;height:auto;background:#fff;border:1px solid #dee2e6;border-radius:.6rem;padding:1rem;box-sizing:border-box;font:13px system-ui,sans-serif}.flow rect{fill:#e7f5ff;stroke:#74c0fc}.flow .side rect{fill:#fff9db;stroke:#ffd43b}.flow .end rect{fill:#f1f3f5;stroke:#ced4da}.flow .n{font-weight:700}.flow .stage{font-weight:600;fill:#495057}.flow path{stroke:#868e96;fill:none}.flow marker path{fill:#868e96;stroke:none}table{border-collapse:collapse;width:100%;background:#fff;border:1px solid #dee2e6}th,td{padding:.45rem .75rem;border-bottom:1px solid #f1f3f5;text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}th:first-child{text-align:left;font-weight:400}thead th{font-weight:600!important;background:#f1f3f5}.total th,.total td{font-weight:700}td.bad{color:#c92a2a;font-weight:700}dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}dl div{display:flex;gap:.5rem}ul{margin:0;padding-left:1.2rem;font-variant-numeric:tabular-nums}dt{color:#495057}dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}article{background:#fff;border:1px solid #dee2e6;border-radius:.6rem;padding:1rem 1.25rem;margin:1rem 0}article h3{margin:0 0 .4rem;font-size:1.05rem}.small{font-size:.85rem;color:#495057}pre{background:#fff;border:1px solid #dee2e6;border-radius:.6rem;padding:1rem;overflow:auto;font-size:.8rem;max-height:32rem}${FIGURE_STYLE}${WATERFALL_STYLE}`;

/** The demo's report: one self-contained page. */
export function demoPage(page: DemoPage): string {
  const sample = page.samplePackage
    ? `<h2>What one package says</h2><p class="lead">The NIEM 6.0 entry request for ${e(page.samplePackage.number)}, valid against the schema in the repository; the print's bytes are cut here.</p><pre>${e(page.samplePackage.xml)}</pre>`
    : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${e(page.title)}</title><style>${STYLE}</style></head><body><main>
<h1>${e(page.title)}</h1>
<p class="lead">A synthetic county (seed ${e(page.seed)}, ${e(page.made)}): no person and no print in it is real. Its truth is known, so what the pipeline did can be held against it.</p>
${headline(page.score)}
<h2>The flow</h2>${flowSvg(page.flow)}
<h2>Against the truth</h2>${scenarioTable(page.score)}
<h2>The balance of the run</h2><ul>${page.balance.map((line) => `<li>${e(line)}</li>`).join('')}</ul><p>${page.balances ? 'It balances: every record received is accounted for.' : '<b>It does not balance.</b>'} ${e(page.audit)}</p>
<h2>The destination's own count</h2>${list(page.intake)}
<h2>Held for a person</h2><p class="lead">Each of these would have gone out under a name alone. The print, or the lack of a certain link to it, stopped the line.</p>
${page.held.map(card).join('\n')}
${sample}
<h2>Look closer</h2><p class="lead">The demo is an installation like any other; every command works on it.</p><pre>${page.commands.map(e).join('\n')}</pre>
<h2>Time</h2>${list(page.timings.map((t) => ({ label: t.label, n: Number(t.seconds.toFixed(1)) })))}<p class="small">Seconds.</p>
</main></body></html>
`;
}
