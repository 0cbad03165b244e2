import { describe, expect, test } from 'vitest';
import { drawPeople, misdate, misnumber, mistype } from '../../../src/synth/people/index.ts';
import { createRandom } from '../../../src/synth/random.ts';

describe('synthetic people', () => {
  test('the same seed draws the same people and a longer draw begins with the shorter', () => {
    const short = [...drawPeople({ seed: 7, count: 500 })];
    const long = [...drawPeople({ seed: 7, count: 900 })];
    expect(long.slice(0, 500)).toEqual(short);
    expect([...drawPeople({ seed: 8, count: 500 })]).not.toEqual(short);
  });

  test('nobody shares an identifier with anybody', () => {
    const people = [...drawPeople({ seed: 1, count: 20_000 })];
    for (const field of ['id', 'ssn', 'oln', 'cii'] as const) {
      expect(new Set(people.map((p) => p[field])).size).toBe(people.length);
    }
  });

  test('social security numbers are of the areas never issued', () => {
    for (const person of drawPeople({ seed: 2, count: 2_000 })) expect(person.ssn).toMatch(/^9\d{8}$/);
  });

  test('twins share the birthday and the roof, fathers and sons the name', () => {
    const people = [...drawPeople({ seed: 3, count: 20_000 })];
    const byId = new Map(people.map((p) => [p.id, p]));
    const kinds = Map.groupBy(
      people.filter((p) => p.relation !== undefined),
      (p) => p.relation?.kind,
    );
    for (const kind of ['twin', 'child', 'sibling', 'namesake', 'reversed-name'] as const) {
      expect(kinds.get(kind)?.length ?? 0).toBeGreaterThan(50);
    }
    for (const person of kinds.get('twin') ?? []) {
      const other = byId.get(person.relation?.of ?? '');
      expect([person.dob, person.surname, person.address]).toEqual([
        other?.dob,
        other?.surname,
        other?.address,
      ]);
      expect(person.given).not.toBe(other?.given);
    }
    for (const person of (kinds.get('child') ?? []).filter((p) => p.suffix === 'JR')) {
      const father = byId.get(person.relation?.of ?? '');
      expect(person.given).toBe(father?.given);
      expect(person.dob > (father?.dob ?? '9999')).toBe(true);
    }
  });
});

describe('mistakes', () => {
  const random = createRandom('mistakes');
  test('a slip changes little', () => {
    for (let i = 0; i < 500; i += 1) {
      expect(Math.abs(mistype(random, 'Hernandez').length - 9)).toBeLessThanOrEqual(1);
      expect(misnumber(random, 'A1234567')).toMatch(/^A\d{7}$/);
      expect(misdate(random, '1980-03-11')).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
  test('a single letter and an empty text stay as they are', () => {
    expect(mistype(random, 'A')).toBe('A');
    expect(mistype(random, '')).toBe('');
    expect(misnumber(random, '')).toBe('');
  });
});
