import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import type { Person, Warrant } from '../../../src/domain/index.ts';
import { editRules, prepareWith } from '../../../src/ports/profiles.ts';
import { checkEdits } from '../../../src/transmit/edits.ts';
import { FACTS, HEADER, WARRANT } from '../package/samples.ts';

const CLEAN: Warrant = { ...WARRANT, person: { ...WARRANT.person, smt: [], cautions: ['A'], hair: 'BLK' } };
const person = (over: Partial<Person>): Warrant => ({ ...CLEAN, person: { ...CLEAN.person, ...over } });

function destinationOf(more: Record<string, unknown>) {
  const destination = { type: 'folder', path: 'drop', ori: 'CA0100000', ...more };
  return parseConfig({ destination }, '/tmp').destination;
}

function refused(edits: Record<string, unknown> | undefined, warrant: Warrant): string[] {
  const rules = editRules(destinationOf(edits ? { edits } : {}));
  const message = { ...HEADER, kind: 'enter', facts: { ...FACTS, warrant } } as const;
  const problems = checkEdits(message, rules, '2026-01-15');
  return problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
}

const FELONY: Warrant = { ...CLEAN, level: { code: 'F', raw: 'F' }, extradition: {} };
const { bail: _bail, ...NO_BAIL_KIND } = CLEAN;

/** What is marked as recalled or inferred in the domain brief is the destination's to say. */
describe('A field rule that the destination has otherwise', () => {
  it.each<[string, Record<string, unknown>, Warrant, string[], string[]]>([
    ['mandatory fields', { mandatory: ['ORI', 'NAM', 'EYE'] }, person({ eyes: '' }), [], ['EDT-FIELD']],
    ['fields of NCIC', { mandatoryForNcic: ['HGT', 'WGT', 'HAI', 'EXL'] }, FELONY, [], ['EDT-FIELD']],
    ['the base of NCIC itself', { base: 'ncic' }, FELONY, [], ['EDT-FIELD']],
    ['levels that go on to NCIC', { ncicLevels: ['M'] }, person({ hair: '' }), [], ['PER-CODE']],
    ['the identifiers that count', { identifiers: [['VLN']] }, CLEAN, [], ['PER-NO-IDENT']],
    [
      'groups that go together',
      { together: [{ fields: ['SEX', 'VLN'], when: 'any' }] },
      CLEAN,
      [],
      ['EDT-FIELD'],
    ],
    ['sexes', { sexes: ['F', 'M', 'U'] }, person({ sex: 'U' }), ['PER-CODE'], []],
    [
      'extradition codes that need MIS',
      { extraditionNeedsMis: [] },
      { ...CLEAN, notes: [], extradition: { limit: 'B' } },
      ['OFF-MIS'],
      [],
    ],
    ['the length of NAM', { nameLength: 20 }, CLEAN, [], ['PER-NAME']],
    ['the length of MIS', { misLength: 60 }, CLEAN, [], ['EDT-FIELD']],
    ['the number of cautions', { maxCautions: 1 }, person({ cautions: ['A', '70'] }), [], ['EDT-FIELD']],
    ['heights', { height: [300, 711] }, person({ heightInches: 40 }), ['EDT-FIELD'], []],
    ['weights', { weight: [50, 120] }, CLEAN, [], ['EDT-FIELD']],
    ['the length of any field', { lengths: { OCA: [1, 8] } }, CLEAN, [], ['EDT-FIELD']],
    [
      'a longer warrant number',
      { lengths: { WNO: [1, 20] } },
      { ...CLEAN, number: 'W'.repeat(18) },
      ['EDT-FIELD'],
      [],
    ],
    ['owners', { owners: ['CA0190000'] }, CLEAN, [], ['ORI-INVALID']],
    ['bail without its kind', { bailKindRequired: true }, NO_BAIL_KIND, [], ['BAIL-AMBIG']],
    ['the oldest birth', { oldestBirthYear: 1991 }, CLEAN, [], ['PER-DOB']],
  ])('%s', (_what, edits, warrant, byDefault, asConfigured) => {
    expect(refused(undefined, warrant)).toEqual(byDefault);
    expect(refused(edits, warrant)).toEqual(asConfigured);
  });
});

describe('A field code that is none', () => {
  it('is refused with the configuration, not with every warrant', () => {
    for (const edits of [
      { mandatory: ['ORI', 'ORX'] },
      { lengths: { ORX: [1, 2] } },
      { identifiers: [['DOBB']] },
    ])
      expect(() => editRules(destinationOf({ edits }))).toThrow(/destination\.edits.*(ORX|DOBB)/);
  });
});

describe("The county's orders", () => {
  it('fill in what a warrant does not say, and overrule nothing', () => {
    const orders = { extradition: { F: '1', M: 'D' }, cautionLetters: { Z: '25' } };
    const prepare = prepareWith(destinationOf({ orders }));
    expect(prepare(FELONY).extradition?.limit).toBe('1');
    expect(prepare({ ...FELONY, extradition: { limit: '4' } }).extradition?.limit).toBe('4');
    expect(prepare(person({ cautions: ['Z'] })).person.cautions).toEqual(['25']);
  });
});
