import type { Print, PrintPurpose, Problem } from '../../domain/index.ts';
import { errorText } from '../../errors.ts';
import { present } from '../row-reader.ts';
import type { Arrival, Beside } from '../transports/transport.ts';
import type { PrintFile, ReadPrint, ReadPrintFile } from './print-port.ts';
import type { PrintClaim } from './record.ts';

/** A print ready for the store: its facts and its image bytes. */
export interface FoundPrint {
  readonly facts: Omit<Print, 'ownerId' | 'imageSha256'>;
  readonly bytes: Uint8Array;
}

export interface FoundPrints {
  readonly prints: readonly FoundPrint[];
  readonly problems: readonly Problem[];
}

/** Fingers of a hand's thumb as ANSI/NIST numbers them, and `unknown`. */
const KEPT_FINGERS: readonly number[] = [0, 1, 6, 11, 12];

const WHY: Readonly<Record<Exclude<Beside, { ok: true }>['why'], string>> = {
  missing: 'is not beside the feed; send it, then send the row again',
  unsafe: 'has a path that leaves the folder of the feed; send names without ".." or a leading slash',
  'too-large': 'is larger than a print can be',
};

function broken(file: string, why: string, line: number | undefined, severity: Problem['severity']): Problem {
  return present<Problem>({
    code: 'PRT-BROKEN',
    severity,
    field: 'prints',
    sourceField: file,
    line,
    message: `The print file ${why}.`,
  });
}

/** What the feed says of a print against what its file says: the feed fills gaps, it never overrules. */
function settle(stated: number | undefined, read: number, unknown: number): number | undefined {
  if (stated === undefined || stated === unknown) return read;
  if (read === unknown || read === stated) return stated;
  return undefined;
}

function toFound(claim: PrintClaim, print: ReadPrint, finger: number, impression: number): FoundPrint {
  const facts = present<FoundPrint['facts']>({
    purpose: claim.purpose,
    finger,
    impression,
    imageFormat: print.format,
    width: print.width,
    height: print.height,
    ppi: print.ppi,
    captureDate: claim.captureDate,
  });
  return { facts, bytes: print.bytes };
}

/** The prints of one file that are thumbs (or say nothing), and agree with what the feed states. */
function choose(claim: PrintClaim, file: PrintFile, name: string, line: number | undefined): FoundPrints {
  const prints: FoundPrint[] = [];
  const problems: Problem[] = [];
  for (const print of file.prints) {
    if (!KEPT_FINGERS.includes(print.finger)) continue;
    const finger = settle(claim.finger, print.finger, 0);
    const impression = settle(claim.impression, print.impression, 29) ?? print.impression;
    if (finger !== undefined) prints.push(toFound(claim, print, finger, impression));
    // A card holds both thumbs: one of them stated in the row means that one is wanted.
    else if (file.prints.length === 1) {
      const why = `says finger ${print.finger}, the row says ${claim.finger}; neither is believed`;
      problems.push(broken(name, why, line, 'error'));
    }
  }
  if (prints.length === 0 && problems.length === 0) {
    problems.push(broken(name, 'holds no thumb', line, 'warning'));
  }
  return { prints, problems };
}

/**
 * Fetches and reads the print files a row claims. A missing or broken file is a warning: the booking itself is
 * good data, and no print is a normal state. A path that tries to leave the folder stops the record.
 */
export async function findPrints(
  claims: readonly PrintClaim[],
  arrival: Pick<Arrival, 'beside'>,
  read: ReadPrintFile,
  line: number | undefined,
): Promise<FoundPrints> {
  const prints: FoundPrint[] = [];
  const problems: Problem[] = [];
  for (const claim of claims) {
    const name = 'file' in claim.origin ? claim.origin.file : 'print inside the record';
    const found: Beside =
      'file' in claim.origin
        ? await arrival.beside(claim.origin.file)
        : { ok: true, bytes: claim.origin.bytes };
    if (!found.ok) {
      problems.push(broken(name, WHY[found.why], line, found.why === 'unsafe' ? 'error' : 'warning'));
      continue;
    }
    const result = await readOne(claim, found.bytes, read, name, line);
    prints.push(...result.prints);
    problems.push(...result.problems);
  }
  return { prints, problems };
}

async function readOne(
  claim: PrintClaim,
  bytes: Uint8Array,
  read: ReadPrintFile,
  name: string,
  line: number | undefined,
): Promise<FoundPrints> {
  if (bytes.length === 0) return { prints: [], problems: [broken(name, 'has 0 bytes', line, 'warning')] };
  try {
    return choose(claim, await read(bytes), name, line);
  } catch (error) {
    const why = `cannot be read: ${errorText(error).replace(/\.$/, '')}`;
    return { prints: [], problems: [broken(name, why, line, 'warning')] };
  }
}

/** Whether a print of this purpose is kept past its case: a citation's is purged on disposition (VC 40500(a)). */
export function purgedOnDisposition(purpose: PrintPurpose): boolean {
  return purpose === 'citation';
}
