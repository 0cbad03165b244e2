import { availableParallelism } from 'node:os';
import { daysBetween, localDate } from '../clock.ts';
import type { PriorRecord, Verdict, WarrantState } from '../domain/index.ts';
import {
  addLink,
  addPrintCheck,
  type BookingRow,
  currentLink,
  currentPrintCheck,
  factsOf,
  getBooking,
  getWarrant,
  move,
  openReview,
  type PrintRow,
  page,
  printsOf,
  type Store,
  type Unit,
  type WarrantRow,
} from '../store/index.ts';
import { auditComparisons } from './audit-prints.ts';
import { checkPrint, type PrintCheck } from './check-print.ts';
import { Gallery } from './gallery.ts';
import { linkWarrant, type Proposer, type WarrantLink } from './link-warrant.ts';
import { mapSome } from './map-some.ts';
import { CANDIDATES_KEPT, PAGE_SIZE, QUALITY_GATE, QUALITY_GOOD, WAIT_LIMIT_DAYS } from './parameters.ts';
import { ALGORITHM_VERSION, THRESHOLDS } from './print/index.ts';
import { TemplateMaker } from './templates.ts';
import { type Decision, decide, type LinkEvidence } from './verdict.ts';

export type { LinkExplanation, Proposal, Proposer } from './link-warrant.ts';

export interface MatchRun {
  readonly store: Store;
  readonly proposer: Proposer;
  /** Zone of the courts, for the age clock. */
  readonly zone: string;
  readonly threads?: number;
  readonly onProgress?: (done: number) => void;
  /** Asked between pages; true stops cleanly. */
  readonly shouldStop?: () => boolean;
  /** Awaited between pages, when nothing is half done: urgent work of others. */
  readonly between?: () => Promise<void>;
}

export interface MatchCounts {
  linked: number;
  /** Sent round without the number because the policy's clock ran out. */
  clockRanOut: number;
  readonly verdicts: Record<Verdict, number>;
}

interface Tools {
  readonly run: MatchRun;
  readonly templates: TemplateMaker;
  readonly gallery: Gallery;
  readonly threads: number;
}

/** Calls `work` on every warrant of a state, page by page. */
async function walk(
  run: MatchRun,
  state: WarrantState,
  work: (rows: WarrantRow[]) => Promise<void>,
  code?: string,
): Promise<void> {
  for (let after = ''; ; ) {
    if (run.shouldStop?.()) return;
    await run.between?.();
    const rows = await page(run.store.db, {
      states: [state],
      after,
      limit: PAGE_SIZE,
      ...(code ? { code } : {}),
    });
    if (rows.length === 0) return;
    await work(rows);
    after = rows.at(-1)!.id;
  }
}

/** Whether a warrant is still as it was read: a recall or a clerk may have moved it meanwhile. */
async function stands(unit: Unit, row: WarrantRow): Promise<boolean> {
  const now = await getWarrant(unit.trx, row.id);
  return now?.state === row.state && now.version === row.version;
}

async function storeLink(unit: Unit, row: WarrantRow, link: WarrantLink): Promise<void> {
  await addLink(unit, {
    warrant_id: row.id,
    version: row.version,
    booking_id: link.booking?.id ?? null,
    kind: link.kind,
    rule: link.rule,
    probability: link.probability,
    explanation: JSON.stringify({ why: link.why, rows: null, ...link.explanation }),
    decided_by: unit.actor,
  });
  if (link.kind === 'possible' || link.kind === 'tied') {
    await openReview(unit, {
      warrantId: row.id,
      version: row.version,
      stage: 'match',
      code: 'LNK-REVIEW',
      sentence: link.why,
    });
    await move(unit, {
      id: row.id,
      from: 'checked',
      to: 'review',
      code: 'LNK-REVIEW',
      detail: { rule: link.rule },
    });
  } else {
    await move(unit, {
      id: row.id,
      from: 'checked',
      to: 'linked',
      code: link.kind === 'none' ? 'LNK-NONE' : 'SYS-OK',
      detail: { rule: link.rule },
    });
  }
}

async function linkPage(run: MatchRun, rows: readonly WarrantRow[], counts: MatchCounts): Promise<void> {
  const links: WarrantLink[] = [];
  for (const row of rows) links.push(await linkWarrant(run.store.db, row.id, factsOf(row), run.proposer));
  await run.store.transaction('match', async (unit) => {
    for (const [i, row] of rows.entries()) {
      if (await stands(unit, row)) await storeLink(unit, row, links[i]!);
    }
  });
  counts.linked += rows.length;
  run.onProgress?.(rows.length);
}

function numbersOf(check: PrintCheck, decision: Decision): { cii: string | null; fbi: string | null } {
  if (!decision.packNumber || !check.claimed) return { cii: null, fbi: null };
  const prior = JSON.parse(check.claimed.facts) as PriorRecord;
  return { cii: prior.cii ?? null, fbi: prior.fbi ?? null };
}

