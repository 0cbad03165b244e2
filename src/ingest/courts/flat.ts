import type { ExtraField, Problem } from '../../domain/index.ts';
import { brokenCharacters } from '../bytes.ts';
import { headerKey } from '../table.ts';
import type { CourtRow } from './warrant-row.ts';

/** A value of a nested document with the names that lead to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

/** Every text of a JSON value. An object with a `code` is that code, its other members beside it. */
export function leavesOf(value: unknown, path: readonly string[] = [], top = true): Leaf[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [{ path, value: value.join('; ') }];
    return value.flatMap((item, i) => leavesOf(item, [...path, String(i + 1)], false));
  }
  if (typeof value !== 'object') {
    const text = String(value).trim();
    return text === '' ? [] : [{ path, value: text }];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    leavesOf(member, name === 'code' && !top ? path : [...path, name], false),
  );
}

/** Names of containers that say nothing of a column's meaning. */
const CONTAINERS = new Set(
  [
    'warrant',
    'party',
    'defendant',
    'person',
    'name',
    'address',
    'demographics',
    'identifiers',
    'identity',
    'actor',
  ].concat([
    'litigantdetails',
    'arrestdata',
    'personidentifier',
    'count',
    'charge',
    'charges',
    'offense',
    'offenses',
  ]),
);

/** The column a path means: by its whole name, by its last two steps, or without its containers. */
function columnOf(path: readonly string[], index: ReadonlyMap<string, string>): string | undefined {
  const steps = path.map(headerKey);
  const plain = steps.filter((step, i) => i === steps.length - 1 || !CONTAINERS.has(step));
  const [parent = '', last = ''] = steps.slice(-2);
  // `case.caseNumber`: the last step already says all.
  const repeated = parent !== '' && last.startsWith(parent) ? last : '';
  for (const key of [steps.join(''), parent + last, plain.join(''), repeated]) {
    const column = index.get(key);
    if (column) return column;
  }
  return undefined;
}

export interface FlatPlace {
  readonly line: number;
  readonly ordinal: number;
}

/**
 * Lays the leaves of one nested record into the columns a format knows. Two different values for one column are
 * not chosen between; what no column knows is kept.
 */
export function flatRow(
  leaves: readonly Leaf[],
  index: ReadonlyMap<string, string>,
  place: FlatPlace,
): CourtRow {
  const cells = new Map<string, string>();
  const titles = new Map<string, string>();
  const extra: ExtraField[] = [];
  const problems: Problem[] = [];
  for (const { path, value } of leaves) {
    const title = path.join('.');
    const broken = brokenCharacters(value, place.line, title);
    if (broken) problems.push(broken);
    const column = columnOf(path, index);
    const known = column === undefined ? undefined : cells.get(column);
    if (column !== undefined && known === undefined) {
      cells.set(column, value);
      titles.set(column, title);
    } else if (known !== value) {
      extra.push({ path: title, value });
      if (column !== undefined) problems.push(twoValues(column, titles.get(column) ?? '', title, place.line));
    }
  }
  return { ...place, cells, extra, problems, header: (column) => titles.get(column) ?? column };
}

function twoValues(field: string, first: string, second: string, line: number): Problem {
  return {
    code: 'FIELD-FORMAT',
    severity: 'error',
    line,
    sourceField: second,
    message: `"${first}" and "${second}" both mean ${field} and differ; neither is chosen.`,
  };
}

/** Columns a row cannot do without. */
export function requireColumns(row: CourtRow, columns: readonly string[]): CourtRow {
  const missing = columns.filter((column) => !row.cells.has(column));
  const problems = missing.map(
    (column): Problem => ({
      code: 'FIELD-MISSING',
      severity: 'error',
      line: row.line,
      sourceField: column,
      message: `"${column}" is missing; every record needs it.`,
    }),
  );
  return { ...row, problems: [...row.problems, ...problems] };
}
