import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Comparer, type Comparison } from '../../../src/match/link/compare/comparer.ts';
import { AT, FIELDS, type FieldName } from '../../../src/match/link/compare/fields.ts';
import {
  type LinkFiles,
  type LinkRecord,
  openFiles,
  parseColumns,
  readRecords,
} from '../../../src/match/link/index.ts';
import { RecordTable } from '../../../src/match/link/table/record-table.ts';
import { WordBook } from '../../../src/match/link/table/word-book.ts';

/** Datasets that lie beside the project on some machines only. */
const SHARED = fileURLToPath(new URL('../../../../shared/linkage/', import.meta.url));

export const sharedFile = (name: string): string => `${SHARED}${name}`;
export const hasShared = existsSync(SHARED);

/** Compares two records and names the level of each field that could be compared. */
export function levelsOf(a: Partial<LinkRecord>, b: Partial<LinkRecord>): Partial<Record<FieldName, string>> {
  const words = new WordBook();
  const [left, right] = [new RecordTable(words), new RecordTable(words)];
  left.add({ id: 'a', ...a });
  right.add({ id: 'b', ...b });
  const comparer = new Comparer(words);
  return named(comparer.compare(left, 0, right, 0, comparer.blank()));
}

function named({ levels }: Comparison): Partial<Record<FieldName, string>> {
  const fields = (Object.keys(AT) as FieldName[]).filter((name) => levels[AT[name]] !== 0);
  return Object.fromEntries(
    fields.map((name) => [name, FIELDS[AT[name]]?.levels[(levels[AT[name]] ?? 0) - 1]]),
  );
}

/** Opens one or two Febrl files by a map of columns. */
export function openShared(columns: string, a: string, b?: string): Promise<LinkFiles> {
  const map = parseColumns(columns);
  const read = (name: string) => readRecords(createReadStream(sharedFile(name)), name, map);
  return b === undefined ? openFiles(read(a)) : openFiles(read(a), read(b));
}

/** The entity of a Febrl id: `rec-12-dup-0` and `rec-12-org` are one. */
export const entityOf = (id: string): string => id.split('-')[1] ?? id;
