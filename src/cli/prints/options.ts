import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { BenchlinkError, EXIT } from '../../errors.ts';
import { type DecodeOptions, PrintError } from '../../match/print/index.ts';
import type { FolderPrint } from '../../match/print/tools/folder.ts';
import { type PrintFile, readPrint } from '../../match/print/tools/read-print.ts';

export interface Json {
  readonly json?: boolean;
}

/** What a person may know of files that they do not say themselves. */
export interface ReadOptions {
  readonly finger?: number;
  readonly ppi?: number;
}

export const JOBS = availableParallelism();

export function count(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('wants a whole number above 0');
  return n;
}

/** An ANSI/NIST code. */
export function code(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('wants an ANSI/NIST code');
  return n;
}

function resolution(text: string): number {
  const n = Number(text);
  if (!(n >= 100 && n <= 4000)) throw new InvalidArgumentError('wants pixels per inch, 100 to 4000');
  return n;
}

/** Adds the options of every command that reads prints. */
export function reading(command: Command): Command {
  return command
    .option('--finger <fgp>', 'finger position of the thumb wanted of a file that holds several', code)
    .option('--ppi <n>', 'resolution, where the file states none or a wrong one', resolution);
}

export function decodeOptions({ finger, ppi }: ReadOptions): DecodeOptions {
  return { ...(finger === undefined ? {} : { finger }), ...(ppi === undefined ? {} : { ppi }) };
}

/**
 * Reads one file of a print.
 * @throws PrintError with the file's name in its message
 */
export async function readFile(file: string, options: ReadOptions): Promise<PrintFile> {
  try {
    return await readPrint(new Uint8Array(readFileSync(file)), decodeOptions(options));
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    const hint = error.code === 'PRINT-NO-IMAGE' ? ' Name one with --finger.' : '';
    throw new PrintError(error.code, `${file}: ${error.message}${hint}`, { cause: error });
  }
}

/** An error of the command line rather than of a print. */
export function usage(message: string): BenchlinkError {
  return new BenchlinkError('usage', 'USAGE', message);
}

/** Names on stderr what could not be read, and what was read but shows nothing; answers the exit code. */
export function tellProblems(prints: readonly FolderPrint[]): number {
  const broken = prints.filter((print) => print.problem);
  for (const { name, problem } of broken)
    process.stderr.write(`benchlink: ${name}: ${problem!.code}: ${problem!.message}\n`);
  for (const { name, minutiae, problem } of prints) {
    if (!problem && minutiae === 0)
      process.stderr.write(`benchlink: ${name}: no minutiae found; it matches nothing\n`);
  }
  return broken.length > 0 ? EXIT.someFailed : EXIT.done;
}
