import { isCalendarDate } from '../clock.ts';
import type { Warrant } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';

/** Fields of a warrant a person may correct, by canonical path, and what kind of value each takes. */
const CORRECTABLE: Readonly<Record<string, 'text' | 'date' | 'number' | 'flag' | 'code'>> = {
  number: 'text',
  oca: 'text',
  repositoryId: 'text',
  issuedDate: 'date',
  expirationDate: 'date',
  recallDate: 'date',
  servedDate: 'date',
  statusDate: 'date',
  courtOri: 'text',
  agencyOri: 'text',
  issuingAgencyOri: 'text',
  'status.code': 'code',
  'level.code': 'code',
  'kind.code': 'code',
  'bail.cents': 'number',
  'bail.kind.code': 'code',
  'case.number': 'text',
  'case.docket': 'text',
  'origin.tcn': 'text',
  'origin.bookingNumber': 'text',
  'origin.citationNumber': 'text',
  'origin.arrestDate': 'date',
  'missedAppearance.date': 'date',
  'person.name.surname': 'text',
  'person.name.given': 'text',
  'person.name.middle': 'text',
  'person.name.suffix': 'text',
  'person.birthDate': 'date',
  'person.sex': 'text',
  'person.race': 'text',
  'person.eyes': 'text',
  'person.hair': 'text',
  'person.heightInches': 'number',
  'person.weightPounds': 'number',
  'person.ids.ssn': 'text',
  'person.ids.cii': 'text',
  'person.ids.fbi': 'text',
  'person.ids.licence.number': 'text',
  'person.ids.licence.state': 'text',
  'person.ids.licence.expiryYear': 'text',
  'extradition.limit': 'text',
  sealed: 'flag',
  juvenile: 'flag',
};

const EXPECTED = {
  text: 'a text',
  date: 'a day of the calendar, YYYY-MM-DD',
  number: 'a whole number',
  flag: 'true or false',
  code: 'a code',
} as const;

/** Fields a correction adds to, because a warrant has several of them. */
const ADDED: Readonly<Record<string, (warrant: Warrant, text: string) => Warrant>> = {
  charge: (warrant, text) => ({ ...warrant, offences: [...warrant.offences, { description: text }] }),
  'extradition.note': (warrant, text) => ({
    ...warrant,
    notes: [...warrant.notes, { category: 'Extradition', text }],
  }),
  'person.ids.mnu': (warrant, text) => {
    const { person } = warrant;
    return { ...warrant, person: { ...person, ids: { ...person.ids, mnu: [...person.ids.mnu, text] } } };
  },
};

export const CORRECTABLE_FIELDS: readonly string[] = [...Object.keys(CORRECTABLE), ...Object.keys(ADDED)];

function fits(field: string, value: string | number | boolean): boolean {
  const kind = CORRECTABLE[field];
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'date') return typeof value === 'string' && isCalendarDate(value);
  return typeof value === 'string' && value.trim() !== '';
}

/** A value as it is typed (`50000`, `true`), as what its field takes; an empty one removes the field. */
export function typedValue(field: string, text: string): string | number | boolean | null {
  if (text === '') return null;
  const kind = CORRECTABLE[field];
  if (kind === 'number' && /^\d+$/.test(text)) return Number(text);
  if (kind === 'flag' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

type Json = Readonly<Record<string, unknown>>;

function assign(facts: Json, path: readonly string[], value: unknown): Json {
  const [head, ...rest] = path;
  if (head === undefined) return facts;
  if (rest.length > 0) {
    const inner = (facts[head] ?? (rest[0] === 'code' ? { raw: 'corrected by hand' } : {})) as Json;
    return { ...facts, [head]: assign(inner, rest, value) };
  }
  if (value !== null) return { ...facts, [head]: value };
  const { [head]: _gone, ...others } = facts;
  return others;
}

/**
 * The warrant with one field set, or removed by null.
 * @throws BenchlinkError FIELD-UNKNOWN, FIELD-FORMAT
 */
export function setAt(warrant: Warrant, field: string, value: string | number | boolean | null): Warrant {
  const add = Object.hasOwn(ADDED, field) ? ADDED[field] : undefined;
  if (add) {
    if (typeof value === 'string' && value.trim() !== '') return add(warrant, value);
    throw new BenchlinkError('usage', 'FIELD-FORMAT', `"${field}" adds a text and removes none; give one.`);
  }
  if (!Object.hasOwn(CORRECTABLE, field)) {
    throw new BenchlinkError(
      'usage',
      'FIELD-UNKNOWN',
      `"${field}" is not a field that can be corrected; there are ${CORRECTABLE_FIELDS.join(', ')}.`,
    );
  }
  if (value !== null && !fits(field, value)) {
    throw new BenchlinkError(
      'usage',
      'FIELD-FORMAT',
      `The value for ${field} is not ${EXPECTED[CORRECTABLE[field]!]}.`,
    );
  }
  return assign(warrant as unknown as Json, field.split('.'), value) as unknown as Warrant;
}
