import { headerIndex } from '../table.ts';
import { type FlatPlace, flatRow, type Leaf, leavesOf, requireColumns } from './flat.ts';
import { eachOnce, joinCharge } from './join-charge.ts';
import { WARRANT_COLUMNS } from './warrant-columns.ts';
import { type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

export type Json = Readonly<Record<string, unknown>>;

const CHARGE_LISTS = ['charges', 'offenses', 'offences', 'counts'];
const ALIAS_LISTS = ['aliases', 'aka', 'alternateNames'];

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NAME_PARTS = ['last_name', 'first_name', 'middle_name'];

/** The texts of an alias that came in parts, by the columns they mean. */
function partsOf(alias: Json): Map<string, string> {
  const index = headerIndex(WARRANT_COLUMNS);
  return new Map(
    leavesOf(alias).map(({ path, value }) => {
      const name = path.join('').toLowerCase();
      return [index.get(name) ?? name, value];
    }),
  );
}

/** `SURNAME, GIVEN MIDDLE` of an alias, or its whole name; nothing where a list of names would cut it in two. */
function aliasText(alias: unknown): string[] {
  if (!isJson(alias)) return [String(alias)];
  const parts = partsOf(alias);
  const given = [parts.get('first_name'), parts.get('middle_name')].filter(Boolean).join(' ');
  const last = parts.get('last_name');
  const whole = parts.get('full_name') ?? (last === undefined ? given : `${last}, ${given}`);
  return whole === '' || whole.includes(';') ? [] : [whole];
}

/** Whether the text of an alias says all of it; what does not is kept beside the record as it came. */
function isCarried(alias: unknown): boolean {
  if (!isJson(alias)) return true;
  const columns = [...partsOf(alias).keys()];
  const isWhole = columns.length === 1 && columns[0] === 'full_name';
  return aliasText(alias).length === 1 && (isWhole || columns.every((column) => NAME_PARTS.includes(column)));
}

/** The charge objects of a record (at the top or one step down), and everything else of it. */
function partCharges(record: Json): { charges: readonly unknown[]; rest: Json } {
  const rest: Record<string, unknown> = {};
  let charges: readonly unknown[] = [];
  for (const [name, member] of Object.entries(record)) {
    if (CHARGE_LISTS.includes(name) && Array.isArray(member)) charges = member;
    else if (ALIAS_LISTS.includes(name) && Array.isArray(member)) {
      rest[name] = member.flatMap(aliasText);
      const kept = member.filter((alias) => !isCarried(alias));
      if (kept.length > 0) rest[`${name} as given`] = kept;
    } else if (isJson(member)) {
      const inner = partCharges(member);
      rest[name] = inner.rest;
      charges = inner.charges.length > 0 ? inner.charges : charges;
    } else rest[name] = member;
  }
  return { charges, rest };
}

/** Rows of one nested warrant: one for each charge, joined again after reading. */
export function readNestedWarrant(
  record: Json,
  place: FlatPlace,
  court: RowCourt,
  required: readonly string[],
): ReadRecord {
  const index = headerIndex(WARRANT_COLUMNS, court.context.options);
  const { charges, rest } = partCharges(record);
  const shared = leavesOf(rest);
  const read = (charge: readonly Leaf[]) =>
    readWarrantRow(requireColumns(flatRow([...shared, ...charge], index, place), required), court);
  const [first, ...more] = charges.map((charge) => leavesOf(charge, ['charge']));
  let joined = read(first ?? []);
  for (const [i, charge] of more.entries()) {
    const given = charge.map(({ path, value }) => ({
      path: [path[0], i + 2, ...path.slice(1)].join('.'),
      value,
    }));
    joined = joinCharge(joined, read(charge), given);
  }
  return { ...joined, record: { ...joined.record, extra: eachOnce(joined.record.extra) } };
}
