import { type CourtRecord, hasErrors, type Problem } from '../domain/index.ts';
import {
  claimedFiles,
  type FileRow,
  findSameFile,
  finishFile,
  insertFile,
  type Store,
  setFileProgress,
  type Unit,
} from '../store/index.ts';
import { Batch } from './apply/batch.ts';
import type { Checked } from './apply/checked.ts';
import { type Counts, noCounts } from './apply/counts.ts';
import type { Selection } from './apply/select.ts';
import { markVanished } from './apply/vanished.ts';
import { blobHead } from './blob-head.ts';
import { checkRecord } from './check/index.ts';
import { courtFormatOf } from './court-format.ts';
import type { CourtFormat, FileFacts, ParseContext, ParseItem } from './courts/format.ts';
import { courtFormat } from './courts/index.ts';
import { withDefaults } from './normalise.ts';
import { BATCH_RECORDS, KEPT_PROBLEMS, TOLD_RECORDS, WHOLE_DOCUMENT_BYTES } from './parameters.ts';
import type { Arrival } from './transports/transport.ts';

export interface CourtPorts {
  readonly store: Store;
  readonly actor: string;
  readonly runId?: string;
  readonly selection: Selection;
  /** Called now and then: while the file is read through, and, with how many it holds, while it is stored. */
  readonly onProgress?: (progress: FileProgress) => void;
}

export interface FileProgress {
  readonly file: string;
  readonly records: number;
  readonly of?: number;
}

export interface CourtOutcome {
  readonly state: 'done' | 'refused' | 'duplicate';
  readonly fileId: number;
  readonly format: string | null;
  readonly counts: Counts;
  /** The file's own problems, then the errors of its quarantined records, in order. */
  readonly problems: readonly Problem[];
}

/** A file's bytes as the store keeps them, and what the sender called them. */
interface Kept {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

type Item = ParseItem<CourtRecord>;

/** The part of one parse that is not its records. */
interface Survey {
  readonly problems: Problem[];
  readonly facts: FileFacts[];
  records: number;
}

/** One court file on its way into the store. */
class CourtFile {
  readonly #ports: CourtPorts;
  readonly #context: ParseContext;
  readonly #kept: Kept;
  readonly #counts: Counts;
  #format: CourtFormat | undefined;
  /** Errors of records, for the run's report; each is kept in full with its record. */
  readonly recordErrors: Problem[] = [];

  constructor(ports: CourtPorts, context: ParseContext, kept: Kept, counts: Counts) {
    this.#ports = ports;
    this.#context = context;
    this.#kept = kept;
    this.#counts = counts;
  }

  /** The row this file had when a run died over it, or a new one. */
  async row(unit: Unit, left: FileRow | undefined): Promise<number> {
    const { runId } = this.#ports;
    const { name, sha256, bytes } = this.#kept;
    const file = { source: this.#context.source, name, sha256, bytes, state: 'claimed' as const };
    return left?.id ?? insertFile(unit, { ...file, ...(runId ? { runId } : {}) });
  }

  #transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#ports.store.transaction(this.#ports.actor, work);
  }

  /** Settles the format, or answers why there is none. */
  async recognise(configured: string | undefined): Promise<Problem | undefined> {
    this.#format = configured === undefined ? undefined : courtFormat(configured);
    if (this.#format) return undefined;
    const found = courtFormatOf(await blobHead(this.#ports.store, this.#kept.sha256), this.#kept.name);
    if ('code' in found) return found;
    this.#format = found;
    return undefined;
  }

  #parse(): AsyncIterable<Item> {
    const bytes = this.#ports.store.blobs.stream(this.#kept.sha256);
    return this.#format!.parse(bytes, this.#context);
  }

  /**
   * Reads the file to its end before anything of it is stored: a fault at the end must leave no half of it
   * behind. Small files keep their records for the second step; large ones are read again.
   */
  async survey(): Promise<{ survey: Survey; held: Item[] | undefined }> {
    const survey: Survey = { problems: [], facts: [], records: 0 };
    const held: Item[] | undefined = this.#kept.bytes <= WHOLE_DOCUMENT_BYTES ? [] : undefined;
    for await (const item of this.#parse()) {
      if (item.kind === 'problem' && survey.problems.length < KEPT_PROBLEMS)
        survey.problems.push(item.problem);
      if (item.kind === 'file') survey.facts.push(item.facts);
      if (item.kind !== 'record') continue;
      survey.records += 1;
      if (survey.records % TOLD_RECORDS === 0)
        this.#ports.onProgress?.({ file: this.#kept.name, records: survey.records });
      held?.push(item);
    }
    return { survey, held };
  }

  /** Small files: everything in one transaction, with the file's own row. */
  storeWhole(left: FileRow | undefined, survey: Survey, held: readonly Item[]): Promise<number> {
    return this.#transaction(async (unit) => {
      const id = await this.row(unit, left);
      await this.#apply(
        unit,
        id,
        held.flatMap((item) => this.#checked(item)),
      );
      await this.#finish(unit, id, survey);
      return id;
    });
  }

