import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_IDENTIFIERS, NO_PERSON, type Person } from '../../src/domain/index.ts';
import { identityAgreement } from '../../src/match/identity.ts';

function person(given: string, surname: string, birthDate?: string, more: Partial<Person> = {}): Person {
  return { ...NO_PERSON, name: { given, surname }, ...(birthDate ? { birthDate } : {}), ...more };
}

const suffixed = (suffix: string, birthDate: string): Person => ({
  ...NO_PERSON,
  name: { given: 'JOHN', surname: 'DOE', suffix },
  birthDate,
});

describe('whether two descriptions can be one person', () => {
  it.each<[string, Person, Person, string]>([
    [
      'the same name and birth date',
      person('Ana', 'Núñez', '1980-01-02'),
      person('ANA', 'NUNEZ', '1980-01-02'),
      'agrees',
    ],
    [
      'given and surname swapped',
      person('LEE', 'KIM', '1980-01-02'),
      person('KIM', 'LEE', '1980-01-02'),
      'agrees',
    ],
    [
      'twins: same surname and birth date, other given name',
      person('ANA', 'DOE', '1980-01-02'),
      person('EVA', 'DOE', '1980-01-02'),
      'unclear',
    ],
    ['father and son of one name', suffixed('SR', '1950-01-02'), suffixed('JR', '1980-03-04'), 'contradicts'],
    [
      'a namesake with another birth date',
      person('ANA', 'DOE', '1980-01-02'),
      person('ANA', 'DOE', '1991-07-09'),
      'unclear',
    ],
    ['no birth date on one side', person('ANA', 'DOE'), person('ANA', 'DOE', '1980-01-02'), 'unclear'],
    ['a stranger', person('ANA', 'DOE', '1980-01-02'), person('RAY', 'ROE', '1971-05-06'), 'contradicts'],
    [
      'another name, the same birth date',
      person('ANA', 'DOE', '1980-01-02'),
      person('ANA', 'ROE', '1980-01-02'),
      'unclear',
    ],
    [
      'nothing of the name shared, the same birth date: a liar often keeps it',
      person('ANA', 'DOE', '1980-01-02'),
      person('RAY', 'ROE', '1980-01-02'),
      'contradicts',
    ],
    [
      'twins of like names: every other fact shared, but two licences of one state',
      person('MIGUEL', 'DOE', '1980-01-02', {
        ids: { ...NO_IDENTIFIERS, licence: { number: 'I8617260', state: 'CA' } },
      }),
      person('MICHAEL', 'DOE', '1980-01-02', {
        ids: { ...NO_IDENTIFIERS, licence: { number: 'I1248473', state: 'CA' } },
      }),
      'unclear',
    ],
    [
      'licences of two states, and a slip in one number',
      person('ANA', 'DOE', '1980-01-02', {
        ids: { ...NO_IDENTIFIERS, ssn: '987654320', licence: { number: 'I8617260', state: 'CA' } },
      }),
      person('ANA', 'DOE', '1980-01-02', {
        ids: { ...NO_IDENTIFIERS, ssn: '987654302', licence: { number: 'Z1', state: 'NV' } },
      }),
      'agrees',
    ],
    [
      'the everyday form of the given name',
      person('ROBERT', 'DOE', '1980-01-02'),
      person('BOB', 'DOE', '1980-01-02'),
      'agrees',
    ],
    [
      'the same name and date but another CII',
      person('ANA', 'DOE', '1980-01-02', { ids: { ...NO_IDENTIFIERS, cii: 'A1' } }),
      person('ANA', 'DOE', '1980-01-02', { ids: { ...NO_IDENTIFIERS, cii: 'A2' } }),
      'contradicts',
    ],
    [
      'the same name and date but another sex',
      person('ANA', 'DOE', '1980-01-02', { sex: 'F' }),
      person('ANA', 'DOE', '1980-01-02', { sex: 'M' }),
      'unclear',
    ],
    [
      'an alias of one is the name of the other',
      person('RAY', 'ROE', '1980-01-02', { aliases: [{ given: 'ANA', surname: 'DOE' }] }),
      person('ANA', 'DOE', '1980-01-02'),
      'agrees',
    ],
    ['nothing known of one', NO_PERSON, person('ANA', 'DOE', '1980-01-02'), 'unclear'],
  ])('%s', (_title, a, b, expected) => {
    expect(identityAgreement(a, b)).toBe(expected);
    expect(identityAgreement(b, a)).toBe(expected);
  });

  it('is symmetric and never agrees without a shared birth date', () => {
    const someone = fc.record({
      given: fc.constantFrom('ANA', 'EVA', 'RAY', ''),
      surname: fc.constantFrom('DOE', 'ROE', ''),
      dob: fc.constantFrom('1980-01-02', '1991-07-09', undefined),
    });
    fc.assert(
      fc.property(someone, someone, (x, y) => {
        const [a, b] = [person(x.given, x.surname, x.dob), person(y.given, y.surname, y.dob)];
        expect(identityAgreement(a, b)).toBe(identityAgreement(b, a));
        if (identityAgreement(a, b) === 'agrees') expect(x.dob).toBe(y.dob);
      }),
    );
  });
});
