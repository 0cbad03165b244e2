import { accessSync, constants, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { BenchlinkError } from '../../errors.ts';
import type { DecodeOptions } from '../../match/print/index.ts';

export interface Json {
  readonly json?: boolean;
}

/** What a person may know of files that they do not say themselves. */
export interface ReadOptions {
  readonly finger?: number;
  readonly ppi?: number;
  readonly raw?: { readonly width: number; readonly height: number };
}

/** Threads of this machine: more would only wait for each other and hold memory. */
export const JOBS = availableParallelism();

/** Worker threads for so many pieces of work: as many as asked for, but none without work or without a processor. */
export function threadsFor(jobs: number, pieces: number): number {
  return Math.max(1, Math.min(jobs, pieces, JOBS));
}

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

/** An impression type of fingers (ANSI/NIST-ITL 1-2011, table 7). */
export function impression(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n > 29)
    throw new InvalidArgumentError('wants an ANSI/NIST impression type, 0 to 29');
  return n;
}

/** An agency as ANSI/NIST transactions name it. */
export function ori(text: string): string {
  if (!/^[A-Z0-9]{9}$/.test(text)) throw new InvalidArgumentError('wants an ORI: nine capitals and digits');
  return text;
}

/** A date as ANSI/NIST writes it. */
export function day(text: string): string {
  const iso = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (Number.isNaN(Date.parse(iso)) || iso.length !== 10) throw new InvalidArgumentError('wants YYYYMMDD');
  return text;
}

function resolution(text: string): number {
  const n = Number(text);
  if (!(n >= 100 && n <= 4000)) throw new InvalidArgumentError('wants pixels per inch, 100 to 4000');
  return n;
}

function rawSize(text: string): { readonly width: number; readonly height: number } {
  const found = /^(\d+)x(\d+)$/.exec(text);
  if (!found) throw new InvalidArgumentError('wants WIDTHxHEIGHT in pixels, as 388x374');
  return { width: Number(found[1]), height: Number(found[2]) };
}

/** Adds the options of every command that reads prints. */
export function reading(command: Command): Command {
  return command
    .option('--finger <fgp>', 'finger position of the thumb wanted of a file that holds several', code)
    .option('--ppi <n>', 'resolution, where the file states none or a wrong one', resolution);
}

/** As `reading`, for commands that are given prints one by one. */
export function readingOne(command: Command): Command {
  return reading(command).option(
    '--raw <size>',
    'WIDTHxHEIGHT of a picture without a header: 8-bit grey, row by row',
    rawSize,
  );
}

export function decodeOptions({ finger, ppi, raw }: ReadOptions): DecodeOptions {
  return {
    ...(finger === undefined ? {} : { finger }),
    ...(ppi === undefined ? {} : { ppi }),
    ...(raw === undefined ? {} : { rawDimensions: raw }),
  };
}

/** Stops before hours of work whose result could not be written. */
export function assertWritable(path: string): void {
  const known = statSync(path, { throwIfNoEntry: false });
  if (known?.isDirectory()) throw usage(`${path} is a folder; name the file to write.`);
  accessSync(known ? path : dirname(path), constants.W_OK);
}

/** An error of the command line rather than of a print. */
export function usage(message: string): BenchlinkError {
  return new BenchlinkError('usage', 'USAGE', message);
}
