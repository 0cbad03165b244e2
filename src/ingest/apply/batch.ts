import { type CourtRecord, END_STATES, hasErrors, isConfidential, type Problem } from '../../domain/index.ts';
import {
  findSameRecords,
  insertRecords,
  markSeen,
  type NewRecord,
  type RecordState,
  setSuspect,
  suspectsAmong,
  type Unit,
  type WarrantRow,
  withdrawReviewsOf,
} from '../../store/index.ts';
import { contentHash, identityKey } from '../dedupe.ts';
import { type Decision, decide } from '../lifecycle/decide.ts';
import { END_CODE, eventDate, isEnd } from '../lifecycle/meaning.ts';
import { RecordBuffer } from './buffer.ts';
import { sentenceOf, WarrantChange } from './changes.ts';
import type { Checked } from './checked.ts';
import type { Counts, Outcome } from './counts.ts';
import { KnownWarrants, knownOf } from './known.ts';
import { applyPending } from './pending.ts';
import { redacted } from './redact.ts';
import { type Selection, startOf } from './select.ts';
import { touch } from './touch.ts';

export interface BatchContext {
  readonly source: string;
  readonly fileId: number;
  readonly selection: Selection;
  /** Whether the file says how all things stand: what it shows is noted as seen. */
  readonly snapshot: boolean;
  /** The quarantined record that the one record of this batch corrects. */
  readonly replaces?: number;
}

/** States in which the same content was dealt with before, so that meeting it again is nothing new. */
const SETTLED: readonly RecordState[] = ['quarantined', 'replaced', 'stopped', 'unmatched', 'evidence'];

/**
 * Applies records in source order within one transaction. New warrants are gathered and written together;
 * anything that touches a known warrant is written at once, so that the next record sees it.
 */
export class Batch {
  readonly #unit: Unit;
  readonly #context: BatchContext;
  readonly #counts: Counts;
  readonly #known: KnownWarrants;
  readonly #buffer: RecordBuffer;
  readonly #seen = new Set<string>();
  readonly #settled = new Set<string>();

  constructor(unit: Unit, context: BatchContext, counts: Counts) {
    this.#unit = unit;
    this.#context = context;
    this.#counts = counts;
    this.#known = new KnownWarrants(context.source);
    this.#buffer = new RecordBuffer(unit, context.source);
  }

  async apply(items: readonly Checked[]): Promise<void> {
    const hashes = items.map(({ record }) => contentHash(record));
    await this.#known.load(
      this.#unit.trx,
      items.map(({ record }) => record),
    );
    for (const row of await findSameRecords(this.#unit.trx, hashes)) {
      if (SETTLED.includes(row.state)) this.#settled.add(row.content_hash);
    }
    for (const [i, item] of items.entries()) await this.#one(item, hashes[i]!);
    await this.#flush();
    await this.#noteSeen();
  }

