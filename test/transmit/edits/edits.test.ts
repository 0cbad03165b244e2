import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person, Problem, Warrant } from '../../../src/domain/index.ts';
import { checkEdits, DEFAULT_RULES, type EditRules, NCIC_RULES } from '../../../src/transmit/edits.ts';
import type { RecordFacts, WarrantMessage } from '../../../src/transmit/package/index.ts';
import { facts } from '../package/arbitrary.ts';
import { FACTS, HEADER, PERSON, RECORD, WARRANT } from '../package/samples.ts';

const TODAY = '2026-01-15';

/** A warrant that every rule lets pass. */
const CLEAN: Warrant = {
  ...WARRANT,
  person: {
    ...PERSON,
    smt: ['SC R HND'],
    cautions: ['A'],
    hair: 'BLK',
    ids: { ...PERSON.ids, mnu: ['PS-123456', 'OA-00077'] },
  },
};

function enter(warrant: Warrant, more: Partial<RecordFacts> = {}): WarrantMessage {
  return { ...HEADER, kind: 'enter', facts: { ...FACTS, warrant, ...more } };
}

function checkOf(warrant: Warrant, rules: EditRules = DEFAULT_RULES, today = TODAY): readonly Problem[] {
  return checkEdits(enter(warrant), rules, today);
}

const coded = (problems: readonly Problem[], severity: Problem['severity'] = 'error') =>
  problems.filter((problem) => problem.severity === severity).map((problem) => problem.code);

const withPerson = (person: Partial<Person>): Warrant => ({
  ...CLEAN,
  person: { ...CLEAN.person, ...person },
});
const withIds = (ids: Partial<Person['ids']>): Warrant =>
  withPerson({ ids: { ...CLEAN.person.ids, ...ids } });
const without = (...keys: (keyof Person)[]): Warrant =>
  withPerson(Object.fromEntries(keys.map((key) => [key, undefined])) as Partial<Person>);
const drop = (...keys: (keyof Warrant)[]): Warrant =>
  ({ ...CLEAN, ...Object.fromEntries(keys.map((key) => [key, undefined])) }) as Warrant;
const vehicle = (more: object): Warrant => ({ ...CLEAN, vehicles: [more] });
const FELONY: Warrant = { ...CLEAN, level: { code: 'F', raw: 'F' }, extradition: { limit: '4' } };

describe('A clean warrant', () => {
  it('passes every edit without a word', () => {
    expect(checkOf(CLEAN)).toEqual([]);
  });

  it('passes as a felony that goes on to NCIC', () => {
    expect(checkOf(FELONY)).toEqual([]);
  });
});

describe('A felony without an extradition code', () => {
  it('is sent to the department, which enters it as non-extraditable, but not to NCIC itself', () => {
    expect(checkOf({ ...FELONY, extradition: {} }).filter((p) => p.severity === 'error')).toEqual([]);
    expect(coded(checkOf({ ...FELONY, extradition: {} }, NCIC_RULES))).toContain('EDT-FIELD');
  });
});

