import { decodeImage, encodeWsq } from '../match/print/index.ts';
import { toAnsiNist } from '../match/print/tools/write-image.ts';
import { currentPrintCheck, getPrint, type PrintRow, type Store, sha256 } from '../store/index.ts';
import type { PrintAttachment } from '../transmit/package/model.ts';

/** The picture as WSQ: its own bytes where it came so, else encoded at the standard 0.75 bits a pixel. */
async function wsqOf(
  store: Store,
  row: PrintRow,
): Promise<{ picture: Uint8Array; width: number; height: number; ppi: number }> {
  const bytes = new Uint8Array(store.blobs.get(row.image_sha256));
  const { width, height, ppi } = row;
  const image = await decodeImage(bytes, { rawDimensions: { width, height, ppi } });
  const picture = image.format === 'wsq' ? bytes : encodeWsq(image);
  return { picture, width: image.width, height: image.height, ppi: image.ppi };
}

/**
 * The print that goes with a warrant, as an ANSI/NIST-ITL file of Type-1, Type-2 and one Type-14 record; undefined
 * where the verdict attaches none. The same warrant and print give the same bytes.
 */
export async function attachPrint(
  store: Store,
  warrantId: string,
  ori: string,
): Promise<PrintAttachment | undefined> {
  const check = await currentPrintCheck(store.db, warrantId);
  const row = check?.print_id ? await getPrint(store.db, check.print_id) : undefined;
  if (!check || !row || row.purged_at !== null || row.purpose === 'prior-record') return undefined;
  const { picture, width, height, ppi } = await wsqOf(store, row);
  const bytes = toAnsiNist(
    { width, height, ppi, data: new Uint8Array() },
    {
      finger: row.finger,
      impression: row.impression,
      agency: ori,
      controlNumber: warrantId,
      date: (row.capture_date ?? check.created_at).slice(0, 10).replaceAll('-', ''),
    },
    picture,
  );
  return {
    bytes,
    sha256: sha256(bytes),
    finger: row.finger,
    impression: row.impression,
    width,
    height,
    ppi,
    compression: 'WSQ20',
    purpose: row.purpose,
    ...(row.capture_date ? { captureDate: row.capture_date } : {}),
    ...(row.quality === null ? {} : { quality: row.quality }),
  };
}
