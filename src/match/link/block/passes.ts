import { AT, type FieldName } from '../compare/fields.ts';
import { PREFIX_LETTERS } from '../parameters.ts';
import type { NumberedName, RecordTable } from '../table/record-table.ts';

/** Takes one key of a row; equal keys fall in one bucket. */
export type Emit = (key: number) => void;

/** One way of finding pairs: rows that share a key are compared. */
export interface BlockingPass {
  readonly name: string;
  /** Fields whose agreement the key presumes; training never learns them from this pass. */
  readonly uses: readonly FieldName[];
  /** The finest pass of its kind: passing over one of its buckets may lose a true pair, and is reported. */
  readonly finest?: boolean;
  keys(table: RecordTable, row: number, emit: Emit): void;
}

/** Mixes numbers into a 32-bit key (Murmur3's multipliers). */
export function mixed(a: number, b = 0, c = 0): number {
  let hash = Math.imul(a | 0, 0xcc9e2d51) ^ Math.imul(Math.floor(a / 4_294_967_296), 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x1b873593) ^ Math.imul(c, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Every name a row goes by. */
function namesOf(table: RecordTable, row: number): readonly NumberedName[] {
  const aliases = table.aliases.get(row);
  return aliases === undefined ? [table.nameAt(row)] : [table.nameAt(row), ...aliases];
}

/** The words of a name and the name as a whole, as sounds; few are compound. */
function sounds(table: RecordTable, word: number): readonly number[] {
  if (word === 0) return [];
  const { sound, parts } = table.words.of(word);
  if (parts.length === 0) return sound === 0 ? [] : [sound];
  return [sound, ...parts.map((part) => table.words.of(part).sound)].filter((s) => s !== 0);
}

function prefix(table: RecordTable, word: number): number {
  const text = table.words.text(word);
  let packed = 0;
  for (let i = 0; i < PREFIX_LETTERS; i += 1)
    packed = packed * 65_536 + (i < text.length ? text.charCodeAt(i) : 0);
  return packed;
}

const year = (date: number): number => Math.floor(date / 10_000);
const month = (date: number): number => Math.floor(date / 100) % 100;
/** Month and day in either order: the same key for a date and its swapped twin. */
const eitherOrder = (date: number): number => {
  const [m, d] = [month(date), date % 100];
  return m < d ? m * 100 + d : d * 100 + m;
};

/** Emits a key for each sound of given name and surname (so that a swapped pair meets) with `extra`. */
function eachName(table: RecordTable, row: number, extra: number, emit: Emit): void {
  for (const name of namesOf(table, row)) {
    for (const sound of sounds(table, name.surname)) emit(mixed(sound, extra));
    for (const sound of sounds(table, name.given)) emit(mixed(sound, extra));
  }
}

function eachPair(table: RecordTable, row: number, extra: number, emit: Emit): void {
  for (const name of namesOf(table, row)) {
    for (const s of sounds(table, name.surname)) {
      for (const g of sounds(table, name.given)) emit(mixed(Math.min(s, g), Math.max(s, g), extra));
    }
  }
}

function identifier(name: 'ssn' | 'oln' | 'cii' | 'fbi' | 'phone'): BlockingPass {
  return {
    name,
    uses: [name],
    keys: (table, row, emit) => {
      const code = table[name].at(row);
      if (code !== 0) emit(mixed(code));
    },
  };
}

/** The fixed passes: each survives fields the others need. */
export const PASSES: readonly BlockingPass[] = [
  ...(['ssn', 'oln', 'cii', 'fbi', 'phone'] as const).map(identifier),
  {
    name: 'birth date and a name',
    uses: ['dob', 'given', 'surname', 'naming'],
    finest: true,
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0) eachName(table, row, mixed(year(dob), eitherOrder(dob)), emit);
    },
  },
  {
    name: 'birth date',
    uses: ['dob'],
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0 && dob % 10_000 !== 101) emit(mixed(year(dob), eitherOrder(dob)));
    },
  },
  {
    name: 'both names',
    uses: ['given', 'surname', 'naming'],
    keys: (table, row, emit) => eachPair(table, row, 0, emit),
  },
  {
    name: 'both names and birth year',
    uses: ['given', 'surname', 'naming', 'dob'],
    finest: true,
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0) eachPair(table, row, year(dob), emit);
    },
  },
  {
    name: 'both names and birthday',
    uses: ['given', 'surname', 'naming', 'dob'],
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0) eachPair(table, row, 10_000 + eitherOrder(dob), emit);
    },
  },
  {
    name: 'a name and birth month',
    uses: ['given', 'surname', 'naming', 'dob'],
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0) eachName(table, row, year(dob) * 100 + month(dob), emit);
    },
  },
  {
    name: 'a name and birthday',
    uses: ['given', 'surname', 'naming', 'dob'],
    keys: (table, row, emit) => {
      const dob = table.dob.at(row);
      if (dob !== 0 && dob % 10_000 !== 101) eachName(table, row, 20_000 + eitherOrder(dob), emit);
    },
  },
  {
    name: 'beginnings of both names',
    uses: ['given', 'surname', 'naming'],
    keys: (table, row, emit) => {
      for (const { given, surname } of namesOf(table, row)) {
        if (given === 0 || surname === 0) continue;
        const [a, b] = [prefix(table, given), prefix(table, surname)];
        emit(mixed(Math.min(a, b), Math.max(a, b)));
      }
    },
  },
  {
    name: 'a name and postcode',
    uses: ['given', 'surname', 'naming', 'address', 'place'],
    keys: (table, row, emit) => {
      const zip = table.words.key(table.zip.at(row));
      if (zip !== 0) eachName(table, row, zip, emit);
    },
  },
  {
    name: 'house and street',
    uses: ['address'],
    keys: (table, row, emit) => {
      const [house, street] = [table.words.key(table.house.at(row)), table.words.key(table.street.at(row))];
      if (house !== 0 && street !== 0) emit(mixed(house, street));
    },
  },
];

/** A pass on a further column. */
export function otherPass(name: string): BlockingPass {
  return {
    name: `other:${name}`,
    uses: [],
    keys: (table, row, emit) => {
      const value = table.words.key(table.other.get(name)?.at(row) ?? 0);
      if (value !== 0) emit(mixed(value));
    },
  };
}

/** Places in the comparison vector that a pass presumes. */
export function presumedBy(
  pass: BlockingPass,
  fields: readonly { readonly name: string }[],
): readonly number[] {
  const fixed = pass.uses.map((name) => AT[name]);
  const own = fields.findIndex((field) => field.name === pass.name && field.name.startsWith('other:'));
  return own < 0 ? fixed : [...fixed, own];
}
