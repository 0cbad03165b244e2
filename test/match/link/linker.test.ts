import { describe, expect, test } from 'vitest';
import {
  createLinker,
  defaultModel,
  type LinkDecision,
  type LinkRecord,
  type LinkWarrant,
} from '../../../src/match/link/index.ts';
import { gatherLinkageCounty } from '../../../src/synth/linkage/index.ts';

/** A town of strangers, so that frequencies mean something. */
const strangers = gatherLinkageCounty({ seed: 'strangers', people: 3_000, warrantShare: 0 }).bookings;

const ROBERT: LinkRecord = {
  id: 'R1',
  given: 'Robert',
  middle: 'Alan',
  surname: 'Quillmane',
  suffix: 'SR',
  dob: '1958-03-14',
  sex: 'M',
  race: 'W',
  heightInches: 70,
  weightPounds: 180,
  ssn: '987111222',
  oln: 'C1112223',
  olnState: 'CA',
  cii: 'A11122233',
  street: '77 Elm Rd',
  city: 'Alder Falls',
  zip: '96101',
  arrestDate: '2024-02-10',
  offenseDate: '2024-02-10',
  agency: 'CA0010000',
  charge: '23152(a) VC',
};
const WARRANT: LinkWarrant = {
  id: 'W1',
  given: 'Robert',
  surname: 'Quillmane',
  dob: '1958-03-14',
  sex: 'M',
  oln: 'C1112223',
  olnState: 'CA',
  street: '77 Elm Rd',
  zip: '96101',
  offenseDate: '2024-02-10',
  charge: '23152(a) VC',
  failureToAppearDate: '2024-04-02',
};

async function decide(bookings: readonly LinkRecord[], warrant: LinkWarrant): Promise<LinkDecision> {
  const linker = createLinker(defaultModel());
  await linker.index([...strangers, ...bookings]);
  return linker.link(warrant);
}

const named = (decision: LinkDecision) => [decision.kind, decision.candidates[0]?.id, ...decision.reasons];

describe('attaches', () => {
  test.each<[string, Partial<LinkWarrant>]>([
    ['as it stands', {}],
    ['with a slip in the surname', { surname: 'Quilmane' }],
    ['with a short form', { given: 'Bob' }],
    ['with names the other way round', { given: 'Quillmane', surname: 'Robert' }],
    ['with day and month swapped', { dob: '1958-14-03' }],
    ['with a slip in the licence', { oln: 'C1112232' }],
    ['without a licence', { oln: undefined, olnState: undefined }],
    ['without a birth date', { dob: undefined }],
    ['moved house', { street: '1 Other Ave', zip: '96150' }],
  ])('the booking of the event, %s', async (_, changes) => {
    const decision = await decide([ROBERT], { ...WARRANT, ...changes });
    expect(named(decision)).toEqual(['attach', 'R1']);
    expect(decision.probability).toBeGreaterThan(0.999);
  });

  test('one booking entered twice is one booking', async () => {
    const decision = await decide([ROBERT, { ...ROBERT, id: 'R1-again' }], WARRANT);
    expect(named(decision)).toEqual(['attach', 'R1']);
  });

  test('the booking of this event, not another of the same person', async () => {
    const before = {
      ...ROBERT,
      id: 'R0',
      arrestDate: '2022-05-01',
      offenseDate: '2022-05-01',
      charge: '484 PC',
    };
    expect(named(await decide([before, ROBERT], WARRANT))).toEqual(['attach', 'R1']);
  });
});

