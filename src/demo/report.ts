import { displayName } from '../domain/index.ts';
import type { ExplanationRow } from '../match/link/index.ts';
import { type AuditVerdict, factsOf, type Store, submissionsOf } from '../store/index.ts';
import type { RunSummary } from '../summary.ts';
import { scenario } from '../synth/county/index.ts';
import type { IntakeStats } from '../transmit/intake/index.ts';
import type { Evaluated, Score } from './evaluate.ts';
import { heldPrints } from './held-prints.ts';
import { type DemoPage, demoPage, type HeldCard } from './page.ts';

export interface DemoFacts {
  readonly store: Store;
  readonly seed: string;
  readonly summary: RunSummary;
  readonly again: RunSummary;
  readonly results: readonly Evaluated[];
  readonly score: Score;
  readonly audit: AuditVerdict;
  readonly intake: IntakeStats;
  readonly timings: readonly { readonly label: string; readonly seconds: number }[];
  readonly commands: readonly string[];
}

/** Held warrants with two prints to show come first, and no more of them than a page can carry. */
const FIGURES = 10;
const CARDS = 24;
/** Of those held for their link alone, which have a reasoning to show instead. */
const LINK_CARDS = 6;

/** A link's reasons as the match stage keeps them. */
interface KeptReasoning {
  readonly why: string;
  readonly rows: readonly ExplanationRow[] | null;
}

/** Held by its print: how strongly the record that stopped it resembles it; all others come after. */
function bestScore({ check }: Evaluated): number {
  if (check?.verdict !== 'conflict') return Number.NEGATIVE_INFINITY;
  const candidates = JSON.parse(check.candidates) as { readonly score: number }[];
  return Math.max(check.score ?? -100, ...candidates.map(({ score }) => score));
}

async function heldCards({ store, results }: DemoFacts): Promise<HeldCard[]> {
  const held = results.filter((r) => r.row?.state === 'review');
  const byPrint = held.filter((r) => r.check).sort((a, b) => bestScore(b) - bestScore(a));
  const byLink = held.filter((r) => !r.check).slice(0, LINK_CARDS);
  const ordered = [...byPrint.slice(0, CARDS - byLink.length), ...byLink];
  const cards: HeldCard[] = [];
  let figures = 0;
  for (const { planned, row, check, link } of ordered) {
    const figure = check && figures < FIGURES ? await heldPrints(store, check) : undefined;
    if (figure) figures += 1;
    const linked = link && !check ? (JSON.parse(link.explanation) as KeptReasoning) : undefined;
    cards.push({
      number: row!.number ?? row!.oca ?? row!.id,
      name: displayName(factsOf(row!).person.name),
      scenario: planned.scenario,
      meaning: scenario(planned.scenario).meaning,
      state: 'held for review',
      code: row!.reason,
      sentence: check?.sentence ?? linked?.why ?? '',
      ...(figure ? { figure } : {}),
      ...(linked?.rows ? { reasoning: linked.rows } : {}),
    });
  }
  return cards;
}

async function samplePackage({ store, results }: DemoFacts): Promise<DemoPage['samplePackage']> {
  const verified = results.find((r) => r.outcome === 'sent-right' && r.check?.verdict === 'verified');
  const [submission] = verified?.row ? await submissionsOf(store.db, verified.row.id) : [];
  if (!verified?.row || !submission) return undefined;
  const text = store.blobs.get(submission.package_sha256).toString('utf8');
  const xml = text.replace(
    /[A-Za-z0-9+/=]{400,}/g,
    (data) => `${data.slice(0, 60)}... (${data.length} characters of Base64)`,
  );
  return {
    number: verified.row.number ?? verified.row.id,
    xml: xml.includes('\n') ? xml : xml.replace(/></g, '>\n<'),
  };
}

function flowOf({ summary, results }: DemoFacts): DemoPage['flow'] {
  const { records, warrants } = summary.balance;
  const state = (name: keyof typeof warrants.byState) => warrants.byState[name] ?? 0;
  const verdicts = summary.match?.verdicts;
  const n = (value: number | undefined) => value ?? 0;
  return [
    { stage: 'received', boxes: [{ label: 'court records', n: records.received, kind: 'on' }] },
    {
      stage: 'ingest',
      boxes: [
        { label: 'warrants', n: warrants.after, kind: 'on' },
        { label: 'quarantined', n: n(records.outcomes.quarantined), kind: 'side' },
        { label: 'not selected', n: state('not-selected'), kind: 'end' },
        { label: 'sealed, stopped', n: n(records.outcomes.stopped), kind: 'end' },
        { label: 'recalled', n: state('recalled'), kind: 'end' },
      ],
    },
    {
      stage: 'match',
      boxes: [
        { label: 'print verified', n: n(verdicts?.verified), kind: 'on' },
        { label: 'new print', n: n(verdicts?.new), kind: 'on' },
        { label: 'no print', n: n(verdicts?.none), kind: 'on' },
        { label: 'unusable print', n: n(verdicts?.unusable), kind: 'on' },
        { label: 'conflict', n: n(verdicts?.conflict), kind: 'side' },
        { label: 'found, review', n: n(verdicts?.found) + n(verdicts?.review), kind: 'side' },
        {
          label: 'link to decide',
          n: results.filter((r) => r.row?.reason === 'LNK-REVIEW').length,
          kind: 'side',
        },
      ],
    },
    {
      stage: 'transmit',
      boxes: [
        { label: 'entered', n: state('entered'), kind: 'on' },
        { label: 'rejected', n: state('rejected'), kind: 'side' },
        { label: 'failed', n: state('failed'), kind: 'side' },
      ],
    },
  ];
}

const sumOf = (parts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(parts)
    .filter(([, n]) => (n ?? 0) > 0)
    .map(([label, n]) => `${n} ${label.replace(/([A-Z])/g, ' $1').toLowerCase()}`)
    .join(' + ');

function balanceOf({ summary, again }: DemoFacts): DemoPage['balance'] {
  const { records, warrants } = summary.balance;
  return [
    `${records.received} records received = ${sumOf(records.outcomes)}`,
    `${warrants.after} warrants = ${sumOf(warrants.byState)}`,
    `A second run over the same county sent ${again.transmit?.sent ?? 0} messages.`,
  ];
}

/** Gathers what the page shows. */
export async function demoReport(facts: DemoFacts): Promise<string> {
  const { seed, summary, score, audit, intake } = facts;
  const sample = await samplePackage(facts);
  return demoPage({
    title: 'Benchlink: one night in a synthetic county',
    made: summary.finishedAt.slice(0, 10),
    seed,
    score,
    flow: flowOf(facts),
    balance: balanceOf(facts),
    balances: summary.balances && facts.again.balances,
    audit: audit.ok
      ? `The audit chain is whole: ${audit.entries} entries.`
      : `The audit chain is broken: ${audit.why}.`,
    intake: Object.entries(intake).flatMap(([label, n]) => (typeof n === 'number' ? [{ label, n }] : [])),
    timings: facts.timings,
    held: await heldCards(facts),
    commands: facts.commands,
    ...(sample ? { samplePackage: sample } : {}),
  });
}
