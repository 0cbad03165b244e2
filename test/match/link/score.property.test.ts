import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createLinker,
  defaultModel,
  type LinkedPair,
  type Linker,
  type LinkRecord,
  linkFiles,
  openFiles,
  startModel,
  trainOnFiles,
} from '../../../src/match/link/index.ts';
import { gatherLinkageCounty } from '../../../src/synth/linkage/index.ts';

const county = gatherLinkageCounty({ seed: 'properties', people: 400, warrantShare: 0.6 });
const { bookings } = county;
const warrants: readonly LinkRecord[] = county.warrants.map(({ warrant }) => warrant);

async function pairsOf(
  a: readonly LinkRecord[],
  b: readonly LinkRecord[],
  train = false,
): Promise<readonly LinkedPair[]> {
  const files = await openFiles(a, b);
  const model = train ? trainOnFiles(files, startModel(), { name: 'test', on: 'test' }) : defaultModel();
  return linkFiles(files, model, 0.01).pairs;
}

/** A record with its fields in another order. */
function turned(record: LinkRecord): LinkRecord {
  return Object.fromEntries(Object.entries(record).reverse()) as unknown as LinkRecord;
}

function expectSame(found: readonly LinkedPair[], expected: readonly LinkedPair[]): void {
  expect(found.map(({ idA, idB }) => `${idA} ${idB}`)).toEqual(
    expected.map(({ idA, idB }) => `${idA} ${idB}`),
  );
  found.forEach((pair, n) => {
    expect(pair.probability).toBeCloseTo(expected[n]?.probability ?? -1, 9);
  });
}

describe('the order of things changes nothing', () => {
  test.each([false, true])(
    'order of rows in either file, with training: %s',
    { timeout: 240_000 },
    async (train) => {
      const usual = await pairsOf(warrants, bookings, train);
      expect(usual.length).toBeGreaterThan(100);
      expectSame(await pairsOf(warrants.toReversed(), bookings.toReversed(), train), usual);
    },
  );

  test('order of fields in the records', async () => {
    expectSame(await pairsOf(warrants.map(turned), bookings.map(turned)), await pairsOf(warrants, bookings));
  });

  test('order of bookings for a decision', async () => {
    const [one, other] = [createLinker(defaultModel()), createLinker(defaultModel())];
    await one.index(bookings);
    await other.index(bookings.toReversed());
    for (const { warrant } of county.warrants) {
      const [a, b] = [one.link(warrant), other.link(warrant)];
      expect([a.kind, a.candidates[0]?.id]).toEqual([b.kind, b.candidates[0]?.id]);
      expect(a.probability).toBeCloseTo(b.probability, 9);
    }
  });
});

describe('evidence', () => {
  let linker: Linker;
  beforeAll(async () => {
    linker = createLinker(defaultModel());
    await linker.index(bookings);
  });

  /** Fields of a booking that a warrant may be given as well. */
  const FIELDS = [
    'given',
    'surname',
    'middle',
    'suffix',
    'dob',
    'sex',
    'race',
    'ssn',
    'oln',
    'cii',
    'fbi',
    'phone',
    'heightInches',
    'weightPounds',
    'arrestDate',
    'offenseDate',
    'agency',
    'charge',
  ] as const;
  const ofBooking = (booking: LinkRecord, fields: readonly string[]): LinkRecord => ({
    id: 'W',
    ...Object.fromEntries(Object.entries(booking).filter(([name]) => fields.includes(name))),
  });

  test('adding a field that agrees never lowers the weight of the booking it agrees with, nor the probability of the person', () => {
    const some = fc.record({
      booking: fc.integer({ min: 0, max: bookings.length - 1 }),
      fields: fc.subarray([...FIELDS], { minLength: 3 }),
      more: fc.constantFrom(...FIELDS),
    });
    fc.assert(
      fc.property(some, ({ booking, fields, more }) => {
        const target = bookings[booking] as LinkRecord;
        const asked = (names: readonly string[]) =>
          linker.link(ofBooking(target, names)).candidates.find(({ id }) => id === target.id);
        const before = asked(fields);
        if (before === undefined) return;
        const after = asked([...fields, more]);
        expect(after?.weight ?? -Infinity).toBeGreaterThanOrEqual(before.weight - 1e-9);
        // Which booking of the person it is may become less sure: a number may bring another one of theirs to light.
        expect(after?.personProbability ?? -Infinity).toBeGreaterThanOrEqual(before.personProbability - 1e-9);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    {},
    { given: '', surname: '   ', dob: '' },
    { given: 'UNKNOWN', surname: 'DOE', dob: '00000000' },
    { sex: 'M', race: 'W', heightInches: 70 },
    { ssn: '999999999', phone: '0000000000' },
  ])('a record that says nothing, %o, links to nothing', (fields) => {
    const decision = linker.link({ id: 'W', ...fields });
    expect(decision.kind).toBe('none');
    expect(decision.reasons).toEqual(['LINK_NOTHING_TO_COMPARE']);
    expect(decision.candidates).toEqual([]);
  });

  test('records that say nothing link to nothing in files either', async () => {
    const empty = [{ id: 'x' }, { id: 'y', given: ' ' }];
    expect(await pairsOf(empty, [...bookings, ...empty])).toEqual([]);
    expect(await pairsOf([], [])).toEqual([]);
  });

  test('no input makes it throw or leave 0 to 1', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('19800101', 'GARCIA', 'J', '123', '🙂', '李小龙'));
    const record = fc.record({
      given: text,
      surname: text,
      middle: text,
      suffix: text,
      dob: text,
      ssn: text,
      street: text,
      zip: text,
      phone: text,
      heightInches: text,
      arrestDate: text,
      failureToAppearDate: text,
    });
    fc.assert(
      fc.property(record, (fields) => {
        const { probability, candidates, explain } = linker.link({ id: 'W', ...fields });
        expect(probability >= 0 && probability <= 1).toBe(true);
        expect(explain().rows.every((row) => Number.isFinite(row.total)) || candidates.length === 0).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });
});