describe('An edit stops what the destination refuses', () => {
  it.each<[string, Warrant, string]>([
    ['a stayed warrant', { ...CLEAN, status: { code: 'STAYED', raw: 'Held' } }, 'WAR-STAYED'],
    ['a recalled warrant', { ...CLEAN, status: { code: 'RECALLED', raw: 'R' } }, 'WAR-RECALLED'],
    ['a quashed warrant', { ...CLEAN, status: { code: 'QUASHED', raw: 'Q' } }, 'WAR-RECALLED'],
    ['a served warrant', { ...CLEAN, status: { code: 'SERVED', raw: 'S' } }, 'WAR-SERVED'],
    ['a warrant past its expiry', { ...CLEAN, expirationDate: '2026-01-14' }, 'WAR-EXPIRED'],
    ['a sealed case', { ...CLEAN, sealed: true }, 'WAR-SEALED'],
    ['a juvenile', { ...CLEAN, juvenile: true }, 'WAR-SEALED'],
    ['no ORI', drop('agencyOri'), 'ORI-INVALID'],
    ['an ORI of eight characters', { ...CLEAN, agencyOri: 'CA010000' }, 'ORI-INVALID'],
    ['an ORI in small letters', { ...CLEAN, agencyOri: 'ca0100000' }, 'ORI-INVALID'],
    ['a court ORI that is none', { ...CLEAN, courtOri: '123456789' }, 'ORI-INVALID'],
    ['no name', withPerson({ name: {} }), 'PER-NAME'],
    ['a surname alone', withPerson({ name: { surname: 'Testcase' } }), 'PER-NAME'],
    ['a whole name without a comma', withPerson({ name: { full: 'Ann Testcase' } }), 'PER-NAME'],
    ['a name with digits', withPerson({ name: { surname: 'Testcase2', given: 'Ann' } }), 'PER-NAME'],
    [
      'a name too long for NAM',
      withPerson({ name: { surname: 'Testcasetestcasetestcase', given: 'Annabellina' } }),
      'PER-NAME',
    ],
    ['John Doe', withPerson({ name: { surname: 'Doe', given: 'John' } }), 'PER-NAME'],
    ['no sex', without('sex'), 'PER-CODE'],
    ['a sex outside the table', withPerson({ sex: 'Z' }), 'PER-CODE'],
    ['a sex of unidentified persons', withPerson({ sex: 'U' }), 'PER-CODE'],
    ['no race', without('race'), 'PER-CODE'],
    ['a race in unknown words', withPerson({ race: 'Martian' }), 'PER-CODE'],
    ['a height of broken inches', withPerson({ heightInches: 70.5 }), 'EDT-FIELD'],
    ['a height below four feet', withPerson({ heightInches: 47 }), 'EDT-FIELD'],
    ['a height of eight feet', withPerson({ heightInches: 96 }), 'EDT-FIELD'],
    ['a weight of 49 pounds', withPerson({ weightPounds: 49 }), 'EDT-FIELD'],
    ['a weight of 500 pounds', withPerson({ weightPounds: 500 }), 'EDT-FIELD'],
    ['an impossible birth date', withPerson({ birthDate: '1990-02-30' }), 'PER-DOB'],
    ['a birth date in the future', withPerson({ birthDate: '2026-01-16' }), 'PER-DOB'],
    ['a birth date after the warrant', withPerson({ birthDate: '2026-01-15' }), 'PER-DOB'],
    ['a further birth date in the future', withPerson({ otherBirthDates: ['2027-01-01'] }), 'PER-DOB'],
    ['no date of warrant', drop('issuedDate'), 'DOW-FUTURE'],
    ['a date of warrant tomorrow', { ...CLEAN, issuedDate: '2026-01-16' }, 'DOW-FUTURE'],
    ['an impossible date of warrant', { ...CLEAN, issuedDate: '2026-02-30' }, 'DOW-FUTURE'],
    ['no case number of the agency', drop('oca'), 'EDT-FIELD'],
    ['a case number of 21 characters', { ...CLEAN, oca: '1'.repeat(21) }, 'EDT-FIELD'],
    ['a warrant number of 16 characters', { ...CLEAN, number: 'W'.repeat(16) }, 'EDT-FIELD'],
    ['an SSN of eight digits', withIds({ ssn: '07805112' }), 'EDT-FIELD'],
    ['an SSN of area 000', withIds({ ssn: '000051120' }), 'EDT-FIELD'],
    ['an SSN of area 666', withIds({ ssn: '666051120' }), 'EDT-FIELD'],
    ['an SSN of area 9xx', withIds({ ssn: '900051120' }), 'EDT-FIELD'],
    ['an SSN of group 00', withIds({ ssn: '078001120' }), 'EDT-FIELD'],
    ['an SSN of serial 0000', withIds({ ssn: '078050000' }), 'EDT-FIELD'],
    [
      'a licence without its state',
      withIds({ licence: { number: 'A1234567', expiryYear: '2029' } }),
      'PER-OLN-TRIPLE',
    ],
    [
      'a licence without its expiry year',
      withIds({ licence: { number: 'A1234567', state: 'CA' } }),
      'PER-OLN-TRIPLE',
    ],
    [
      'a licence state outside the table',
      withIds({ licence: { number: 'A1234567', state: 'QQ', expiryYear: '2029' } }),
      'EDT-FIELD',
    ],
    [
      'a licence expiry that is no year',
      withIds({ licence: { number: 'A1234567', state: 'CA', expiryYear: '29' } }),
      'EDT-FIELD',
    ],
    ['a miscellaneous number without its kind', withIds({ mnu: ['123456'] }), 'EDT-FIELD'],
    ['a miscellaneous number of no kind', withIds({ mnu: ['QQ-123456'] }), 'PER-CODE'],
    ['a miscellaneous number too long', withIds({ mnu: ['PS-1234567890123'] }), 'EDT-FIELD'],
    [
      'a plate without its type',
      vehicle({ plate: '7ABC123', plateState: 'CA', plateExpires: '2027' }),
      'EDT-FIELD',
    ],
    [
      'a vehicle number without its make',
      vehicle({ vin: '1HGCM82633A004352', year: '2003', style: '4D' }),
      'EDT-FIELD',
    ],
    [
      'a vehicle year of two digits',
      vehicle({ vin: '1HGCM82633A004352', year: '03', make: 'HOND', style: '4D' }),
      'EDT-FIELD',
    ],
    [
      'extradition limited without its limits',
      { ...FELONY, extradition: { limit: '2' }, notes: [] },
      'OFF-MIS',
    ],
    ['extradition pending without a word', { ...FELONY, extradition: { limit: '5' }, notes: [] }, 'OFF-MIS'],
    ['misdemeanour limits without a word', { ...CLEAN, extradition: { limit: 'B' }, notes: [] }, 'OFF-MIS'],
    [
      'misdemeanour extradition pending without a word',
      { ...CLEAN, extradition: { limit: 'E' }, notes: [] },
      'OFF-MIS',
    ],
    ['an extradition code outside the table', { ...CLEAN, extradition: { limit: 'Q' } }, 'EDT-FIELD'],
    ['failure to appear on nothing', { ...CLEAN, offences: [] }, 'OFF-MIS'],
    [
      'no bail beside an amount',
      { ...CLEAN, bail: { kind: { code: 'NO_BAIL', raw: 'N' }, cents: 100 } },
      'BAIL-AMBIG',
    ],
    ['a felony without height', { ...FELONY, person: without('heightInches').person }, 'EDT-FIELD'],
    ['a felony without weight', { ...FELONY, person: without('weightPounds').person }, 'EDT-FIELD'],
    ['a felony without hair colour', { ...FELONY, person: without('hair').person }, 'PER-CODE'],
    [
      'a felony with a hair colour in words',
      { ...FELONY, person: withPerson({ hair: 'dyed' }).person },
      'PER-CODE',
    ],
    [
      'miscellaneous text of more than 500 characters',
      { ...CLEAN, notes: [{ category: 'Extradition', text: 'X'.repeat(500) }] },
      'EDT-FIELD',
    ],
  ])('%s', (_what, warrant, code) => {
    const problems = checkOf(warrant);
    expect(coded(problems)).toContain(code);
    for (const problem of problems) expect(problem.message).toMatch(/\.$/);
  });
});