  /** Large files: batch by batch, each with how far it got, so that a dead run goes on where it was. */
  async storeInBatches(
    left: FileRow | undefined,
    survey: Survey,
    held: readonly Item[] | undefined,
  ): Promise<number> {
    const id = await this.#transaction((unit) => this.row(unit, left));
    let done = left?.records ?? 0;
    let at = 0;
    let batch: Checked[] = [];
    const store = async () => {
      if (batch.length === 0) return;
      const items = batch;
      batch = [];
      done += items.length;
      await this.#transaction(async (unit) => {
        await this.#apply(unit, id, items);
        await setFileProgress(unit, id, { records: done, counts: this.#counts });
      });
      this.#ports.onProgress?.({ file: this.#kept.name, records: done, of: survey.records });
    };
    for await (const item of held ?? this.#parse()) {
      if (item.kind !== 'record') continue;
      at += 1;
      if (at <= done) continue;
      batch.push(...this.#checked(item));
      if (batch.length >= BATCH_RECORDS) await store();
    }
    await store();
    survey.problems.push(...(await this.vanished(id, survey)));
    await this.#transaction((unit) => this.#finish(unit, id, survey));
    return id;
  }

  /** Full snapshots only: what they lack becomes suspect. */
  async vanished(id: number, survey: Survey): Promise<Problem[]> {
    if (!isFull(this.#context, survey)) return [];
    const problem = await markVanished(this.#ports.store, this.#ports.actor, this.#context.source, id);
    return problem ? [problem] : [];
  }

  #checked(item: Item): Checked[] {
    if (item.kind !== 'record') return [];
    const { source, today, options } = this.#context;
    const record = withDefaults(item.record, options);
    const problems = checkRecord(record, item.problems, { source, today });
    this.#report(record, problems);
    return [{ record, problems }];
  }

  #report(record: CourtRecord, problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (problem.severity !== 'error' || this.recordErrors.length >= KEPT_PROBLEMS) continue;
      this.recordErrors.push({ ...problem, message: `Record ${record.place.ordinal}: ${problem.message}` });
    }
  }

  #apply(unit: Unit, fileId: number, items: readonly Checked[]): Promise<void> {
    const snapshot = this.#format!.delta === 'snapshot' || this.#context.options.fullSnapshot === 'true';
    const context = { source: this.#context.source, fileId, selection: this.#ports.selection, snapshot };
    return new Batch(unit, context, this.#counts).apply(items);
  }

  #finish(unit: Unit, id: number, survey: Survey): Promise<void> {
    const { problems, records } = survey;
    const format = this.#format?.name ?? null;
    return finishFile(unit, id, { state: 'done', format, records, counts: this.#counts, problems });
  }

  /** Notes a file that gives nothing: refused for its faults, or known already. */
  close(
    state: 'refused' | 'duplicate',
    left: FileRow | undefined,
    problems: readonly Problem[],
  ): Promise<number> {
    return this.#transaction(async (unit) => {
      const id = await this.row(unit, left);
      const format = this.#format?.name ?? null;
      await finishFile(unit, id, { state, format, records: 0, counts: noCounts(), problems });
      return id;
    });
  }

  get formatName(): string | null {
    return this.#format?.name ?? null;
  }
}

/**
 * Brings one court file into the store. The raw bytes are kept first. A file that arrived before does nothing;
 * a file with a fault of its own is refused as a whole; of any other, bad records are quarantined and the rest
 * takes effect. A run that died over it is continued, and nothing takes effect twice.
 * @param configured the source's format by name; sniffed where absent
 */
export async function loadCourtFile(
  ports: CourtPorts,
  arrival: Arrival,
  context: ParseContext,
  configured?: string,
): Promise<CourtOutcome> {
  const stored = await ports.store.blobs.putStream(arrival.read());
  const kept: Kept = { name: arrival.name, ...stored };
  const left = (await claimedFiles(ports.store.db)).find(
    (row) => row.source === context.source && row.sha256 === kept.sha256,
  );
  const counts = { ...noCounts(), ...(left ? (JSON.parse(left.counts) as Counts) : {}) };
  const file = new CourtFile(ports, context, kept, counts);
  const closed = async (
    state: 'refused' | 'duplicate',
    problems: readonly Problem[],
  ): Promise<CourtOutcome> => {
    const fileId = await file.close(state, left, problems);
    return { state, fileId, format: file.formatName, counts: noCounts(), problems };
  };
  if (await findSameFile(ports.store.db, context.source, kept.sha256)) return closed('duplicate', []);
  const unknown = await file.recognise(configured);
  if (unknown) return closed('refused', [unknown]);
  const { survey, held } = await file.survey();
  if (hasErrors(survey.problems)) return closed('refused', survey.problems);
  const small = held !== undefined && held.length <= BATCH_RECORDS && !isFull(context, survey);
  const fileId = small
    ? await file.storeWhole(left, survey, held)
    : await file.storeInBatches(left, survey, held);
  return {
    state: 'done',
    fileId,
    format: file.formatName,
    counts,
    problems: [...survey.problems, ...file.recordErrors],
  };
}

/** Whether the file is the court's whole list, by its own word or by configuration. */
function isFull(context: ParseContext, survey: Survey): boolean {
  return survey.facts.some((facts) => facts.fullSnapshot) || context.options.fullSnapshot === 'true';
}
