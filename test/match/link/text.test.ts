import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeIdentifier, encodeIdentifier } from '../../../src/match/link/text/codes.ts';
import { orderBy, packedDate, slashEvidence } from '../../../src/match/link/text/dates.ts';
import { jaroWinkler, letterBits, mostSimilar } from '../../../src/match/link/text/jaro-winkler.ts';
import { areNicknames } from '../../../src/match/link/text/nicknames.ts';
import { isOneSlip } from '../../../src/match/link/text/slip.ts';
import { splitStreet } from '../../../src/match/link/text/street.ts';
import { givenOf, suffixOf, surnameOf } from '../../../src/match/link/text/words.ts';

describe('names as they are compared', () => {
  test.each([
    ["O'Brien", 'OBRIEN'],
    ['De La Cruz', 'DELACRUZ'],
    ['Delacruz', 'DELACRUZ'],
    ['García-López', 'GARCIA LOPEZ'],
    ['van der Berg', 'VANDERBERG'],
    ['Strauß', 'STRAUSS'],
    ['Łukasiewicz', 'LUKASIEWICZ'],
    ['Nguyễn', 'NGUYEN'],
    ['Иванов', 'ИВАНОВ'],
    ['  ', ''],
    ['UNKNOWN', ''],
    ['DOE', ''],
  ])('the surname %s is %s', (text, name) => {
    expect(surnameOf(text).name).toBe(name);
  });

  test.each([
    ['SMITH JR', 'SMITH', 'JR'],
    ['Smith, III', 'SMITH', 'III'],
    ['Jr', 'JR', ''],
  ])('the suffix in "%s" is taken out', (text, name, suffix) => {
    expect(surnameOf(text)).toEqual({ name, suffix });
  });

  test('suffixes are spelt one way', () => {
    expect(['jr.', 'Junior', '3rd', 'II', 'x'].map(suffixOf)).toEqual(['JR', 'JR', 'III', 'II', '']);
  });

  test('what clerks write for no name is no name', () => {
    expect(['NMN', 'unk', 'N/A', 'Baby Boy', 'refused'].map(givenOf)).toEqual(['', '', '', '', '']);
  });
});

describe('dates in every layout met', () => {
  test.each([
    ['19800417', 19800417],
    ['1980-04-17', 19800417],
    ['1980-04-17T00:00:00Z', 19800417],
    ['1980/4/7', 19800407],
    ['04/17/1980', 19800417],
    ['4/7/1980', 19800407],
    ['17/04/1980', 19800417],
    ['04171980', 19800417],
    ['04/17/80', 19800417],
    ['17-APR-1980', 19800417],
    ['April 17, 1980', 19800417],
    ['1980', 19800101],
    ['19580631', 19580631],
    ['', 0],
    ['unknown', 0],
    ['00000000', 0],
    ['1900-01-01', 0],
  ])('%s is %i', (text, packed) => {
    expect(packedDate(text)).toBe(packed);
  });

  test('a column is read as most of its dates can only be read, US order where none says', () => {
    const order = (...dates: string[]) => orderBy(slashEvidence(dates));
    expect(order('03/04/1980', '17/04/1980')).toBe('day-first');
    expect(order('03/04/1980', '04/17/1980')).toBe('month-first');
    expect(order('17/04/1980', '18/04/1980', '04/17/1980')).toBe('day-first');
    expect(order('03/04/1980')).toBe('month-first');
    expect(packedDate('03/04/1980', 'day-first')).toBe(19800403);
  });
});

describe('identifiers', () => {
  test('short ones are held letter by letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9A-Z][0-9A-Z]{4,9}$/), (text) => {
        const code = encodeIdentifier(text, 4);
        expect(code === 0 || decodeIdentifier(code) === text).toBe(true);
      }),
    );
  });
  test.each(['000000000', '999-99-9999', '123456789', '', 'UNKNOWN', '12'])('"%s" says nothing', (text) => {
    expect(encodeIdentifier(text, 4)).toBe(0);
  });
  test('punctuation does not count, and long ones agree by hash', () => {
    expect(encodeIdentifier('987-65-4320', 4)).toBe(encodeIdentifier('987654320', 4));
    expect(encodeIdentifier('D400-7836-0001-99', 4)).toBe(encodeIdentifier('D40078360001 99', 4));
    expect(encodeIdentifier('D40078360001 99', 4)).toBeLessThan(0);
  });
});

describe('string distance', () => {
  test.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DIXON', 'DICKSONX', 0.8133],
    ['DWAYNE', 'DUANE', 0.84],
    ['ABC', 'XYZ', 0],
  ])('Jaro-Winkler of %s and %s is as Winkler (1990) has it', (a, b, expected) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3);
  });
  test('Jaro-Winkler is symmetric, within 0 and 1, and 1 only for equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 70 }), fc.string({ maxLength: 70 }), (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeCloseTo(jaroWinkler(b, a), 10);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }),
    );
  });
  test('the cheap bound is never below it', () => {
    const word = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[A-E]{1,8}$/));
    fc.assert(
      fc.property(word, word, (a, b) => {
        const most = mostSimilar(a, letterBits(a), b, letterBits(b));
        expect(most).toBeGreaterThanOrEqual(jaroWinkler(a, b) - 1e-12);
      }),
      { numRuns: 2_000 },
    );
  });
  test.each([
    ['12345', '12354', true],
    ['12345', '1234', true],
    ['12345', '12945', true],
    ['12345', '123456', true],
    ['12345', '12345', false],
    ['12345', '21354', false],
    ['12345', '12', false],
  ])('%s and %s are one slip apart: %s', (a, b, expected) => {
    expect(isOneSlip(a, b)).toBe(expected);
    expect(isOneSlip(b, a)).toBe(expected);
  });
});

describe('nicknames and streets', () => {
  test.each([
    ['WILLIAM', 'BILL', true],
    ['BILL', 'BILLY', true],
    ['FRANCISCO', 'PANCHO', true],
    ['WILLIAM', 'ROBERT', false],
    ['WILLIAM', 'WILLIAM', false],
  ])('%s and %s are one name: %s', (a, b, expected) => {
    expect(areNicknames(a, b)).toBe(expected);
  });
  test.each([
    ['1432 Oak St Apt 4', '1432', 'OAK'],
    ['1432 OAK STREET #4', '1432', 'OAK'],
    ['Hauptstrasse 12', '12', 'HAUPTSTRASSE'],
    ['8 stanley street', '8', 'STANLEY'],
    ['General Delivery', '', ''],
    ['12', '12', ''],
  ])('%s is house %s in %s', (text, house, street) => {
    expect(splitStreet(text)).toEqual({ house, street });
  });
});