describe('An edit lets pass, with a word to the clerk', () => {
  it.each<[string, Warrant, string]>([
    ['an eye colour in words', withPerson({ eyes: 'sea green' }), 'PER-CODE'],
    ['a tattoo in words', withPerson({ smt: ['a rose'] }), 'PER-CODE'],
    ['a place of birth in words', withPerson({ birthPlace: 'Atlantis' }), 'PER-CODE'],
    ['a caution in words', withPerson({ cautions: ['afraid of dogs'] }), 'PER-CODE'],
    [
      'a California licence of another form',
      withIds({ licence: { number: '12345678', state: 'CA', expiryYear: '2029' } }),
      'EDT-FIELD',
    ],
    ['bail of no stated kind', { ...CLEAN, bail: { cents: 100 } }, 'BAIL-AMBIG'],
    ['failure to appear with no other charge', { ...CLEAN, offences: CLEAN.offences.slice(0, 1) }, 'OFF-MIS'],
    ['a felony extradition code on a misdemeanour', { ...CLEAN, extradition: { limit: '1' } }, 'EDT-FIELD'],
    ['a warrant four days old', { ...CLEAN, issuedDate: '2026-01-11' }, 'WAR-LATE'],
  ])('%s', (_what, warrant, code) => {
    const problems = checkOf(warrant);
    expect(coded(problems)).toEqual([]);
    expect(coded(problems, 'warning')).toContain(code);
  });

  it('nothing at three days', () => {
    expect(checkOf({ ...CLEAN, issuedDate: '2026-01-12' })).toEqual([]);
  });

  it('a misdemeanour without height, weight and hair, which stays in the state file', () => {
    expect(coded(checkOf(without('heightInches', 'weightPounds', 'hair')))).toEqual([]);
  });

  it('descriptors in the very words of their code', () => {
    expect(checkOf(withPerson({ sex: 'female', race: 'White', hair: 'Brown', eyes: 'BLUE' }))).toEqual([]);
  });
});

