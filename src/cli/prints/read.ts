import { readFileSync, statSync } from 'node:fs';
import { type DecodedImage, foreignFormat, PrintError } from '../../match/print/index.ts';
import { type PrintFile, pictureOf, readPrint } from '../../match/print/tools/read-print.ts';
import { decodeOptions, type ReadOptions, usage } from './options.ts';

/** The error of a file with the file's name, and with what to do where an option helps. */
function named(file: string, error: unknown, hint = ''): unknown {
  if (!(error instanceof PrintError)) return error;
  return new PrintError(error.code, `${file}: ${error.message}${hint}`, { cause: error });
}

/** The option that helps with an error of reading these bytes. */
function hintFor(error: unknown, bytes: Uint8Array): string {
  if (!(error instanceof PrintError)) return '';
  if (error.code === 'PRINT-NO-IMAGE') return ' Name one with --finger.';
  const headless = error.code === 'PRINT-FORMAT-UNKNOWN' && foreignFormat(bytes) === undefined;
  return headless ? ' The size of a picture without a header is given with --raw.' : '';
}

/**
 * Reads one file of a print.
 * @throws PrintError with the file's name in its message
 */
export async function readFile(file: string, options: ReadOptions): Promise<PrintFile> {
  if (statSync(file).isDirectory()) throw usage(`${file} is a folder; name one print.`);
  const bytes = new Uint8Array(readFileSync(file));
  try {
    return await readPrint(bytes, decodeOptions(options));
  } catch (error) {
    throw named(file, error, hintFor(error, bytes));
  }
}

/**
 * Reads the picture of one print; `what` wants it.
 * @throws PrintError with the file's name in its message
 */
export async function readPicture(file: string, options: ReadOptions, what: string): Promise<DecodedImage> {
  const print = await readFile(file, options);
  return about(file, () => pictureOf(print, what));
}

/** What `work` gives, its errors with the file's name. */
export function about<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(file, error);
  }
}
