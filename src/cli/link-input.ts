import { createReadStream, readFileSync } from 'node:fs';
import { BenchlinkError, errorText } from '../errors.ts';
import { type LinkRecord, parseColumns, readRecords } from '../match/link/index.ts';

/** People in the synthetic county a model is learned from, and in the one thresholds are shown on. */
export const SYNTHETIC_PEOPLE = { train: 40_000, thresholds: 20_000 } as const;

/** @throws BenchlinkError `LINK_FILE_UNREADABLE` */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BenchlinkError(
      'usage',
      'LINK_FILE_UNREADABLE',
      `${file} cannot be read as JSON: ${errorText(error)}`,
    );
  }
}

/** What a person should know of their files goes to stderr. */
export const notice = (text: string): void => void process.stderr.write(`benchlink: ${text}\n`);

/** Records of a CSV file, with a plain word where it cannot be read. */
export async function* recordsOf(file: string, columns: string): AsyncGenerator<LinkRecord> {
  try {
    yield* readRecords(createReadStream(file), file, parseColumns(columns), notice);
  } catch (error) {
    if (error instanceof BenchlinkError) throw error;
    throw new BenchlinkError('usage', 'LINK_FILE_UNREADABLE', `${file} cannot be read: ${errorText(error)}`);
  }
}

/** Six digits are more than any file can teach. */
export function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