describe('The numeric-identifier rule', () => {
  const bare: Warrant = {
    ...CLEAN,
    vehicles: [],
    person: { ...without('birthDate').person, otherBirthDates: [], ids: { mnu: [], local: [] } },
  };
  const plate = { plate: '7ABC123', plateState: 'CA', plateExpires: '2027', plateType: 'PC' };
  const car = { vin: '1HGCM82633A004352', year: '2003', make: 'HOND', style: '4D' };
  const none = { disposition: { verdict: 'none', thresholds: [] } } as const;

  it('holds a warrant that has only a name', () => {
    expect(coded(checkEdits(enter(bare, none), DEFAULT_RULES, TODAY))).toEqual(['PER-NO-IDENT']);
  });

  it.each<[string, Warrant]>([
    ['date of birth', { ...bare, person: { ...bare.person, birthDate: '1990-02-28' } }],
    [
      'social security number',
      { ...bare, person: { ...bare.person, ids: { ...bare.person.ids, ssn: '078051120' } } },
    ],
    [
      'miscellaneous number',
      { ...bare, person: { ...bare.person, ids: { ...bare.person.ids, mnu: ['PS-1'] } } },
    ],
    [
      'licence with state and year',
      {
        ...bare,
        person: {
          ...bare.person,
          ids: { ...bare.person.ids, licence: { number: 'A1234567', state: 'CA', expiryYear: 'NX' } },
        },
      },
    ],
    ['complete plate', { ...bare, vehicles: [plate] }],
    ['complete vehicle', { ...bare, vehicles: [car] }],
  ])('is met by a %s', (_what, warrant) => {
    expect(coded(checkEdits(enter(warrant, none), DEFAULT_RULES, TODAY))).toEqual([]);
  });

  it('is met by an FBI number the print has proved, and by no other', () => {
    const proved = { disposition: { verdict: 'verified', thresholds: [], fbi: '62760NY12' } } as const;
    const claimed = { disposition: { verdict: 'review', thresholds: [], fbi: '62760NY12' } } as const;
    expect(coded(checkEdits(enter(bare, proved), DEFAULT_RULES, TODAY))).toEqual([]);
    expect(coded(checkEdits(enter(bare, claimed), DEFAULT_RULES, TODAY))).toEqual(['PER-NO-IDENT']);
  });
});

