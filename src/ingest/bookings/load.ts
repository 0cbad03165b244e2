import { hasErrors, type Problem } from '../../domain/index.ts';
import { claimedFiles, findSameFile, finishFile, insertFile, type Store } from '../../store/index.ts';
import type { InputFormat, ParseContext } from '../courts/format.ts';
import { KEPT_PROBLEMS } from '../parameters.ts';
import type { Arrival } from '../transports/transport.ts';
import type { ReadPrintFile } from './print-port.ts';
import { findPrints } from './prints.ts';
import type { BookingFeedRecord, PrintFeedRecord, PriorFeedRecord } from './record.ts';
import { type AnyFeedRecord, type Loaded, ownerOf, storeBatch } from './store-batch.ts';

/** A format of this folder. `holdsPrints`: the image bytes are inside the file itself. */
export type FeedFormat = (
  | InputFormat<BookingFeedRecord>
  | InputFormat<PriorFeedRecord>
  | InputFormat<PrintFeedRecord>
) & { readonly holdsPrints?: boolean };

export interface FeedCounts {
  /** Records in the file. */
  readonly received: number;
  readonly stored: number;
  /** Records with an error: not stored, listed in `problems`. */
  readonly quarantined: number;
  readonly prints: number;
  /** Blobs removed because the case of their citation is disposed of. */
  readonly purged: number;
}

export interface FeedOutcome {
  /** `waiting`: a print that came before its booking; it stays at the source. */
  readonly state: 'done' | 'refused' | 'duplicate' | 'waiting';
  readonly fileId: number;
  readonly counts: FeedCounts;
  /** The file's problems, then those of its records in order. */
  readonly problems: readonly Problem[];
}

export interface FeedPorts {
  readonly store: Store;
  readonly readPrintFile: ReadPrintFile;
  readonly actor: string;
  readonly runId?: string;
}

/** Records stored in one transaction: enough to be quick, few enough that a recall never waits long. */
const BATCH = 200;

/** Counts and problems as they gather over a file. */
class Tally {
  readonly counts = { received: 0, stored: 0, quarantined: 0, prints: 0, purged: 0 };
  readonly problems: Problem[] = [];
  waits = false;

  note(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (this.problems.length < KEPT_PROBLEMS) this.problems.push(problem);
    }
  }
}

/** A citation whose case is over may no longer have a print. */
function mayHold(record: AnyFeedRecord): boolean {
  return (
    !('booking' in record) || record.booking.kind === 'booking' || record.booking.disposedDate === undefined
  );
}

/** One feed file whose bytes are in the store. */
class FeedFile {
  readonly #ports: FeedPorts;
  readonly #arrival: Arrival;
  readonly #format: FeedFormat;
  readonly #context: ParseContext;
  readonly #sha256: string;

  constructor(ports: FeedPorts, arrival: Arrival, format: FeedFormat, context: ParseContext, sha256: string) {
    this.#ports = ports;
    this.#arrival = arrival;
    this.#format = format;
    // Images alone say whose they are by their name.
    this.#context = { ...context, options: { ...context.options, fileName: arrival.name } };
    this.#sha256 = sha256;
  }

  #parse() {
    return this.#format.parse(this.#ports.store.blobs.stream(this.#sha256), this.#context);
  }

  /** Reads the whole file once for faults that condemn it, so that nothing of a condemned file is stored. */
  async faults(): Promise<Problem[]> {
    const problems: Problem[] = [];
    for await (const item of this.#parse()) if (item.kind === 'problem') problems.push(item.problem);
    return problems;
  }

  async #prepare(
    record: AnyFeedRecord,
    problems: readonly Problem[],
    tally: Tally,
  ): Promise<Loaded | undefined> {
    tally.counts.received += 1;
    const { readPrintFile, store } = this.#ports;
    const found = await findPrints(record.prints, this.#arrival, readPrintFile, record.place.line);
    const all = [...problems, ...found.problems];
    const owner = 'owner' in record ? await ownerOf(store.db, record) : undefined;
    if (typeof owner === 'object') {
      all.push(owner);
      tally.waits = true;
    }
    tally.note(all);
    if (hasErrors(all)) {
      tally.counts.quarantined += 1;
      return undefined;
    }
    const prints = mayHold(record) ? found.prints : [];
    return { record, prints, ...(typeof owner === 'string' ? { ownerId: owner } : {}) };
  }

  async store(): Promise<Tally> {
    const { store, actor } = this.#ports;
    const tally = new Tally();
    let batch: Loaded[] = [];
    for await (const item of this.#parse()) {
      if (item.kind === 'problem') tally.note([item.problem]);
      if (item.kind !== 'record') continue;
      const loaded = await this.#prepare(item.record, item.problems, tally);
      if (loaded) batch.push(loaded);
      if (batch.length < BATCH) continue;
      await storeBatch(store, actor, batch, tally.counts);
      batch = [];
    }
    if (batch.length > 0) await storeBatch(store, actor, batch, tally.counts);
    return tally;
  }
}

/** The row of this arrival: a new one, or the one a dead run left half done. */
async function openFile(
  { store, actor, runId }: FeedPorts,
  name: string,
  source: string,
  raw: { readonly sha256: string; readonly bytes: number },
): Promise<number> {
  const left = await claimedFiles(store.db);
  const mine = left.find((row) => row.source === source && row.sha256 === raw.sha256);
  if (mine) return mine.id;
  return store.transaction(actor, (unit) =>
    insertFile(unit, { source, name, ...raw, state: 'claimed', ...(runId ? { runId } : {}) }),
  );
}

/**
 * Brings one booking, citation or prior-record file into the store: raw bytes first, then rows and prints in
 * batches. Storing a row or print again changes nothing, so a run that died in the middle is simply repeated;
 * a file that arrived before does nothing. The caller then says `done`, `refuse` or `release` to the arrival.
 */
export async function loadFeed(
  ports: FeedPorts,
  arrival: Arrival,
  format: FeedFormat,
  context: ParseContext,
): Promise<FeedOutcome> {
  const { store, actor } = ports;
  const raw = await store.blobs.putStream(arrival.read());
  const before = await findSameFile(store.db, context.source, raw.sha256);
  const fileId = await openFile(ports, arrival.name, context.source, raw);
  const close = async (state: FeedOutcome['state'], { counts, problems }: Tally): Promise<FeedOutcome> => {
    const kept = state === 'waiting' ? 'refused' : state;
    await store.transaction(actor, (unit) =>
      finishFile(unit, fileId, {
        state: kept,
        format: format.name,
        records: counts.received,
        counts,
        problems,
      }),
    );
    // The print is kept as a print, to be purged in its time; the file would be a second copy of it.
    if (format.feed === 'citation' && format.holdsPrints) store.blobs.remove(raw.sha256);
    return { state, fileId, counts, problems };
  };
  // A file whose print files were missing is worth reading again: they may have come since.
  if (before && !before.problems.includes('PRT-BROKEN')) return close('duplicate', new Tally());
  const file = new FeedFile(ports, arrival, format, context, raw.sha256);
  const faults = await file.faults();
  if (hasErrors(faults)) {
    const tally = new Tally();
    tally.note(faults);
    return close('refused', tally);
  }
  const tally = await file.store();
  return close(tally.waits ? 'waiting' : 'done', tally);
}
