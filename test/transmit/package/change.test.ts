import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person, Warrant } from '../../../src/domain/index.ts';
import {
  changeBetween,
  type RecordFacts,
  toXml,
  validatePackage,
  type WarrantMessage,
} from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { leavesOf } from './leaves.ts';
import { FACTS, HEADER, PERSON, printOf, RECORD, WARRANT } from './samples.ts';

const withWarrant = (more: Partial<Warrant>): RecordFacts => ({ ...FACTS, warrant: { ...WARRANT, ...more } });
const withPerson = (more: Partial<Person>): RecordFacts => withWarrant({ person: { ...PERSON, ...more } });
const modify = (before: RecordFacts, after: RecordFacts): WarrantMessage => ({
  ...HEADER,
  kind: 'modify',
  record: RECORD,
  before,
  facts: after,
});
const codes = (before: RecordFacts, after: RecordFacts) => {
  const { changed, removed } = changeBetween(before, after);
  return { changed, removed };
};

describe('A modification', () => {
  it.each<[string, RecordFacts, readonly string[], readonly string[]]>([
    ['another case number', withWarrant({ oca: '26-9' }), ['OCA'], []],
    ['another date', withWarrant({ issuedDate: '2026-01-13' }), ['DOW'], []],
    ['more bail', withWarrant({ bail: { ...WARRANT.bail, cents: 600000 } }), ['BAIL', 'MIS'], []],
    [
      'no bail any more',
      withWarrant({ bail: { kind: { code: 'NO_BAIL', raw: 'N' } } }),
      ['BAILKIND', 'MIS'],
      ['BAIL'],
    ],
    ['another name', withPerson({ name: { given: 'Ann', surname: 'Testcase' } }), ['NAM'], []],
    ['hair no longer known', withPerson({ hair: undefined as never }), [], ['HAI']],
    ['an eye colour in words', withPerson({ eyes: 'sea green' }), ['EYE'], []],
    [
      'a licence without year',
      withPerson({ ids: { ...PERSON.ids, licence: { number: 'A1234567', state: 'CA' } } }),
      [],
      ['OLY'],
    ],
    ['no alias any more', withPerson({ aliases: [] }), [], ['AKA']],
    ['another plate', withWarrant({ vehicles: [{ ...WARRANT.vehicles[0], plate: '8XYZ' }] }), ['LIC'], []],
    [
      'no vehicle any more',
      withWarrant({ vehicles: [] }),
      [],
      ['LIC', 'LIS', 'LIT', 'LIY', 'VCO', 'VCO2', 'VIN', 'VMA', 'VMO', 'VST', 'VYR'],
    ],
    ['the other warrant gone', { ...FACTS, others: [] }, ['MIS'], ['OTHERS']],
    ['another print', { ...FACTS, print: printOf(700, 9) }, ['PRINT'], []],
    [
      'a number no longer proved',
      { ...FACTS, disposition: { ...FACTS.disposition, verdict: 'review' } },
      ['VERDICT'],
      ['FBI', 'SID'],
    ],
  ])('for %s names just that', (_what, after, changed, removed) => {
    expect(codes(FACTS, after)).toEqual({ changed, removed });
    expect(validatePackage(toXml(modify(FACTS, after)))).toEqual([]);
  });

  it('carries nothing that has not changed', () => {
    const leaves = leavesOf(toXml(modify(FACTS, withWarrant({ oca: '26-9' })))).map((leaf) => leaf.name);
    expect(leaves).not.toContain('PersonSurName');
    expect(leaves).not.toContain('Base64BinaryObject');
    expect(leaves.filter((name) => name === 'AgencyCaseNumberID')).toHaveLength(2);
  });

  it('names the record by the name as it was sent, whatever the name is now', () => {
    const leaves = leavesOf(toXml(modify(FACTS, withPerson({ name: { surname: 'New', given: 'Name' } }))));
    expect(leaves.find((leaf) => leaf.name === 'RecordNameText')?.text).toBe(RECORD.nameAsSent);
  });

  it('that changes nothing is not written', () => {
    expect(() => toXml(modify(FACTS, structuredClone(FACTS)))).toThrow(
      expect.objectContaining({ code: 'PACKAGE-NO-CHANGE' }),
    );
  });

  it('never takes an exoneration away', () => {
    expect(codes(FACTS, { ...FACTS, exonerations: [] })).toEqual({ changed: [], removed: [] });
    const other = { name: { surname: 'Other', given: 'One' }, method: 'Prints compared' };
    const xml = Buffer.from(toXml(modify(FACTS, { ...FACTS, exonerations: [other] }))).toString();
    expect(xml).toContain('TESTCASE, ANNA');
    expect(xml).toContain('OTHER, ONE');
  });

  it('is valid and names every field, whatever changed into whatever', () => {
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        const change = changeBetween(before, after);
        if (change.changed.length + change.removed.length === 0) return;
        expect(change.changed.filter((code) => change.removed.includes(code))).toEqual([]);
        expect(validatePackage(toXml(modify(before, after)))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
