import type { LinkNames, LinkRecord } from '../record.ts';
import { encodeIdentifier, identifierText } from '../text/codes.ts';
import { packedDate } from '../text/dates.ts';
import { splitStreet } from '../text/street.ts';
import { givenOf, meaningful, suffixOf, surnameOf } from '../text/words.ts';
import { CodeColumn, IntColumn } from './growable.ts';
import type { WordBook } from './word-book.ts';

/** A name in word numbers. */
export interface NumberedName {
  readonly given: number;
  readonly middle: number;
  readonly surname: number;
  readonly suffix: number;
}

/** Least characters an identifier needs to say anything. */
const SHORTEST = { ssn: 4, oln: 4, cii: 5, fbi: 4, phone: 7 } as const;

function wholeNumber(value: number | string | undefined): number {
  const number = typeof value === 'number' ? value : Number.parseInt(value ?? '', 10);
  return Number.isFinite(number) && number > 0 ? Math.round(number) : 0;
}

/** `601`, `6'01"`, `6-1` or plain inches, in inches; 0 where it is no height of a grown person. */
function inches(value: number | string | undefined): number {
  const feet = /^([4-7])(?:'|-|ft\.? ?)?(0\d|1[01]|\d)"?$/.exec(String(value ?? '').trim());
  const total =
    feet !== null && !/^\d{2}$/.test(String(value))
      ? Number(feet[1]) * 12 + Number(feet[2])
      : wholeNumber(value);
  return total >= 36 && total <= 96 ? total : 0;
}

/**
 * Records as columns of numbers: about 130 bytes a row, so a million bookings stay near 130 MB. Words are numbered
 * in a book shared by every table that is compared with this one.
 */
export class RecordTable {
  readonly words: WordBook;
  readonly ids: string[] = [];
  readonly aliases = new Map<number, readonly NumberedName[]>();
  readonly other = new Map<string, IntColumn>();
  readonly given = new IntColumn();
  readonly middle = new IntColumn();
  readonly surname = new IntColumn();
  readonly suffix = new IntColumn();
  readonly dob = new IntColumn();
  readonly sex = new IntColumn();
  readonly race = new IntColumn();
  readonly height = new IntColumn();
  readonly weight = new IntColumn();
  readonly house = new IntColumn();
  readonly street = new IntColumn();
  readonly city = new IntColumn();
  readonly state = new IntColumn();
  readonly zip = new IntColumn();
  readonly olnState = new IntColumn();
  readonly agency = new IntColumn();
  readonly charge = new IntColumn();
  readonly arrest = new IntColumn();
  readonly offense = new IntColumn();
  readonly citation = new IntColumn();
  readonly ssn = new CodeColumn();
  readonly oln = new CodeColumn();
  readonly cii = new CodeColumn();
  readonly fbi = new CodeColumn();
  readonly phone = new CodeColumn();

  constructor(words: WordBook) {
    this.words = words;
  }

  get size(): number {
    return this.ids.length;
  }

  /** Adds a record and gives its row. */
  add(record: LinkRecord): number {
    const row = this.ids.length;
    this.put(row, record);
    return row;
  }

  /** Writes a record into a row, over whatever stood there. */
  put(row: number, record: LinkRecord): void {
    this.ids[row] = record.id;
    this.putNames(row, record);
    this.putPerson(row, record);
    this.putAddress(row, record);
    this.arrest.set(row, packedDate(record.arrestDate));
    this.offense.set(row, packedDate(record.offenseDate));
    this.citation.set(row, packedDate(record.citationDate));
    this.agency.set(row, this.words.number(identifierText(record.agency)));
    this.charge.set(row, this.words.number(sectionOf(record.charge)));
    for (const column of this.other.values()) column.set(row, 0);
    for (const [name, value] of Object.entries(record.other ?? {})) {
      this.otherColumn(name).set(row, this.words.number(meaningful(value)));
    }
  }

  otherColumn(name: string): IntColumn {
    let column = this.other.get(name);
    if (column === undefined) {
      column = new IntColumn();
      this.other.set(name, column);
    }
    return column;
  }

  /** The name a row goes by in its own columns. */
  nameAt(row: number): NumberedName {
    return {
      given: this.given.at(row),
      middle: this.middle.at(row),
      surname: this.surname.at(row),
      suffix: this.suffix.at(row),
    };
  }

  private numbered(names: LinkNames): NumberedName {
    const { name, suffix } = surnameOf(names.surname);
    return {
      given: this.words.number(givenOf(names.given)),
      middle: this.words.number(givenOf(names.middle)),
      surname: this.words.number(name),
      suffix: this.words.number(suffixOf(names.suffix) || suffix),
    };
  }

  private putNames(row: number, record: LinkRecord): void {
    const name = this.numbered(record);
    this.given.set(row, name.given);
    this.middle.set(row, name.middle);
    this.surname.set(row, name.surname);
    this.suffix.set(row, name.suffix);
    this.aliases.delete(row);
    const aliases = (record.aliases ?? [])
      .map((alias) => this.numbered(alias))
      .filter((a) => a.given + a.surname > 0);
    if (aliases.length > 0) this.aliases.set(row, aliases);
  }

  private putPerson(row: number, record: LinkRecord): void {
    this.dob.set(row, packedDate(record.dob));
    this.sex.set(row, this.words.number(sexOf(record.sex)));
    this.race.set(row, this.words.number(meaningful(record.race)));
    this.height.set(row, inches(record.heightInches));
    this.weight.set(row, wholeNumber(record.weightPounds));
    this.ssn.set(row, encodeIdentifier(record.ssn, SHORTEST.ssn));
    this.oln.set(row, encodeIdentifier(record.oln, SHORTEST.oln));
    this.olnState.set(row, this.words.number(meaningful(record.olnState)));
    this.cii.set(row, encodeIdentifier(record.cii, SHORTEST.cii));
    this.fbi.set(row, encodeIdentifier(record.fbi, SHORTEST.fbi));
    this.phone.set(
      row,
      encodeIdentifier(record.phone?.replace(/^\+?1?[^\d]*(?=\d{3}\D*\d{3}\D*\d{4}$)/, ''), SHORTEST.phone),
    );
  }

  private putAddress(row: number, record: LinkRecord): void {
    const { house, street } = splitStreet(record.street);
    this.house.set(row, this.words.number(house));
    this.street.set(row, this.words.number(street));
    this.city.set(row, this.words.number(meaningful(record.city)));
    this.state.set(row, this.words.number(meaningful(record.state)));
    const zip = identifierText(record.zip);
    this.zip.set(
      row,
      this.words.number(/^\d{9}$/.test(zip) ? zip.slice(0, 5) : /^(.)\1*$/.test(zip) ? '' : zip),
    );
  }
}

/** The section of a statute, `23152` of `VC 23152(a)`, or the words of a charge that names none. */
function sectionOf(text: string | undefined): string {
  return /\d{2,}(?:\.\d+)?/.exec(text ?? '')?.[0] ?? meaningful(text);
}

/** `M`, `F`, or whatever else was written; unknown says nothing. */
function sexOf(text: string | undefined): string {
  const plain = meaningful(text);
  if (/^(?:M|MALE|MAN|1)$/.test(plain)) return 'M';
  if (/^(?:F|FEMALE|WOMAN|2)$/.test(plain)) return 'F';
  return plain === 'U' || plain === 'X' ? '' : plain;
}
