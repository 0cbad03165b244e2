import type { CourtRecord } from '../../domain/index.ts';
import {
  factsOf,
  type Reader,
  type ReferenceColumn,
  type WarrantRow,
  warrantsByIdentity,
  warrantsByReference,
} from '../../store/index.ts';
import { identityKey, type LookupKind, lookupKeys } from '../dedupe.ts';
import type { Known } from '../lifecycle/decide.ts';
import { comparableName, comparableNumber } from '../normalise.ts';

const COLUMN: Readonly<Record<LookupKind, ReferenceColumn>> = {
  repository: 'repository_id',
  number: 'number',
  oca: 'oca',
};

/** Which warrant a record means: one, none, or several that a person must tell apart. */
export type Found =
  | { readonly kind: 'one'; readonly row: WarrantRow }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly ids: readonly string[] };

/** The warrants a batch of records speaks of, read in a few statements and kept up to date as the batch goes on. */
export class KnownWarrants {
  readonly #source: string;
  readonly #byIdentity = new Map<string, WarrantRow>();
  readonly #byReference = new Map<string, Set<string>>();
  readonly #byId = new Map<string, WarrantRow>();

  constructor(source: string) {
    this.#source = source;
  }

  async load(db: Reader, records: readonly CourtRecord[]): Promise<void> {
    const keys = records.flatMap(({ warrant }) => identityKey(warrant, this.#source) ?? []);
    for (const row of await warrantsByIdentity(db, [...new Set(keys)])) this.put(row);
    const known = (record: CourtRecord) => {
      const key = identityKey(record.warrant, this.#source);
      return key !== undefined && this.#byIdentity.has(key);
    };
    const loose = records.filter((record) => !known(record));
    for (const kind of ['repository', 'number', 'oca'] as const) await this.#loadBy(db, kind, loose);
  }

  async #loadBy(db: Reader, kind: LookupKind, records: readonly CourtRecord[]): Promise<void> {
    const values = records.flatMap((record) => rawReference(record, kind) ?? []);
    if (values.length === 0) return;
    const rows = await warrantsByReference(db, this.#source, COLUMN[kind], [...new Set(values)]);
    for (const row of rows) this.put(row);
  }

  /** Adds or replaces a warrant's row. */
  put(row: WarrantRow): void {
    this.#byIdentity.set(row.identity_key, row);
    this.#byId.set(row.id, row);
    for (const [kind, column] of Object.entries(COLUMN)) {
      const value = row[column];
      if (value === null) continue;
      const key = `${kind} ${comparableNumber(value)}`;
      const ids = this.#byReference.get(key) ?? new Set();
      this.#byReference.set(key, ids.add(row.id));
    }
  }

  /** By full identity, else by the strongest weaker name that leads to exactly one warrant. */
  find(record: CourtRecord): Found {
    const identity = identityKey(record.warrant, this.#source);
    const exact = identity === undefined ? undefined : this.#byIdentity.get(identity);
    if (exact) return { kind: 'one', row: exact };
    // A whole record with an identity of its own is another warrant, however its OCA may look.
    if (identity !== undefined && (record.event === 'issued' || record.event === 'snapshot'))
      return { kind: 'none' };
    return this.#byNames(record);
  }

  #byNames(record: CourtRecord): Found {
    for (const { kind, value } of lookupKeys(record.warrant)) {
      const ids = this.#byReference.get(`${kind} ${value}`);
      const rows = [...(ids ?? [])].map((id) => this.#byId.get(id)!).filter((row) => agrees(row, record));
      if (rows.length === 1) return { kind: 'one', row: rows[0]! };
      if (rows.length > 1) return { kind: 'several', ids: rows.map((row) => row.id) };
    }
    return { kind: 'none' };
  }
}

function rawReference(record: CourtRecord, kind: LookupKind): string | undefined {
  const { repositoryId, number, oca } = record.warrant;
  return { repository: repositoryId, number, oca }[kind];
}

/**
 * A weak name leads only to a warrant that does not contradict the record: another agency, or another person by
 * both surname and birth date, is another warrant. A recall of the wrong one frees the wrong one.
 */
function agrees(row: WarrantRow, record: CourtRecord): boolean {
  const { warrant } = record;
  if (warrant.agencyOri !== undefined && row.agency_ori !== null && warrant.agencyOri !== row.agency_ori)
    return false;
  if (
    warrant.repositoryId !== undefined &&
    row.repository_id !== null &&
    warrant.repositoryId !== row.repository_id
  ) {
    return false;
  }
  const { birthDate, name } = warrant.person;
  const surname = comparableName(name).surname;
  if (birthDate === undefined || surname === '' || row.birth_date === null) return true;
  const ours = comparableName(factsOf(row).person.name).surname;
  return row.birth_date === birthDate || ours === surname;
}

/** A row as the lifecycle rules see it. */
export function knownOf(row: WarrantRow): Known {
  const { state, reason } = row;
  const date = row.event_date === null ? {} : { eventDate: row.event_date };
  return { facts: factsOf(row), state, reason, ...date };
}
