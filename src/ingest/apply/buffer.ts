import type { CourtRecord } from '../../domain/index.ts';
import {
  addPending,
  insertRecords,
  insertWarrants,
  type NewRecord,
  type NewWarrant,
  type Unit,
  warrantId,
} from '../../store/index.ts';
import { identityKey, lookupKeys } from '../dedupe.ts';
import { eventDate } from '../lifecycle/meaning.ts';

/** The names under which a later record could mean the same warrant. */
function namesOf(record: CourtRecord, source: string): string[] {
  const identity = identityKey(record.warrant, source);
  const names = lookupKeys(record.warrant).map(({ kind, value }) => `${kind} ${value}`);
  return identity === undefined ? names : [identity, ...names];
}

/** Records not written yet, with the warrants they create: written together, one statement for many. */
export class RecordBuffer {
  readonly #unit: Unit;
  readonly #source: string;
  readonly #created = new Set<string>();
  #records: NewRecord[] = [];
  #warrants = new Map<number, Omit<NewWarrant, 'recordId'>>();

  constructor(unit: Unit, source: string) {
    this.#unit = unit;
    this.#source = source;
  }

  /** Whether the record may mean a warrant created in this batch: then that must be written and read first. */
  createdOne(record: CourtRecord): boolean {
    return this.#created.size > 0 && namesOf(record, this.#source).some((name) => this.#created.has(name));
  }

  hold(record: NewRecord): void {
    this.#records.push(record);
  }

  /** Holds a record and the warrant it creates; answers the warrant's id. */
  create(record: NewRecord, warrant: Omit<NewWarrant, 'recordId'>): string {
    const id = warrantId(warrant.identityKey);
    this.#records.push({ ...record, warrantId: id });
    this.#warrants.set(record.record.place.ordinal, warrant);
    for (const name of namesOf(record.record, this.#source)) this.#created.add(name);
    return id;
  }

  /**
   * Writes everything held; answers the warrants created.
   * @param today stands for the date of an event that has none
   */
  async flush(today: string): Promise<NewWarrant[]> {
    const records = this.#records;
    const warrants = this.#warrants;
    if (records.length === 0) return [];
    this.#records = [];
    this.#warrants = new Map();
    const ids = await insertRecords(this.#unit, records);
    const created = [...warrants].map(([ordinal, warrant]) => ({
      ...warrant,
      recordId: ids.get(ordinal) ?? null,
    }));
    await insertWarrants(this.#unit, created);
    await this.#park(records, ids, today);
    return created;
  }

  /** Keeps events about warrants nobody knows yet under every name they use. */
  async #park(records: readonly NewRecord[], ids: ReadonlyMap<number, number>, today: string): Promise<void> {
    const rows = records
      .filter(({ state }) => state === 'unmatched')
      .flatMap(({ record }) =>
        lookupKeys(record.warrant).map(({ kind, value }) => ({
          source: this.#source,
          kind,
          value,
          record_id: ids.get(record.place.ordinal)!,
          as_of: eventDate(record) ?? today,
        })),
      );
    await addPending(this.#unit, rows);
  }
}
