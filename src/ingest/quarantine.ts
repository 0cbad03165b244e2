import { type CourtRecord, hasErrors, type Problem } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { getRecord, type RecordRow, type Store, setRecordState, sourceOfRecord } from '../store/index.ts';
import { Batch } from './apply/batch.ts';
import { noCounts, OUTCOMES, type Outcome } from './apply/counts.ts';
import type { Selection } from './apply/select.ts';
import { checkRecord } from './check/index.ts';
import { setAt } from './correction.ts';

/** One corrected field: a canonical path below the warrant, and its value; null removes it. */
export interface Correction {
  readonly field: string;
  readonly value: string | number | boolean | null;
}

export interface QuarantinePorts {
  readonly store: Store;
  /** Who corrects: written with the new version. */
  readonly actor: string;
  readonly selection: Selection;
}

/** What became of a quarantined record that was corrected or read again. */
export type Replayed =
  | { readonly state: 'applied'; readonly outcome: Outcome; readonly changed: readonly string[] }
  /** Still wrong: nothing was changed. */
  | { readonly state: 'still-wrong'; readonly problems: readonly Problem[] }
  /** Somebody dealt with it before. */
  | { readonly state: 'gone' };

function recordOf(row: RecordRow): CourtRecord {
  return JSON.parse(row.canonical) as CourtRecord;
}

/** A problem of the parser whose field a person has corrected is answered. */
function unanswered(row: RecordRow, corrections: readonly Correction[]): Problem[] {
  const problems = JSON.parse(row.problems) as Problem[];
  const answered = (field: string | undefined) =>
    field !== undefined &&
    corrections.some(
      (c) => c.field === field || c.field.startsWith(`${field}.`) || field.startsWith(`${c.field}.`),
    );
  return problems.filter((problem) => !answered(problem.field));
}

async function load(store: Store, id: number): Promise<{ row: RecordRow; source: string }> {
  const row = await getRecord(store.db, id);
  const source = row && (await sourceOfRecord(store.db, id));
  if (!row || source === undefined)
    throw new BenchlinkError('usage', 'NOT-FOUND', `There is no record ${id}.`);
  return { row, source };
}

/** Applies a better version of a quarantined record; the original stays beside it, untouched. */
export async function replace(
  ports: QuarantinePorts,
  row: RecordRow,
  source: string,
  better: CourtRecord,
  problems: readonly Problem[],
  changed: readonly string[],
): Promise<Replayed> {
  const counts = noCounts();
  const done = await ports.store.transaction(ports.actor, async (unit) => {
    if (!(await setRecordState(unit, row.id, 'quarantined', 'replaced'))) return false;
    const context = {
      source,
      fileId: row.file_id,
      selection: ports.selection,
      snapshot: false,
      replaces: row.id,
    };
    await new Batch(unit, context, counts).apply([{ record: better, problems }]);
    unit.audit({
      action: 'record.correct',
      objectType: 'record',
      objectId: String(row.id),
      detail: { fields: changed.join(' ') },
    });
    return true;
  });
  if (!done) return { state: 'gone' };
  const outcome = OUTCOMES.find((name) => counts[name] > 0)!;
  return { state: 'applied', outcome, changed };
}

/**
 * Corrects a quarantined record: a new version with the corrections is checked like any record and takes effect
 * if nothing is wrong with it any more; the original is kept as it came, with who changed what beside it.
 * @throws BenchlinkError NOT-FOUND, FIELD-UNKNOWN for a path no warrant has
 */
export async function correctRecord(
  ports: QuarantinePorts,
  recordId: number,
  corrections: readonly Correction[],
): Promise<Replayed> {
  const { row, source } = await load(ports.store, recordId);
  if (row.state !== 'quarantined') return { state: 'gone' };
  const record = recordOf(row);
  const warrant = corrections.reduce((facts, { field, value }) => setAt(facts, field, value), record.warrant);
  const better: CourtRecord = { ...record, warrant };
  const context = { source, today: ports.selection.today };
  const problems = checkRecord(better, unanswered(row, corrections), context);
  if (hasErrors(problems)) return { state: 'still-wrong', problems };
  return replace(
    ports,
    row,
    source,
    better,
    problems,
    corrections.map(({ field }) => field),
  );
}
