import { createHash } from 'node:crypto';
import type { Booking } from '../../domain/index.ts';
import type { PrintRow, Store } from '../../store/index.ts';
import type { DropFiles } from '../transports/drop-files.ts';

/** One citation and its thumbprint on their way to a repository. */
export interface CitationPrint {
  readonly citation: Booking;
  readonly print: PrintRow;
  readonly image: Uint8Array;
  /** 1.009 TCN; always the same for one print, so that a repository knows a repetition. */
  readonly controlNumber: string;
}

/** Writes the ANSI/NIST transaction; the same input gives the same bytes. `run.ts` passes the print library in. */
export type BuildCitationTransaction = (one: CitationPrint) => Promise<Uint8Array> | Uint8Array;

export interface ForwardPorts {
  readonly store: Store;
  readonly actor: string;
  readonly build: BuildCitationTransaction;
  /** The repository's drop folder, on a disk or an SFTP server. */
  readonly outbox: Pick<DropFiles, 'write'>;
}

export interface ForwardReport {
  readonly forwarded: number;
  /** Prints that are not sent, by reason. */
  readonly withheld: Readonly<Record<'broken' | 'disposed' | 'no-ori', number>>;
}

/** What has been forwarded stands in the audit chain: one entry a print, written after the file is there. */
const ACTION = 'print.forward';
const PAGE = 200;

function controlNumberOf(print: PrintRow): string {
  return `BL${createHash('sha256').update(print.id).digest('hex').slice(0, 18).toUpperCase()}`;
}

/** Citation prints that are held and not forwarded yet. */
async function waiting(store: Store, after: string): Promise<PrintRow[]> {
  return store
    .db('prints')
    .where({ purpose: 'citation', owner_kind: 'booking' })
    .where('id', '>', after)
    .whereNull('purged_at')
    .whereNotExists(
      store
        .db('audit')
        .select('seq')
        .where({ object_type: 'print', action: ACTION })
        .whereRaw('audit.object_id = prints.id'),
    )
    .orderBy('id')
    .limit(PAGE);
}

async function citationOf(store: Store, print: PrintRow): Promise<Booking> {
  const row = (await store.db('bookings').where({ id: print.owner_id }).first()) as { facts: string };
  return JSON.parse(row.facts) as Booking;
}

/**
 * Forwards each new citation thumbprint to the configured repository as an ANSI/NIST transaction. That is the one
 * disclosure the law names: "law enforcement purposes relating to the identity of the arrestee" (VC 40500(a)); a
 * print whose case is disposed of, or that could not be read, is withheld. A run that dies between the file and its
 * audit entry writes the same file under the same name again, which changes nothing.
 */
export async function forwardCitations(ports: ForwardPorts): Promise<ForwardReport> {
  const { store, actor, build, outbox } = ports;
  const withheld = { broken: 0, disposed: 0, 'no-ori': 0 };
  let forwarded = 0;
  let after = '';
  for (;;) {
    const page = await waiting(store, after);
    for (const print of page) {
      after = print.id;
      const citation = await citationOf(store, print);
      const why = withheldFor(citation, print);
      if (why) {
        withheld[why] += 1;
        continue;
      }
      const controlNumber = controlNumberOf(print);
      const image = store.blobs.get(print.image_sha256);
      const bytes = await built(build, { citation, print, image, controlNumber });
      if (!bytes) {
        withheld.broken += 1;
        continue;
      }
      await outbox.write(`${controlNumber}.an2`, bytes);
      await store.transaction(actor, async (unit) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        unit.audit({
          action: ACTION,
          objectType: 'print',
          objectId: print.id,
          detail: { controlNumber, sha256 },
        });
      });
      forwarded += 1;
    }
    if (page.length < PAGE) return { forwarded, withheld };
  }
}

/** The transaction; undefined where the picture cannot be decoded, which must not hold up the others. */
async function built(build: BuildCitationTransaction, one: CitationPrint): Promise<Uint8Array | undefined> {
  try {
    return await build(one);
  } catch (error) {
    if (error instanceof Error && error.name === 'PrintError') return undefined;
    throw error;
  }
}

function withheldFor(citation: Booking, print: PrintRow): keyof ForwardReport['withheld'] | undefined {
  if (print.problem !== null) return 'broken';
  if (citation.disposedDate !== undefined) return 'disposed';
  return citation.agencyOri === undefined ? 'no-ori' : undefined;
}
