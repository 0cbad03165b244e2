import type { CourtRecord, Warrant } from '../../domain/index.ts';
import {
  attachRecord,
  factsOf,
  getRecord,
  type NewWarrant,
  type PendingRow,
  pendingFor,
  removePending,
  type Unit,
} from '../../store/index.ts';
import { lookupKeys } from '../dedupe.ts';
import { decide } from '../lifecycle/decide.ts';
import { eventDate } from '../lifecycle/meaning.ts';
import { WarrantChange } from './changes.ts';
import { type KnownWarrants, knownOf } from './known.ts';
import type { Selection } from './select.ts';
import { touch } from './touch.ts';

/** An event is older than the warrant: it was about an earlier one of the same name. */
function isEarlier(asOf: string, facts: Warrant): boolean {
  return facts.issuedDate !== undefined && asOf < facts.issuedDate;
}

/** Applies the events that had been waiting for these new warrants, oldest first. */
export async function applyPending(
  unit: Unit,
  source: string,
  created: readonly NewWarrant[],
  known: KnownWarrants,
  selection: Selection,
): Promise<void> {
  const values = created.flatMap(({ facts }) => lookupKeys(facts).map(({ value }) => value));
  const waiting = await pendingFor(unit.trx, source, [...new Set(values)]);
  const byRecord = new Map<number, PendingRow>(waiting.map((row) => [row.record_id, row]));
  for (const [id, row] of byRecord) await applyOne(unit, id, row.as_of, known, selection);
}

async function applyOne(
  unit: Unit,
  id: number,
  asOf: string,
  known: KnownWarrants,
  selection: Selection,
): Promise<void> {
  const stored = await getRecord(unit.trx, id);
  if (stored?.state !== 'unmatched') return;
  const record = JSON.parse(stored.canonical) as CourtRecord;
  await known.load(unit.trx, [record]);
  const found = known.find(record);
  if (found.kind !== 'one' || isEarlier(asOf, factsOf(found.row))) return;
  const decision = decide(knownOf(found.row), record);
  const change = new WarrantChange(unit, found.row, id, eventDate(record));
  await touch(decision, change, selection);
  await attachRecord(unit, id, 'unmatched', decision.act === 'ask' ? 'stopped' : 'applied', found.row.id);
  await removePending(unit, id);
  known.put(change.row);
}
