import { createHash } from 'node:crypto';
import type { Print, Problem } from '../../domain/index.ts';
import type { Arrival } from '../transports/transport.ts';
import type { ReadPrintFile } from './print-port.ts';
import { findPrints } from './prints.ts';
import type { PrintClaim } from './record.ts';
import type { AnyFeedRecord } from './store-batch.ts';

/** What is needed to look into print files: the print library, and how to reach a file beside the feed. */
export interface PrintLibrary {
  readonly read: ReadPrintFile;
  readonly beside: Arrival['beside'];
}

/** A print as a run would keep it: its facts, the length of its image and what it is known by. */
export interface ShownPrint extends Omit<Print, 'ownerId'> {
  readonly bytes: number;
}

type Shown<R> = R extends AnyFeedRecord
  ? Omit<R, 'prints'> & { readonly prints: readonly (PrintClaim | ShownPrint)[] }
  : never;

/** A feed's record for people to look at: prints as claimed or, where they could be read, as found. */
export type ShownFeedRecord = Shown<AnyFeedRecord>;

/** The record with its prints read as a run would read them, each by its facts instead of its bytes. */
export async function showPrints(
  record: AnyFeedRecord,
  problems: readonly Problem[],
  library: PrintLibrary,
): Promise<{
  readonly kind: 'record';
  readonly record: ShownFeedRecord;
  readonly problems: readonly Problem[];
}> {
  const found = await findPrints(record.prints, library, library.read, record.place.line);
  const prints = found.prints.map(({ facts, bytes }) => ({
    ...facts,
    bytes: bytes.length,
    imageSha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return { kind: 'record', record: { ...record, prints }, problems: [...problems, ...found.problems] };
}
