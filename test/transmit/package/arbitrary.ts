import fc from 'fast-check';
import type { Address, Offence, Person, PersonName, Warrant } from '../../../src/domain/index.ts';
import type {
  Exoneration,
  MessageOrigin,
  PrintDisposition,
  RecordFacts,
} from '../../../src/transmit/package/index.ts';
import { printOf } from './samples.ts';

/** Text as a court may send it: any characters XML can carry, markup included. */
export const text: fc.Arbitrary<string> = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 24 })
  .map((value) => value.replace(/[\u0000-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '').trim())
  .filter((value) => value !== '');

const word = fc.oneof(
  text,
  fc.constantFrom('007', '0x1F', '1e5', 'true', '<a>&amp;', ']]>', "O'Hara", 'José'),
);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));

/** Every property may be absent. */
function maybe<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 });

const personName: fc.Arbitrary<PersonName> = maybe<Required<PersonName>>({
  given: word,
  middle: word,
  surname: word,
  suffix: word,
  full: word,
});

const address: fc.Arbitrary<Address> = maybe<Required<Address>>({
  kind: word,
  number: word,
  street: word,
  unit: word,
  city: word,
  state: word,
  zip: word,
  county: word,
});

const coded = <C extends string>(...codes: C[]) =>
  fc.oneof(fc.record({ raw: word }), fc.record({ raw: word, code: fc.constantFrom(...codes) }));

const offence: fc.Arbitrary<Offence> = maybe<Required<Offence>>({
  count: word,
  ncic: fc.oneof(fc.constantFrom('5015', '5404', '2399'), word),
  statuteCode: word,
  statuteSection: word,
  description: word,
  level: coded('F', 'M', 'I'),
  offenceDate: day,
  chargeCode: word,
  originalOffenceCode: fc.constantFrom('5404', '5499'),
  prosecutionCode: word,
});

const descriptor = (...codes: string[]) => fc.oneof(fc.constantFrom(...codes), word);

export const person: fc.Arbitrary<Person> = fc.record(
  {
    name: personName,
    aliases: list(personName),
    birthDate: day,
    otherBirthDates: list(day),
    birthPlace: descriptor('CA', 'MM'),
    citizenship: descriptor('MM'),
    sex: descriptor('M', 'F', 'Female'),
    race: descriptor('W', 'B', 'white'),
    ethnicity: descriptor('H', 'N'),
    eyes: descriptor('BRO', 'XXX', 'blue'),
    hair: descriptor('BLK', 'SDY'),
    skin: descriptor('MED', 'DRK'),
    heightInches: fc.integer({ min: 0, max: 120 }),
    weightPounds: fc.integer({ min: 0, max: 900 }),
    ids: fc.record(
      {
        ssn: word,
        licence: fc.record(
          { number: word, state: descriptor('CA', 'Nevada'), expiryYear: descriptor('2029', 'NX') },
          { requiredKeys: ['number'] },
        ),
        cii: word,
        fbi: word,
        stateCard: fc.record({ number: word, source: word }, { requiredKeys: ['number'] }),
        mnu: list(fc.oneof(word, fc.constant('PS-123'))),
        local: list(fc.record({ number: word, source: word }, { requiredKeys: ['number'] })),
      },
      { requiredKeys: ['mnu', 'local'] },
    ),
    smt: list(descriptor('SC R HND', 'TAT L ARM')),
    cautions: list(descriptor('A', '00', 'S', '70')),
    addresses: list(address),
    phones: list(word),
  },
  { requiredKeys: ['name', 'aliases', 'otherBirthDates', 'ids', 'smt', 'cautions', 'addresses', 'phones'] },
) as fc.Arbitrary<Person>;

export const warrant: fc.Arbitrary<Warrant> = fc.record(
  {
    number: word,
    oca: word,
    kind: coded('BENCH', 'ARREST', 'OTHER'),
    status: coded('ISSUED'),
    level: coded('F', 'M', 'I'),
    issuedDate: day,
    courtOri: word,
    courtName: word,
    agencyOri: word,
    agencyName: word,
    judge: word,
    jurisdiction: word,
    bail: fc.record(
      {
        kind: coded('CASH_ONLY', 'BONDABLE', 'NO_BAIL', 'OR_CITE'),
        cents: fc.integer({ min: 0, max: 1e12 }),
      },
      { requiredKeys: [] },
    ),
    nightService: fc.boolean(),
    suretyBond: fc.boolean(),
    extradition: fc.record({ limit: descriptor('1', '2', 'D'), pickupRadius: word }, { requiredKeys: [] }),
    entryCategory: word,
    offences: list(offence),
    case: fc.record({ number: word, docket: word, trackingNumber: word }, { requiredKeys: [] }),
    missedAppearance: fc.record({ date: day, courtOri: word, reason: word }, { requiredKeys: [] }),
    origin: fc.record({ tcn: word }, { requiredKeys: [] }),
    person,
    vehicles: list(
      fc.record(
        {
          vin: word,
          year: fc.constantFrom('1999', '2024'),
          make: descriptor('HOND', 'TOYT'),
          model: word,
          style: word,
          colour: word,
          secondColour: word,
          plate: word,
          plateState: word,
          plateType: word,
          plateExpires: word,
        },
        { requiredKeys: [] },
      ),
    ),
    notes: list(fc.record({ category: fc.constantFrom('EXTRADITION', 'Other'), text: word })),
  },
  { requiredKeys: ['status', 'offences', 'case', 'origin', 'person', 'vehicles', 'notes'] },
) as fc.Arbitrary<Warrant>;

const origin = fc.record(
  {
    kind: fc.constantFrom('booking', 'citation'),
    number: word,
    agencyOri: word,
    agencyName: word,
    tcn: word,
    arrestDate: day,
    bookedDate: day,
  },
  { requiredKeys: ['kind', 'number'] },
) as fc.Arbitrary<MessageOrigin>;

const disposition = fc.record(
  {
    verdict: fc.constantFrom('verified', 'found', 'new', 'review', 'unusable', 'none'),
    sentence: word,
    score: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    thresholds: list(fc.record({ name: word, value: fc.double({ min: 1e-12, max: 1e6, noNaN: true }) })),
    algorithm: word,
    cii: word,
    fbi: word,
  },
  { requiredKeys: ['verdict', 'thresholds'] },
) as fc.Arbitrary<PrintDisposition>;

const exoneration = fc.record(
  {
    name: personName,
    birthDate: day,
    number: fc.record({ kind: word, value: word }),
    date: day,
    method: word,
    informant: word,
  },
  { requiredKeys: ['name', 'method'] },
) as fc.Arbitrary<Exoneration>;

const print = fc
  .record({
    size: fc.integer({ min: 0, max: 300 }),
    seed: fc.nat(),
    finger: fc.constantFrom(0, 1, 6, 11, 12),
    impression: fc.constantFrom(0, 1, 2, 3, 29),
  })
  .map(({ size, seed, finger, impression }) => ({ ...printOf(size, seed), finger, impression }));

/** Facts of a record with anything a source may or may not say. */
export const facts: fc.Arbitrary<RecordFacts> = fc.record(
  {
    warrant,
    origin,
    print,
    disposition,
    others: list(warrant),
    exonerations: list(exoneration),
  },
  { requiredKeys: ['warrant', 'disposition', 'others', 'exonerations'] },
) as fc.Arbitrary<RecordFacts>;
