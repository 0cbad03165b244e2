import { joinProblems } from '../problems.ts';
import { headerIndex } from '../table.ts';
import { type FlatPlace, flatRow, type Leaf, leavesOf, requireColumns } from './flat.ts';
import { WARRANT_COLUMNS } from './warrant-columns.ts';
import { joinCharges, type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

type Json = Readonly<Record<string, unknown>>;

const CHARGE_LISTS = ['charges', 'offenses', 'offences', 'counts'];
const ALIAS_LISTS = ['aliases', 'aka', 'alternateNames'];

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `SURNAME, GIVEN MIDDLE` of an alias that came in parts. */
function aliasText(alias: unknown): string {
  if (!isJson(alias)) return String(alias);
  const texts = new Map(
    leavesOf(alias).map(({ path, value }) => [
      headerIndex(WARRANT_COLUMNS).get(path.join('').toLowerCase()),
      value,
    ]),
  );
  const given = [texts.get('first_name'), texts.get('middle_name')].filter(Boolean).join(' ');
  return `${texts.get('last_name') ?? ''}, ${given}`;
}

/** The charge objects of a record (at the top or one step down), and everything else of it. */
function partCharges(record: Json): { charges: readonly unknown[]; rest: Json } {
  const rest: Record<string, unknown> = {};
  let charges: readonly unknown[] = [];
  for (const [name, member] of Object.entries(record)) {
    if (CHARGE_LISTS.includes(name) && Array.isArray(member)) charges = member;
    else if (ALIAS_LISTS.includes(name) && Array.isArray(member)) rest[name] = member.map(aliasText);
    else if (isJson(member)) {
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
  for (const charge of more) joined = joinOnce(joined, read(charge));
  return joined;
}

/** Joins a further charge of the same document; its shared problems and extras are there already. */
function joinOnce(first: ReadRecord, next: ReadRecord): ReadRecord {
  const { record } = joinCharges(first, next) ?? first;
  const extra = [...new Map(record.extra.map((item) => [JSON.stringify(item), item])).values()];
  return { record: { ...record, extra }, problems: joinProblems(first.problems, next.problems) };
}