  #count(outcome: Outcome): void {
    this.#counts.received += 1;
    this.#counts[outcome] += 1;
  }

  async #one(item: Checked, hash: string): Promise<void> {
    const { record, problems } = item;
    if (this.#buffer.createdOne(record)) {
      await this.#flush();
      await this.#known.load(this.#unit.trx, [record]);
    }
    const found = this.#known.find(record);
    const row = found.kind === 'one' ? found.row : undefined;
    if (row) this.#seen.add(row.id);
    if (this.#settled.has(hash)) {
      if (isConfidential(record.warrant)) await this.#takeBack(row);
      return this.#count('duplicates');
    }
    if (hasErrors(problems)) return this.#quarantine(item, hash, row);
    if (found.kind === 'several') {
      return this.#quarantine(
        { record, problems: [...problems, ambiguous(record, found.ids.length)] },
        hash,
        undefined,
      );
    }
    return this.#carryOut(decide(row && knownOf(row), record), item, hash, row);
  }

  #newRecord({ record, problems }: Checked, contentHash: string, state: RecordState): NewRecord {
    if (SETTLED.includes(state)) this.#settled.add(contentHash);
    const { fileId, replaces } = this.#context;
    return { fileId, record, contentHash, problems, state, ...(replaces === undefined ? {} : { replaces }) };
  }

  async #quarantine(item: Checked, hash: string, row: WarrantRow | undefined): Promise<void> {
    this.#buffer.hold(this.#newRecord(item, hash, 'quarantined'));
    this.#count('quarantined');
    if (!row) return;
    const errors = item.problems.filter((problem) => problem.severity === 'error');
    const about = `A newer record of this warrant is quarantined: ${sentenceOf(errors)}`;
    await new WarrantChange(this.#unit, row, null, undefined).note(errors[0]!.code, about);
  }

  async #carryOut(
    decision: Decision,
    item: Checked,
    hash: string,
    row: WarrantRow | undefined,
  ): Promise<void> {
    switch (decision.act) {
      case 'create':
        return this.#create(decision, item, hash);
      case 'duplicate':
        // A snapshot repeats every warrant every night: only what is new is kept as a row.
        if (item.record.event !== 'snapshot') this.#buffer.hold(this.#newRecord(item, hash, 'duplicate'));
        return this.#count('duplicates');
      case 'evidence':
        this.#buffer.hold(this.#newRecord(item, hash, 'evidence'));
        return this.#count('evidence');
      case 'unmatched':
        this.#buffer.hold(this.#newRecord(withProblem(item, UNKNOWN_WARRANT), hash, 'unmatched'));
        return this.#count('unmatched');
      case 'stop':
        return this.#stop(item, hash, row);
      default:
        return this.#touch(decision, item, hash, row!);
    }
  }

  #create(decision: Extract<Decision, { act: 'create' }>, item: Checked, hash: string): void {
    const { source, selection } = this.#context;
    const start = beginning(decision, selection);
    const date = eventDate(item.record);
    const id = this.#buffer.create(this.#newRecord(item, hash, 'applied'), {
      identityKey: identityKey(decision.facts, source)!,
      source,
      county: selection.county,
      facts: decision.facts,
      state: start.state,
      reason: start.code,
      ...(date ? { eventDate: date } : {}),
    });
    this.#seen.add(id);
    this.#count(start.outcome);
  }

  async #stop(item: Checked, hash: string, row: WarrantRow | undefined): Promise<void> {
    this.#buffer.hold(this.#newRecord(redacted(item), hash, 'stopped'));
    this.#count('stopped');
    await this.#takeBack(row);
  }

  /** A sealed warrant ends as any recalled one does, and the destination is told no more than that. */
  async #takeBack(row: WarrantRow | undefined): Promise<void> {
    if (!row || END_STATES.includes(row.state)) return;
    const change = new WarrantChange(this.#unit, row, null, undefined);
    await change.end('recalled', 'WAR-SEALED');
    this.#known.put(change.row);
  }

  async #touch(decision: Decision, item: Checked, hash: string, row: WarrantRow): Promise<void> {
    const state = decision.act === 'ask' ? 'stopped' : 'applied';
    const record = { ...this.#newRecord(item, hash, state), warrantId: row.id };
    const ids = await insertRecords(this.#unit, [record]);
    const recordId = ids.get(item.record.place.ordinal)!;
    const change = new WarrantChange(this.#unit, row, recordId, eventDate(item.record));
    this.#count(await touch(decision, change, this.#context.selection));
    this.#known.put(change.row);
  }

  async #flush(): Promise<void> {
    const { source, selection } = this.#context;
    const created = await this.#buffer.flush(selection.today);
    if (created.length > 0) await applyPending(this.#unit, source, created, this.#known, selection);
  }

  /** What a snapshot shows is not missing any more. */
  async #noteSeen(): Promise<void> {
    if (!this.#context.snapshot) return;
    const ids = [...this.#seen];
    await markSeen(this.#unit, this.#context.source, this.#context.fileId, ids);
    const back = await suspectsAmong(this.#unit.trx, ids);
    if (back.length === 0) return;
    await setSuspect(this.#unit, back, false);
    await withdrawReviewsOf(this.#unit, back, 'SRC-VANISHED');
  }
}

const UNKNOWN_WARRANT: Problem = {
  code: 'SRC-NO-WARRANT',
  severity: 'warning',
  message:
    'The record names a warrant that is not known here; it is kept, and applied when the warrant comes.',
};

function withProblem(item: Checked, problem: Problem): Checked {
  return { record: item.record, problems: [...item.problems, problem] };
}

function ambiguous(record: CourtRecord, count: number): Problem {
  const message = `The record names ${count} warrants at once; correct it so that it names the one it means.`;
  const line = record.place.line === undefined ? {} : { line: record.place.line };
  return { code: 'SRC-NO-WARRANT', severity: 'error', field: 'number', message, ...line };
}

/** Where a new warrant begins, and how it is counted. */
function beginning(decision: Extract<Decision, { act: 'create' }>, selection: Selection) {
  if (decision.as === 'stayed') return { state: 'received', code: 'WAR-STAYED', outcome: 'stayed' } as const;
  if (isEnd(decision.as)) {
    return { state: decision.as, code: END_CODE[decision.as], outcome: decision.as } as const;
  }
  const { state, code } = startOf(decision.facts, selection);
  const outcome: Outcome =
    state === 'not-selected' ? 'notSelected' : state === 'expired' ? 'expired' : 'issued';
  return { state, code, outcome };
}
