import { localDate } from '../clock.ts';
import { END_STATES } from '../domain/index.ts';
import { factsOf, type HoldingRow, messageIdOf, nextSeq, packedIn, type WarrantRow } from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import type { RecordReference, RemovalReason, WarrantMessage } from './package/model.ts';
import { recordFacts, restore, ridersTold, snapshot, warrantFacts, withoutLeavers } from './record-facts.ts';
import { strangersTo } from './strangers.ts';

/** A message with what it makes the record say, ready to be checked and built. */
export interface Composed {
  readonly message: WarrantMessage;
  readonly seq: number;
  readonly row: WarrantRow;
  /** Canonical JSON of the facts; absent for messages that change no facts. */
  readonly facts?: string;
  readonly nam?: string;
  readonly riders: readonly string[];
  /** Those of the riders that the record will name; all of them, unless said. */
  readonly named?: readonly string[];
  /** It goes with the recalls: the record still names a warrant that was recalled. */
  readonly urgent?: boolean;
}

export function referenceOf(holding: HoldingRow): RecordReference {
  return {
    ori: holding.ori,
    fcn: holding.fcn,
    ...(holding.nic ? { nic: holding.nic } : {}),
    oca: holding.oca,
    nameAsSent: holding.nam,
  };
}

type Kind = WarrantMessage['kind'];

async function header(run: TransmitRun, row: WarrantRow, kind: Kind) {
  const seq = await nextSeq(run.store.db, row.id, row.version, kind);
  return {
    seq,
    head: {
      messageId: messageIdOf(row.id, row.version, kind, seq),
      created: run.clock.now().toISOString(),
      version: row.version,
      sourceSystem: row.source,
    },
  };
}

/** An entry of a warrant that leads its person's record. */
export async function composeEntry(
  run: TransmitRun,
  row: WarrantRow,
  riders: readonly string[],
): Promise<Composed> {
  const { seq, head } = await header(run, row, 'enter');
  const facts = await recordFacts(run.store.db, run.ports, row, riders);
  const nam = run.packager.nameOf(facts.warrant);
  const message: WarrantMessage = { ...head, kind: 'enter', facts };
  return { message, seq, row, facts: snapshot(facts), riders, ...(nam ? { nam } : {}) };
}

/** The riders a record may name when it says what its warrant says today. */
async function namedBy(
  run: TransmitRun,
  row: WarrantRow,
  holding: HoldingRow,
  riders: readonly string[],
): Promise<readonly string[]> {
  if (riders.length === 0) return riders;
  const { db } = run.store;
  const { warrant } = await warrantFacts(db, run.ports, row);
  const today = { warrant, nam: run.packager.nameOf(warrant) ?? '' };
  const strangers = await strangersTo(db, holding, today, riders);
  return riders.filter((id) => !strangers.has(id));
}

/** A modification of the record a warrant has; undefined when the record already says all of it. */
export async function composeChange(
  run: TransmitRun,
  row: WarrantRow,
  holding: HoldingRow,
): Promise<Composed | undefined> {
  const riders = await packedIn(run.store.db, row.id);
  const { db } = run.store;
  const named = await namedBy(run, row, holding, riders);
  const facts = await recordFacts(db, run.ports, row, named, ridersTold(holding));
  const today = snapshot(facts);
  if (today === holding.facts) return undefined;
  const { seq, head } = await header(run, row, 'modify');
  const nam = run.packager.nameOf(facts.warrant);
  const before = restore(holding.facts, facts.print);
  const message: WarrantMessage = { ...head, kind: 'modify', record: referenceOf(holding), before, facts };
  return {
    message,
    seq,
    row,
    facts: today,
    riders,
    named,
    urgent: holding.dirty === 2,
    ...(nam ? { nam } : {}),
  };
}

/**
 * A modification that only stops naming warrants that ride in the record no longer, and says nothing else anew: for a
 * record whose own warrant waits for matching or a person. Undefined when it names none of them.
 */
export async function composeLeaving(
  run: TransmitRun,
  row: WarrantRow,
  holding: HoldingRow,
): Promise<Composed | undefined> {
  const riders = await packedIn(run.store.db, row.id);
  const { facts: kept, named } = await withoutLeavers(run.store.db, holding, riders);
  if (kept === holding.facts) return undefined;
  const { seq, head } = await header(run, row, 'modify');
  const print = await run.ports.attachPrint(row.id);
  const [before, facts] = [restore(holding.facts, print), restore(kept, print)];
  const message: WarrantMessage = { ...head, kind: 'modify', record: referenceOf(holding), before, facts };
  return { message, seq, row, facts: kept, nam: holding.nam, riders, named, urgent: true };
}

/** The court's own date of the end it gave the warrant, or today's date at the court. */
function removalDate(run: TransmitRun, row: WarrantRow): string {
  const facts = factsOf(row);
  const today = localDate(run.clock.now(), run.zone);
  const { servedDate, recallDate } = facts;
  const date = row.state === 'served' ? servedDate : row.state === 'recalled' ? recallDate : undefined;
  return date && date <= today ? date : today;
}

/** A cancel or clear of the record the destination holds, under the name and numbers it was entered with. */
export async function composeRemoval(
  run: TransmitRun,
  row: WarrantRow,
  holding: HoldingRow,
  what: { readonly act: 'cancel' | 'clear'; readonly reason: RemovalReason },
): Promise<Composed> {
  const { seq, head } = await header(run, row, what.act);
  const facts = factsOf(row);
  const quashed = what.reason === 'RECALLED' && facts.status.code === 'QUASHED';
  const message: WarrantMessage = {
    ...head,
    kind: what.act,
    record: referenceOf(holding),
    reason: quashed ? 'QUASHED' : what.reason,
    date: removalDate(run, row),
    ...(END_STATES.includes(row.state) && facts.recallReason ? { reasonText: facts.recallReason } : {}),
  };
  return { message, seq, row, riders: [] };
}
