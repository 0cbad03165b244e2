import { hasErrors, type Problem } from '../../domain/index.ts';
import {
  addPrint,
  bookingId,
  claimedFiles,
  findSameFile,
  finishFile,
  insertFile,
  priorId,
  type Store,
  sha256,
  type Unit,
  upsertBookings,
  upsertPriors,
} from '../../store/index.ts';
import { readAll } from '../bytes.ts';
import type { InputFormat, ParseContext } from '../courts/format.ts';
import type { Arrival } from '../transports/transport.ts';
import type { ReadPrintFile } from './print-port.ts';
import { type FoundPrint, findPrints } from './prints.ts';
import { purgeDisposed } from './purge.ts';
import type { BookingFeedRecord, PriorFeedRecord } from './record.ts';

export type AnyFeedRecord = BookingFeedRecord | PriorFeedRecord;
export type FeedFormat = InputFormat<BookingFeedRecord> | InputFormat<PriorFeedRecord>;

export interface FeedCounts {
  /** Records in the file. */
  readonly received: number;
  readonly stored: number;
  /** Records with an error: not stored, listed in `problems`. */
  readonly quarantined: number;
  readonly prints: number;
  /** Citation prints removed because their case is disposed of. */
  readonly purged: number;
}

export interface FeedOutcome {
  readonly state: 'done' | 'refused' | 'duplicate';
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
/** Problems kept with a file; the counts stay exact beyond that. */
const KEPT_PROBLEMS = 1000;

const NOTHING: FeedCounts = { received: 0, stored: 0, quarantined: 0, prints: 0, purged: 0 };

interface Loaded {
  readonly record: AnyFeedRecord;
  readonly prints: readonly FoundPrint[];
}

/** Counts and problems as they gather over a file. */
class Tally {
  counts = { ...NOTHING };
  readonly problems: Problem[] = [];

  note(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (this.problems.length < KEPT_PROBLEMS) this.problems.push(problem);
    }
  }
}

/** Reads the whole file once for faults that condemn it, so that nothing of a condemned file is stored. */
async function condemned(bytes: Uint8Array, format: FeedFormat, context: ParseContext): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const item of format.parse([bytes], context)) {
    if (item.kind === 'problem') problems.push(item.problem);
  }
  return problems;
}

async function storePrints(unit: Unit, loaded: Loaded): Promise<number> {
  const { record } = loaded;
  const ownerKind = 'booking' in record ? 'booking' : 'prior';
  const ownerId = 'booking' in record ? bookingId(record.booking) : priorId(record.prior);
  for (const print of loaded.prints) {
    const imageSha256 = sha256(print.bytes);
    await addPrint(unit, { ...print.facts, ownerId, imageSha256, ownerKind });
  }
  return loaded.prints.length;
}

/** A citation whose case is over may no longer have a print. */
function mayHold(record: AnyFeedRecord): boolean {
  return 'prior' in record || record.booking.kind === 'booking' || record.booking.disposedDate === undefined;
}

/** One transaction: rows, their prints, and the purge of what a disposition ends. */
async function storeBatch(ports: FeedPorts, batch: readonly Loaded[], tally: Tally): Promise<void> {
  for (const { prints } of batch) for (const print of prints) ports.store.blobs.put(print.bytes);
  const freed = await ports.store.transaction(ports.actor, async (unit) => {
    const bookings = batch.flatMap(({ record }) => ('booking' in record ? [record.booking] : []));
    const priors = batch.flatMap(({ record }) => ('prior' in record ? [record.prior] : []));
    await upsertBookings(unit, bookings);
    await upsertPriors(unit, priors);
    for (const loaded of batch) tally.counts.prints += await storePrints(unit, loaded);
    return purgeDisposed(unit, bookings);
  });
  for (const hash of freed) ports.store.blobs.remove(hash);
  tally.counts.purged += freed.length;
  tally.counts.stored += batch.length;
}

async function storeRecords(
  ports: FeedPorts,
  arrival: Arrival,
  bytes: Uint8Array,
  format: FeedFormat,
  context: ParseContext,
): Promise<Tally> {
  const tally = new Tally();
  let batch: Loaded[] = [];
  for await (const item of format.parse([bytes], context)) {
    if (item.kind === 'problem') tally.note([item.problem]);
    if (item.kind !== 'record') continue;
    const record: AnyFeedRecord = item.record;
    tally.counts.received += 1;
    const found = await findPrints(record.prints, arrival, ports.readPrintFile, record.place.line);
    const problems = [...item.problems, ...found.problems];
    tally.note(problems);
    if (hasErrors(problems)) tally.counts.quarantined += 1;
    else batch.push({ record, prints: mayHold(record) ? found.prints : [] });
    if (batch.length < BATCH) continue;
    await storeBatch(ports, batch, tally);
    batch = [];
  }
  if (batch.length > 0) await storeBatch(ports, batch, tally);
  return tally;
}

/** The row of this arrival: a new one, or the one a dead run left half done. */
async function openFile(
  ports: FeedPorts,
  arrival: Arrival,
  source: string,
  bytes: Uint8Array,
): Promise<number> {
  const hash = sha256(bytes);
  const left = await claimedFiles(ports.store.db);
  const mine = left.find((row) => row.source === source && row.sha256 === hash);
  if (mine) return mine.id;
  return ports.store.transaction(ports.actor, (unit) =>
    insertFile(unit, {
      source,
      name: arrival.name,
      sha256: hash,
      bytes: bytes.length,
      state: 'claimed',
      ...(ports.runId ? { runId: ports.runId } : {}),
    }),
  );
}

/**
 * Brings one booking, citation or prior-record file into the store: raw bytes first, then rows and prints in
 * batches. Storing a row or print again changes nothing, so a run that died in the middle is simply repeated;
 * a file that arrived before does nothing. The caller then says `done` or `refuse` to the arrival.
 */
export async function loadFeed(
  ports: FeedPorts,
  arrival: Arrival,
  format: FeedFormat,
  context: ParseContext,
): Promise<FeedOutcome> {
  const bytes = await readAll(arrival.read());
  ports.store.blobs.put(bytes);
  const before = await findSameFile(ports.store.db, context.source, sha256(bytes));
  const fileId = await openFile(ports, arrival, context.source, bytes);
  const close = async (state: FeedOutcome['state'], tally: Tally): Promise<FeedOutcome> => {
    const { counts, problems } = tally;
    await ports.store.transaction(ports.actor, (unit) =>
      finishFile(unit, fileId, { state, format: format.name, records: counts.received, counts, problems }),
    );
    return { state, fileId, counts, problems };
  };
  // A file whose print files were missing is worth reading again: they may have come since.
  if (before && !before.problems.includes('PRT-BROKEN')) return close('duplicate', new Tally());
  const faults = await condemned(bytes, format, context);
  if (hasErrors(faults)) {
    const tally = new Tally();
    tally.note(faults);
    return close('refused', tally);
  }
  return close('done', await storeRecords(ports, arrival, bytes, format, context));
}
