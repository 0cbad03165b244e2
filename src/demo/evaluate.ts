import {
  currentLink,
  currentPrintCheck,
  getBooking,
  type LinkRow,
  type PrintCheckRow,
  type Store,
  type WarrantRow,
} from '../store/index.ts';
import type { PlannedWarrant, ScenarioName } from '../synth/county/index.ts';
import { SCENARIOS, scenario } from '../synth/county/index.ts';

/**
 * How one warrant ended against the truth. `waiting`: it should go and a person is asked first, which delays but
 * wrongs nobody. `wrongly-sent` is the one thing that must never happen; `lost` means no state at all.
 */
export type Outcome = 'sent-right' | 'kept-right' | 'waiting' | 'wrongly-sent' | 'not-sent' | 'lost';

export interface Evaluated {
  readonly planned: PlannedWarrant;
  readonly row: WarrantRow | undefined;
  readonly link: LinkRow | undefined;
  readonly check: PrintCheckRow | undefined;
  readonly linkedNumber: string | undefined;
  readonly outcome: Outcome;
  /** Why it is wrong, where it is. */
  readonly why?: string;
}

/** What went out with it that the truth contradicts, if anything. */
function wrongContent(
  planned: PlannedWarrant,
  check: PrintCheckRow | undefined,
  linkedNumber: string | undefined,
): string | undefined {
  if (check?.cii && check.cii !== planned.cii) return "somebody else's state number was packed";
  if (check?.print_id && linkedNumber !== planned.bookingNumber) return "somebody else's print was attached";
  return undefined;
}

function judge(
  planned: PlannedWarrant,
  row: WarrantRow | undefined,
  check: PrintCheckRow | undefined,
  linkedNumber: string | undefined,
): { outcome: Outcome; why?: string } {
  const { expect } = scenario(planned.scenario);
  // A record that never became a warrant is kept in quarantine or stopped at the door.
  if (!row) return expect === 'stop' ? { outcome: 'kept-right' } : { outcome: 'lost', why: 'no warrant row' };
  if (row.state === 'entered' || row.state === 'sent' || row.state === 'packaged') {
    if (expect !== 'send')
      return { outcome: 'wrongly-sent', why: `${planned.scenario} should have been kept back` };
    const wrong = wrongContent(planned, check, linkedNumber);
    return wrong ? { outcome: 'wrongly-sent', why: wrong } : { outcome: 'sent-right' };
  }
  if (expect !== 'send') return { outcome: 'kept-right' };
  return row.state === 'review'
    ? { outcome: 'waiting' }
    : { outcome: 'not-sent', why: `ended ${row.state} (${row.reason})` };
}

async function evaluateOne(
  store: Store,
  planned: PlannedWarrant,
  row: WarrantRow | undefined,
): Promise<Evaluated> {
  const link = row && (await currentLink(store.db, row.id));
  const check = row && (await currentPrintCheck(store.db, row.id));
  const booking = link?.booking_id ? await getBooking(store.db, link.booking_id) : undefined;
  return {
    planned,
    row,
    link,
    check,
    linkedNumber: booking?.number,
    ...judge(planned, row, check, booking?.number),
  };
}

/** Holds what the pipeline did against the truth it could not see. */
export async function evaluate(store: Store, plan: readonly PlannedWarrant[]): Promise<Evaluated[]> {
  const rows = (await store.db('warrants')) as WarrantRow[];
  const byNumber = new Map(rows.map((row) => [row.number ?? row.oca, row]));
  const results: Evaluated[] = [];
  for (const planned of plan)
    results.push(await evaluateOne(store, planned, byNumber.get(planned.warrant.number ?? '')));
  return results;
}

export interface Score {
  readonly total: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly byScenario: readonly {
    readonly name: ScenarioName;
    readonly meaning: string;
    readonly n: number;
    readonly counts: Readonly<Record<Outcome, number>>;
  }[];
}

function tally(results: readonly Evaluated[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    'sent-right': 0,
    'kept-right': 0,
    waiting: 0,
    'wrongly-sent': 0,
    'not-sent': 0,
    lost: 0,
  };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

export function score(results: readonly Evaluated[]): Score {
  const present = new Set(results.map((r) => r.planned.scenario));
  const names = SCENARIOS.map(({ name }) => name).filter((name) => present.has(name));
  return {
    total: results.length,
    counts: tally(results),
    byScenario: names.map((name) => {
      const of = results.filter((r) => r.planned.scenario === name);
      return { name, meaning: scenario(name).meaning, n: of.length, counts: tally(of) };
    }),
  };
}