describe('Settings', () => {
  it('name the agencies records may be entered for', () => {
    expect(coded(checkOf(CLEAN, { ...DEFAULT_RULES, owners: ['CA0190000'] }))).toEqual(['ORI-INVALID']);
    expect(checkOf(CLEAN, { ...DEFAULT_RULES, owners: ['CA0100000'] })).toEqual([]);
  });

  it('may demand the kind of bail', () => {
    const rules = { ...DEFAULT_RULES, bailKindRequired: true };
    expect(coded(checkOf({ ...CLEAN, bail: { cents: 100 } }, rules))).toEqual(['BAIL-AMBIG']);
  });

  it('may send misdemeanours to NCIC as well', () => {
    const rules: EditRules = { ...DEFAULT_RULES, ncicLevels: ['F', 'M'] };
    expect(coded(checkOf(without('heightInches'), rules))).toEqual(['EDT-FIELD']);
  });
});

describe('A change to a record', () => {
  const cancel = { ...HEADER, kind: 'cancel', record: RECORD, reason: 'RECALLED', date: TODAY } as const;

  it('passes with the name as sent and one number', () => {
    const record = { ori: 'CA0100000', oca: '26-000123', nameAsSent: 'TESTCASE, ANN' };
    expect(checkEdits({ ...cancel, record }, DEFAULT_RULES, TODAY)).toEqual([]);
  });

  it.each<[string, WarrantMessage, string]>([
    ['without the name as sent', { ...cancel, record: { ...RECORD, nameAsSent: '' } }, 'PER-NAME'],
    ['without any number', { ...cancel, record: { ori: RECORD.ori, nameAsSent: 'A, B' } }, 'DST-NOTFOUND'],
    ['with an ORI that is none', { ...cancel, record: { ...RECORD, ori: 'X' } }, 'ORI-INVALID'],
    ['dated tomorrow', { ...cancel, date: '2026-01-16' }, 'EDT-FIELD'],
    [
      'that certifies under an empty name',
      { ...HEADER, kind: 'validate', record: RECORD, validator: '', consulted: 'court', date: TODAY },
      'EDT-FIELD',
    ],
    [
      'that adds a number of no kind',
      {
        ...HEADER,
        kind: 'supplemental',
        record: RECORD,
        additions: { aliases: [], birthDates: [], smt: [], mnu: ['QQ-1'] },
      },
      'PER-CODE',
    ],
    [
      'that adds a birth date in the future',
      {
        ...HEADER,
        kind: 'supplemental',
        record: RECORD,
        additions: { aliases: [], birthDates: ['2030-01-01'], smt: [], mnu: [] },
      },
      'EDT-FIELD',
    ],
  ])('is stopped %s', (_what, message, code) => {
    expect(coded(checkEdits(message, DEFAULT_RULES, TODAY))).toContain(code);
  });

  it('is held against every rule of a record', () => {
    const message: WarrantMessage = {
      ...HEADER,
      kind: 'modify',
      record: RECORD,
      before: FACTS,
      facts: { ...FACTS, warrant: without('sex') },
    };
    expect(coded(checkEdits(message, DEFAULT_RULES, TODAY))).toContain('PER-CODE');
  });
});

describe('Dates are those of the court', () => {
  it('a warrant issued this evening in Los Angeles is not in the future there', () => {
    // 02:00 UTC on the 16th is 18:00 on the 15th in Los Angeles: the caller passes the local date.
    expect(coded(checkOf({ ...CLEAN, issuedDate: '2026-01-15' }, DEFAULT_RULES, '2026-01-15'))).toEqual([]);
    expect(coded(checkOf({ ...CLEAN, issuedDate: '2026-01-16' }, DEFAULT_RULES, '2026-01-15'))).toEqual([
      'DOW-FUTURE',
    ]);
  });
});

describe('Whatever a source says', () => {
  it('the edits answer, and name no name or number of a person', () => {
    fc.assert(
      fc.property(facts, (record) => {
        const problems = checkEdits({ ...HEADER, kind: 'enter', facts: record }, DEFAULT_RULES, TODAY);
        const { surname } = record.warrant.person.name;
        if (!surname || surname.length < 6 || !/^[a-z]+$/i.test(surname)) return;
        for (const problem of problems)
          expect(problem.message.toLowerCase()).not.toContain(surname.toLowerCase());
      }),
      { numRuns: 200 },
    );
  });
});