async function storeVerdict(
  unit: Unit,
  row: WarrantRow,
  check: PrintCheck,
  decision: Decision,
): Promise<void> {
  await addPrintCheck(unit, {
    warrant_id: row.id,
    version: row.version,
    verdict: decision.verdict,
    code: decision.code,
    sentence: decision.sentence,
    print_id: decision.attachPrint || decision.action === 'hold' ? check.probeId : null,
    claimed_record_id: check.claimed?.id ?? null,
    score: check.claim.score,
    fmr: check.claim.fmr,
    log10_lr: check.claim.log10LikelihoodRatio,
    quality: check.quality,
    thresholds: JSON.stringify({ ...THRESHOLDS, qualityGate: QUALITY_GATE, qualityGood: QUALITY_GOOD }),
    algorithm: `benchlink-print/${ALGORITHM_VERSION}`,
    candidates: JSON.stringify(check.candidates.slice(0, CANDIDATES_KEPT)),
    ...numbersOf(check, decision),
  });
  auditComparisons(unit, row.id, check);
  if (decision.action === 'send') {
    await move(unit, {
      id: row.id,
      from: 'linked',
      to: 'verified',
      code: decision.code,
      detail: { verdict: decision.verdict },
    });
    return;
  }
  await openReview(unit, {
    warrantId: row.id,
    version: row.version,
    stage: 'match',
    code: decision.code,
    sentence: decision.sentence,
  });
  await move(unit, {
    id: row.id,
    from: 'linked',
    to: 'review',
    code: decision.code,
    detail: { verdict: decision.verdict },
  });
}

interface LinkedWarrant {
  readonly row: WarrantRow;
  readonly link: LinkEvidence;
  readonly booking: BookingRow | undefined;
}

/** The bookings of a page of warrants, their prints read into templates, all at once. */
async function gather({ run: { store }, templates }: Tools, rows: readonly WarrantRow[]) {
  const linked: LinkedWarrant[] = [];
  const prints: PrintRow[] = [];
  for (const row of rows) {
    const link = await currentLink(store.db, row.id);
    const booking = link?.booking_id ? await getBooking(store.db, link.booking_id) : undefined;
    if (booking) prints.push(...(await printsOf(store.db, booking.id)));
    linked.push({ row, link: link?.kind ?? 'none', booking });
  }
  await templates.ensure([...new Map(prints.map((print) => [print.id, print])).values()]);
  return linked;
}

async function checkPage(tools: Tools, rows: readonly WarrantRow[], counts: MatchCounts): Promise<void> {
  const { store } = tools.run;
  const linked = await gather(tools, rows);
  const checks = await mapSome(linked, 2 * tools.threads, ({ row, link, booking }) =>
    checkPrint({ ...tools, db: store.db }, link, factsOf(row), booking),
  );
  await store.transaction('match', async (unit) => {
    for (const [i, row] of rows.entries()) {
      if (!(await stands(unit, row))) continue;
      const decision = decide(checks[i]!.evidence);
      counts.verdicts[decision.verdict] += 1;
      await storeVerdict(unit, row, checks[i]!, decision);
    }
  });
  tools.run.onProgress?.(rows.length);
}

/** Warrants that wait for an examiner go without the number once they are as old as policy allows. */
async function releaseWaiting(
  run: MatchRun,
  rows: readonly WarrantRow[],
  counts: MatchCounts,
): Promise<void> {
  const today = localDate(run.store.clock.now(), run.zone);
  for (const row of rows) {
    const check = await currentPrintCheck(run.store.db, row.id);
    if (!row.issued_date || !check || check.verdict === 'conflict' || check.version !== row.version) continue;
    if (daysBetween(row.issued_date, today) < WAIT_LIMIT_DAYS) continue;
    await run.store.transaction('match', async (unit) => {
      if (!(await stands(unit, row))) return;
      await move(unit, {
        id: row.id,
        from: 'review',
        to: 'verified',
        code: check.code,
        detail: { clock: 'ran out', number: 'not packed' },
      });
      counts.clockRanOut += 1;
    });
  }
}

/**
 * The match stage: link every checked warrant to its booking, check the booking's print, decide, and store the
 * decision with its reasons. Leaves each warrant `verified` (may be sent) or in `review` (a person decides).
 */
export async function match(run: MatchRun): Promise<MatchCounts> {
  const counts: MatchCounts = {
    linked: 0,
    clockRanOut: 0,
    verdicts: { verified: 0, found: 0, new: 0, conflict: 0, review: 0, unusable: 0, none: 0 },
  };
  const threads = run.threads ?? availableParallelism();
  const templates = new TemplateMaker(run.store, threads);
  const gallery = new Gallery(run.store, threads);
  try {
    await walk(run, 'checked', (rows) => linkPage(run, rows, counts));
    await templates.ensureGallery();
    await gallery.load();
    const tools: Tools = { run, templates, gallery, threads };
    await walk(run, 'linked', (rows) => checkPage(tools, rows, counts));
    for (const code of ['PRT-FOUND', 'PRT-REVIEW']) {
      await walk(run, 'review', (rows) => releaseWaiting(run, rows, counts), code);
    }
    return counts;
  } finally {
    await templates.close();
    await gallery.close();
  }
}
