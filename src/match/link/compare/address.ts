import type { RecordTable } from '../table/record-table.ts';
import { type NameLevels, TEXT } from './names.ts';

/** Levels of agreement of a street address, best first. */
export const ADDRESS = {
  house: 1,
  houseArea: 2,
  streetArea: 3,
  street: 4,
  zip: 5,
  city: 6,
  other: 7,
} as const;
/** Levels where one side has no street, best first. */
export const PLACE = { zip: 1, city: 2, state: 3, other: 4 } as const;

/** Both have a street: one field, because street, postcode and town agree or differ together. */
export function addressLevel(
  a: RecordTable,
  i: number,
  b: RecordTable,
  j: number,
  names: NameLevels,
): number {
  const street = names.text(a.street.at(i), b.street.at(j));
  if (street === 0) return 0;
  const zip = a.zip.at(i) !== 0 && a.zip.at(i) === b.zip.at(j);
  const city = names.text(a.city.at(i), b.city.at(j));
  const area = zip || (city !== 0 && city <= TEXT.close);
  const house = a.house.at(i) !== 0 && a.house.at(i) === b.house.at(j);
  if (street <= TEXT.close) return house ? ADDRESS.house : area ? ADDRESS.streetArea : ADDRESS.street;
  if (house && area) return ADDRESS.houseArea;
  return zip ? ADDRESS.zip : area ? ADDRESS.city : ADDRESS.other;
}

/** One side has no street: what is left of the address. */
export function placeLevel(a: RecordTable, i: number, b: RecordTable, j: number, names: NameLevels): number {
  if (a.street.at(i) !== 0 && b.street.at(j) !== 0) return 0;
  const [zipA, zipB] = [a.zip.at(i), b.zip.at(j)];
  if (zipA !== 0 && zipA === zipB) return PLACE.zip;
  const city = names.text(a.city.at(i), b.city.at(j));
  if (city !== 0 && city <= TEXT.close) return PLACE.city;
  const [stateA, stateB] = [a.state.at(i), b.state.at(j)];
  const comparable = (zipA !== 0 && zipB !== 0) || city !== 0 || (stateA !== 0 && stateB !== 0);
  if (!comparable) return 0;
  return stateA !== 0 && stateA === stateB ? PLACE.state : PLACE.other;
}
