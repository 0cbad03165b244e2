import { describe, expect, test } from 'vitest';
import { levelsOf } from './helpers.ts';

describe('given names', () => {
  test.each([
    ['Maria', 'MARIA', 'exact'],
    ['Jonathan', 'Jonathon', 'close'],
    ['William', 'Bill', 'short form'],
    ['Mary Ann', 'Mary', 'short form'],
    ['Stephen', 'Stefan', 'sounds alike'],
    ['J', 'James', 'initial'],
    ['James', 'Robert', 'different'],
    ['Jose', 'Josh', 'sounds alike'],
  ])('%s and %s are %s', (a, b, level) => {
    expect(levelsOf({ given: a }, { given: b }).given).toBe(level);
  });
});

describe('surnames', () => {
  test.each([
    ["O'Brien", 'OBrien', 'exact'],
    ['Hernandez', 'Hernadnez', 'close'],
    ['Garcia Lopez', 'Lopez', 'shares a part'],
    ['Garcia-Lopez', 'Garcia Lopez', 'exact'],
    ['Smith', 'Schmidt', 'sounds alike'],
    ['Smith', 'Jones', 'different'],
  ])('%s and %s are %s', (a, b, level) => {
    expect(levelsOf({ surname: a }, { surname: b }).surname).toBe(level);
  });
  test('a given name and surname the other way round are read the other way round', () => {
    const levels = levelsOf({ given: 'Green', surname: 'Michaela' }, { given: 'Michaela', surname: 'Green' });
    expect(levels).toMatchObject({ naming: 'given and surname swapped', given: 'exact', surname: 'exact' });
  });
  test('an alias is read where it fits better than the name', () => {
    const booking = { given: 'Juan', surname: 'Perez', aliases: [{ given: 'Carlos', surname: 'Mendez' }] };
    expect(levelsOf({ given: 'Carlos', surname: 'Mendez' }, booking)).toMatchObject({
      naming: 'alias',
      surname: 'exact',
    });
  });
});

describe('birth dates', () => {
  test.each([
    ['1980-04-17', '1980-04-17', 'exact'],
    ['1980-04-17', '1980-04-11', 'one slip'],
    ['1980-04-17', '1980-04-71', 'one slip'],
    ['1980-04-07', '1980-07-04', 'day and month swapped'],
    ['1980-04-17', '1970-04-17', 'one slip'],
    ['1980-04-17', '1997-04-17', 'two parts of three'],
    ['1980-04-17', '1980-01-01', 'same year'],
    ['1980-04-17', '1981-01-01', 'different'],
    ['1980-04-17', '1980-11-28', 'same year'],
    ['1980-04-17', '1962-11-28', 'different'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(levelsOf({ dob: a }, { dob: b }).dob).toBe(level);
  });
});

describe('numbers', () => {
  test.each([
    ['987654320', '987-65-4320', 'exact'],
    ['987654320', '987654302', 'one slip'],
    ['987654320', '98765432', 'one slip'],
    ['987654320', '4320', 'same last four'],
    ['987654320', '911114320', 'same last four'],
    ['987654320', '911111118', 'different'],
  ])('social security %s and %s: %s', (a, b, level) => {
    expect(levelsOf({ ssn: a }, { ssn: b }).ssn).toBe(level);
  });
  test('licences of two states say nothing against each other', () => {
    const levels = levelsOf({ oln: 'A1234567', olnState: 'CA' }, { oln: 'Z7654321', olnState: 'NV' });
    expect(levels.oln).toBeUndefined();
  });
  test.each([
    [70, 71, 'within 1 inch'],
    [70, '601', 'within 3'],
    [70, '79', 'further apart'],
    [70, 30, undefined],
  ])('heights %s and %s: %s', (a, b, level) => {
    expect(levelsOf({ heightInches: a }, { heightInches: b }).height).toBe(level);
  });
});

describe('suffixes', () => {
  test.each([
    ['Jr', 'JR.', 'same'],
    ['Jr', '', 'on one side only'],
    ['Jr', 'Sr', 'different'],
    ['', '', undefined],
  ])('"%s" and "%s": %s', (a, b, level) => {
    expect(levelsOf({ suffix: a }, { suffix: b }).suffix).toBe(level);
  });
});

describe('addresses', () => {
  const home = { street: '1432 Oak St', city: 'Alder Falls', zip: '96101' };
  test.each([
    [{ street: '1432 OAK STREET APT 2', city: 'Alder Falls', zip: '96101' }, 'house and street'],
    [{ street: '1432 Maple Ave', zip: '96101' }, 'house number and area'],
    [{ street: '99 Oak St', city: 'Alder Fals' }, 'street and area'],
    [{ street: '99 Oak St', city: 'Elsewhere' }, 'street'],
    [{ street: '7 Elm Rd', zip: '96101-2201' }, 'postcode'],
    [{ street: '7 Elm Rd', city: 'Alder Falls' }, 'town'],
    [{ street: '7 Elm Rd', city: 'Elsewhere' }, 'different'],
  ])('%o: %s', (other, level) => {
    expect(levelsOf(home, other).address).toBe(level);
  });
  test('where one side has no street, the place is compared instead', () => {
    expect(levelsOf(home, { zip: '96101' })).toEqual({ place: 'postcode' });
  });
});

describe('events', () => {
  test.each([
    [{ arrestDate: '2024-03-01' }, { arrestDate: '20240301' }, { event: 'same day' }],
    [{ arrestDate: '2024-03-01' }, { arrestDate: '2024-03-02' }, { event: 'one slip' }],
    [{ arrestDate: '2024-03-01' }, { arrestDate: '2024-03-20' }, { event: 'within a month' }],
    [{ arrestDate: '2024-03-01' }, { arrestDate: '2022-05-19' }, { event: 'different' }],
    [{ offenseDate: '2024-03-01' }, { arrestDate: '2024-03-01' }, { sequence: 'arrest on the day' }],
    [{ offenseDate: '2024-03-01' }, { arrestDate: '2024-03-03' }, { sequence: 'arrest within three days' }],
    [{ offenseDate: '2024-03-01' }, { arrestDate: '2023-03-01' }, { sequence: 'apart' }],
  ])('%o and %o: %o', (a, b, expected) => {
    expect(levelsOf(a, b)).toEqual(expected);
  });
  test('one date agreeing and another plainly not are two events on one day', () => {
    const a = { arrestDate: '2024-03-01', offenseDate: '2024-03-01' };
    const b = { arrestDate: '2024-03-01', offenseDate: '2023-05-20' };
    expect(levelsOf(a, b).event).toBe('one date the same, another not');
  });
  test('a statute is compared by its section', () => {
    expect(levelsOf({ charge: '23152(a) VC' }, { charge: 'VC 23152' }).charge).toBe('same');
  });
});

test('what is missing on either side is not compared', () => {
  expect(levelsOf({ given: 'Ana', dob: '1980-01-02' }, { surname: 'Ruiz', ssn: '987654320' })).toEqual({});
});