describe('never attaches a relative where the true booking is absent', () => {
  test.each<[string, Partial<LinkRecord>]>([
    [
      'a twin brother',
      { given: 'Rodney', middle: 'Paul', ssn: '987333444', oln: 'D5556667', cii: 'A44455566' },
    ],
    [
      'a twin whose numbers are unknown',
      { given: 'Rodney', middle: undefined, ssn: undefined, oln: undefined, cii: undefined },
    ],
    [
      'the son of the same name',
      { suffix: 'JR', dob: '1984-09-02', ssn: '987333444', oln: 'D5556667', cii: 'A44455566' },
    ],
    [
      'the son of the same name, birth date unknown',
      {
        suffix: undefined,
        dob: undefined,
        ssn: undefined,
        oln: undefined,
        cii: undefined,
        arrestDate: '2024-06-01',
        offenseDate: '2024-06-01',
      },
    ],
    [
      'a brother a year younger',
      { given: 'Richard', dob: '1959-03-14', ssn: undefined, oln: 'D5556667', cii: undefined },
    ],
  ])('%s', async (_, changes) => {
    const relative = { ...ROBERT, id: 'X', arrestDate: '2023-08-08', offenseDate: '2023-08-08', ...changes };
    expect((await decide([relative], WARRANT)).kind).not.toBe('attach');
  });
});

describe('asks a person', () => {
  test('where two bookings of the person fit alike', async () => {
    const { offenseDate: _gone, charge: _no, ...undated } = WARRANT;
    const other = { ...ROBERT, id: 'R2', arrestDate: '2023-11-11', offenseDate: '2023-11-11' };
    const decision = await decide([ROBERT, other], undated);
    expect(decision.kind).toBe('review');
    expect(decision.reasons).toContain('LINK_TIED');
  });

  test.each<[string, Partial<LinkWarrant>, string]>([
    ['the state number', { cii: 'A99988877' }, 'cii'],
    ['Jr against Sr', { suffix: 'JR' }, 'suffix'],
    ['nine inches of height', { heightInches: 79 }, 'height'],
    ['the licence of a twin whose name is nearly the same', { given: 'Roberto', oln: 'D5556667' }, 'oln'],
  ])('where %s contradicts', async (_, changes, field) => {
    const decision = await decide([ROBERT], { ...WARRANT, ...changes });
    expect(decision.kind).not.toBe('attach');
    expect(decision.candidates[0]?.contradictions).toContain(field);
  });

  test('where nothing says which event it is, even with one booking only', async () => {
    const { offenseDate: _o, charge: _c, ...undated } = WARRANT;
    expect((await decide([ROBERT], undated)).kind).toBe('review');
  });
});

describe('finds nothing', () => {
  test('where the only booking came after the failure to appear', async () => {
    const after = { ...ROBERT, arrestDate: '2024-08-01' };
    const decision = await decide([after], WARRANT);
    expect(named(decision)).toEqual(['none', undefined, 'LINK_ONLY_LATER']);
    expect(decision.later).toBe(1);
  });
  test('where the person is known but the event is another', async () => {
    const other = {
      ...ROBERT,
      arrestDate: '2021-01-20',
      offenseDate: '2021-01-20',
      agency: 'CA0010400',
      charge: '459 PC',
    };
    const decision = await decide([other], WARRANT);
    expect(named(decision)).toEqual(['none', 'R1', 'LINK_OTHER_EVENT']);
    expect(decision.candidates[0]?.personProbability).toBeGreaterThan(0.999);
  });
  test('in an empty table', async () => {
    const linker = createLinker(defaultModel());
    expect(linker.link(WARRANT).kind).toBe('none');
    await linker.index([]);
    expect(linker.link(WARRANT).reasons).toEqual(['LINK_NO_CANDIDATE']);
  });
});

describe('the table', () => {
  test('may come as a stream and may be replaced', async () => {
    const linker = createLinker(defaultModel());
    await linker.index(
      (async function* () {
        yield* strangers;
        yield ROBERT;
      })(),
    );
    expect(linker.size).toBe(strangers.length + 1);
    await linker.index([ROBERT]);
    expect(linker.size).toBe(1);
  });

  test('a default birth date shared by a thousand rows does not link them', async () => {
    const standIns = strangers.slice(0, 1_200).map((one) => ({ ...one, dob: '1980-01-01' }));
    const linker = createLinker(defaultModel());
    await linker.index([...strangers.slice(1_200), ...standIns]);
    const decision = linker.link({ id: 'W', given: 'Nobody', surname: 'Anywhere', dob: '1980-01-01' });
    expect(decision.kind).toBe('none');
  });
});
