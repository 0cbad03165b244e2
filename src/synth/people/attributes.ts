import type { Random } from '../random.ts';
import { FEMALE_GIVEN, MALE_GIVEN, RARE_SURNAMES, rareSurname, SURNAMES } from './names.ts';
import * as P from './parameters.ts';
import type { SynthAddress } from './person.ts';

const CITIES: readonly (readonly [name: string, zip: number, weight: number])[] = [
  ['Alder Falls', 96101, 30],
  ['Mesa Verde Heights', 96110, 18],
  ['Port Calloway', 96120, 12],
  ['Santa Elvira', 96130, 10],
  ['Rio Quieto', 96140, 8],
  ['Fort Dunmore', 96150, 6],
  ['Live Oak Bend', 96155, 5],
  ['Los Arcos', 96160, 4],
  ['Tamarack', 96165, 3],
  ['Cinder Springs', 96170, 2],
];
const STREETS =
  'Oak Maple Cedar Pine Elm Walnut Willow Alder Birch Main First Second Third Fourth Fifth Sixth Park Lake Hill River Mission Vista Sierra Laurel Magnolia Orchard Canyon Valley Sunset Foothill Juniper Sycamore Poplar Chestnut Franklin Jefferson Harbor Station Mill Church School Center Broadway Colorado Ventura Sonora Mariposa Paloma Encina Robles'.split(
    ' ',
  );
const KINDS = ['St', 'Ave', 'Dr', 'Rd', 'Ln', 'Ct', 'Way', 'Blvd'];
const RACES = ['W', 'B', 'A', 'I', 'U'];
const EYES = ['BRO', 'BLU', 'GRN', 'HAZ', 'BLK'];
const HAIR = ['BRO', 'BLK', 'BLN', 'RED', 'GRY', 'BLD'];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A rank in 0..size-1 by Zipf's law, through the inverse of the continuous distribution. */
function zipfRank(random: Random, size: number): number {
  const power = 1 - P.ZIPF_EXPONENT;
  const x = (random.next() * (size ** power - 1) + 1) ** (1 / power);
  return Math.min(size - 1, Math.floor(x) - 1);
}

const padded = (n: number, width: number): string => String(n).padStart(width, '0');

/** A given name for the sex. */
export function drawGiven(random: Random, sex: 'M' | 'F'): string {
  const stock = sex === 'M' ? MALE_GIVEN : FEMALE_GIVEN;
  return stock[zipfRank(random, stock.length)] as string;
}

/** A surname, common or rare, sometimes two. */
export function drawSurname(random: Random): string {
  if (random.chance(P.RARE_SURNAME_SHARE)) return rareSurname(random.int(0, RARE_SURNAMES - 1));
  const first = SURNAMES[zipfRank(random, SURNAMES.length)] as string;
  if (!random.chance(P.DOUBLE_SURNAME_SHARE)) return first;
  return `${first}${random.chance(0.5) ? '-' : ' '}${SURNAMES[zipfRank(random, SURNAMES.length)]}`;
}

/** An ISO birth date; a few stand at 1 January because nobody knew better. */
export function drawBirthDate(random: Random): string {
  const year = random.int(P.BIRTH_YEARS.first, P.BIRTH_YEARS.last);
  if (random.chance(P.UNKNOWN_BIRTHDAY_SHARE)) return `${year}-01-01`;
  return dateFromDays(Date.UTC(year, 0, 1) / 86_400_000 + random.int(0, 364));
}

/** ISO date of a day number (days since 1970-01-01). */
export function dateFromDays(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** Day number (days since 1970-01-01) of an ISO date. */
export function daysFromDate(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

export function drawAddress(random: Random): SynthAddress {
  const [city, zip] = CITIES[random.weighted(CITIES.map((c) => c[2]))] as (typeof CITIES)[number];
  const street = `${random.int(1, 9899)} ${random.pick(STREETS)} ${random.pick(KINDS)}`;
  return { street, city, state: 'CA', zip: String(zip + random.int(0, 4)) };
}

export function drawPhone(random: Random): string {
  return `${random.pick(['213', '310', '415', '510', '559', '619', '707', '805', '909', '916'])}555${padded(random.int(0, 9999), 4)}`;
}

/** Build and colouring; height in inches, weight in pounds. */
export function drawLooks(random: Random, sex: 'M' | 'F') {
  const heightInches = Math.round(random.normal(sex === 'M' ? 69 : 64, 2.8));
  const weightPounds = Math.max(90, Math.round(random.normal(sex === 'M' ? 185 : 155, 32)));
  return {
    heightInches,
    weightPounds,
    race: RACES[random.weighted([62, 20, 12, 2, 4])] as string,
    eye: EYES[random.weighted([65, 14, 8, 10, 3])] as string,
    hair: HAIR[random.weighted([45, 35, 9, 3, 5, 3])] as string,
  };
}

/** Numbers a person carries, unique to the serial number `n`; the areas used are never issued. */
export function drawNumbers(random: Random, n: number) {
  const scattered = (n * 7_368_787 + 1_234_567) % 100_000_000; // a permutation of eight digits: 7,368,787 is odd and no multiple of 5
  const foreign = random.chance(P.FOREIGN_LICENCE_SHARE);
  const letter = LETTERS[Math.floor(scattered / 10_000_000)] as string;
  const other = LETTERS[random.int(0, 25)] as string;
  return {
    ssn: `9${padded(scattered, 8)}`,
    oln: `${letter}${padded(scattered % 10_000_000, 7)}`,
    olnState: foreign ? random.pick(['NV', 'AZ', 'OR', 'TX']) : 'CA',
    cii: `A${padded((scattered * 3 + 17) % 100_000_000, 8)}`,
    ...(random.chance(P.FBI_SHARE)
      ? { fbi: `${padded((scattered * 7 + 3) % 1_000_000, 6)}${other}${LETTERS[n % 26]}${n % 10}` }
      : {}),
  };
}
