import type { RecordTable } from '../table/record-table.ts';
import { decodeIdentifier } from '../text/codes.ts';

const shownDate = (packed: number): string =>
  packed === 0 ? '' : String(packed).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

const shownNumber = (value: number, unit: string): string => (value === 0 ? '' : `${value} ${unit}`);

function shownIdentifier(code: number): string {
  return code < 0 ? '(long number)' : decodeIdentifier(code);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function shownEvent(table: RecordTable, row: number): string {
  const dates = [
    ['arrest', table.arrest.at(row)],
    ['offence', table.offense.at(row)],
    ['citation', table.citation.at(row)],
  ] as const;
  return dates
    .filter(([, date]) => date !== 0)
    .map(([name, date]) => `${name} ${shownDate(date)}`)
    .join(', ');
}

/** What a row holds for a field, as it was normalised for comparing. */
export function shownValue(table: RecordTable, row: number, field: string): string {
  const word = (column: { at(row: number): number }) => table.words.text(column.at(row));
  const shown: Readonly<Record<string, () => string>> = {
    naming: () => joined(word(table.given), word(table.surname)),
    given: () => word(table.given),
    surname: () => word(table.surname),
    middle: () => word(table.middle),
    suffix: () => word(table.suffix),
    dob: () => shownDate(table.dob.at(row)),
    sex: () => word(table.sex),
    race: () => word(table.race),
    height: () => shownNumber(table.height.at(row), 'in'),
    weight: () => shownNumber(table.weight.at(row), 'lb'),
    ssn: () => shownIdentifier(table.ssn.at(row)),
    oln: () => joined(shownIdentifier(table.oln.at(row)), word(table.olnState)),
    cii: () => shownIdentifier(table.cii.at(row)),
    fbi: () => shownIdentifier(table.fbi.at(row)),
    phone: () => shownIdentifier(table.phone.at(row)),
    address: () => joined(word(table.house), word(table.street), word(table.city), word(table.zip)),
    place: () => joined(word(table.city), word(table.state), word(table.zip)),
    event: () => shownEvent(table, row),
    sequence: () => shownEvent(table, row),
    agency: () => word(table.agency),
    charge: () => word(table.charge),
  };
  const other = field.startsWith('other:') ? table.other.get(field.slice('other:'.length)) : undefined;
  return other === undefined ? (shown[field]?.() ?? '') : word(other);
}

/** First letter and length: enough to see that values differ, not enough to know whose they are. */
export function mask(value: string): string {
  return value.length <= 1 ? '·'.repeat(value.length) : `${value[0]}${'·'.repeat(value.length - 1)}`;
}
