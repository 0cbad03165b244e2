import { describe, expect, it } from 'vitest';
import type { Person, Warrant } from '../../../src/domain/index.ts';
import { cautionCodes, withDescriptors, withOrders } from '../../../src/transmit/package/index.ts';
import { PERSON, WARRANT } from './samples.ts';

const person = (more: Partial<Person>): Warrant => ({ ...WARRANT, person: { ...PERSON, ...more } });
const bare = person({ heightInches: undefined, hair: undefined, smt: [] } as unknown as Partial<Person>);

describe("A county's orders", () => {
  const orders = { extradition: { F: '4', M: 'D' } } as const;

  it('give the extradition limit where the warrant has none', () => {
    const { extradition: _none, ...silent } = WARRANT;
    expect(withOrders(silent, orders).extradition?.limit).toBe('D');
    expect(withOrders({ ...silent, level: { code: 'F', raw: 'F' } }, orders).extradition?.limit).toBe('4');
  });

  it('never overrule the court', () => {
    const stated = { ...WARRANT, extradition: { limit: 'A' } };
    expect(withOrders(stated, orders)).toEqual(stated);
  });

  it('say nothing of a level they do not name', () => {
    const infraction: Warrant = { ...WARRANT, level: { code: 'I', raw: 'I' }, extradition: {} };
    expect(withOrders(infraction, orders).extradition?.limit).toBeUndefined();
  });

  it('say what caution letters mean', () => {
    const ordered = withOrders(person({ cautions: ['V', 'A', 'words'] }), { cautionLetters: { V: '05' } });
    expect(ordered.person.cautions).toEqual(['05', '00', 'words']);
  });
});

describe('A state caution letter', () => {
  it.each([
    ['A', ['00']],
    ['E', ['25']],
    ['S', ['70']],
    ['M', ['01']],
    ['X', ['01']],
    ['armed and dangerous', ['00']],
    ['70', ['70']],
    ['Z', []],
  ])('%s is %j', (letter, codes) => {
    expect(cautionCodes([letter])).toEqual(codes);
  });
});

describe('Descriptors of the booking', () => {
  const booked: Person = {
    ...PERSON,
    heightInches: 68,
    hair: 'BRO',
    eyes: 'GRN',
    smt: ['TAT L ARM'],
    birthDate: '1980-01-01',
  };

  it('fill what the court does not state', () => {
    const filled = withDescriptors(bare, booked).person;
    expect(filled).toMatchObject({ heightInches: 68, hair: 'BRO', smt: ['TAT L ARM'] });
  });

  it('replace nothing the court states, and are never a name, birth date or number', () => {
    expect(withDescriptors(WARRANT, booked)).toBe(WARRANT);
    const nameless = person({ birthDate: undefined, name: {} } as unknown as Partial<Person>);
    expect(withDescriptors(nameless, booked).person).toMatchObject({ name: {}, birthDate: undefined });
  });
});
