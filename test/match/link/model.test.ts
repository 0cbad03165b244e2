import { describe, expect, test } from 'vitest';
import {
  checkModel,
  createLinker,
  defaultModel,
  driftReport,
  openFiles,
  startModel,
  thresholdTable,
  trainOnFiles,
} from '../../../src/match/link/index.ts';
import { gatherLinkageCounty } from '../../../src/synth/linkage/index.ts';

describe('a model file', () => {
  test('the shipped one is valid, and every field sums to one', () => {
    for (const [name, { m, u }] of Object.entries(defaultModel().fields)) {
      expect(m.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
      if (name !== 'naming') expect(u.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
    }
  });
  test.each([
    ['another format', { format: 'splink' }],
    ['a later version', { version: 2 }],
    [
      'a chance above one',
      { fields: { sex: { levels: ['same', 'different'], m: [2, 0], u: [0.5, 0.5], shared: 0 } } },
    ],
    [
      'other levels than ours',
      { fields: { sex: { levels: ['yes', 'no'], m: [1, 0], u: [0.5, 0.5], shared: 0 } } },
    ],
    [
      'm for too few levels',
      { fields: { sex: { levels: ['same', 'different'], m: [1], u: [0.5, 0.5], shared: 0 } } },
    ],
  ])('with %s is refused', (_, change) => {
    expect(() => checkModel({ ...startModel(), ...change })).toThrow(
      expect.objectContaining({ code: 'LINK_MODEL_INVALID' }),
    );
  });
  test('survives being written and read', () => {
    expect(checkModel(JSON.parse(JSON.stringify(defaultModel())))).toEqual(defaultModel());
  });
});

describe('training without truth', () => {
  const county = gatherLinkageCounty({ seed: 'training', people: 4_000, warrantShare: 0.6 });
  const truth = new Map(county.warrants.map(({ warrant, booking }) => [warrant.id, booking]));

  test('comes near the m that the truth gives, though nobody told it', async () => {
    const files = await openFiles(
      county.warrants.map(({ warrant }) => warrant),
      county.bookings,
    );
    const model = trainOnFiles(files, startModel(), { name: 'test', on: 'a drawn county', doubt: 0 });
    const { left, right, comparer } = files;
    const rows = new Map(right.ids.map((id, row) => [id, row]));
    const tallies = comparer.fields.map((field) => field.levels.map(() => 0));
    left.ids.forEach((id, i) => {
      const j = rows.get(truth.get(id) ?? '');
      if (j === undefined) return;
      const { levels } = comparer.compare(left, i, right, j, comparer.blank());
      levels.forEach((level, f) => {
        const tally = tallies[f];
        if (level > 0 && tally !== undefined) tally[level - 1] = (tally[level - 1] ?? 0) + 1;
      });
    });
    for (const name of ['given', 'surname', 'dob', 'sex', 'event', 'agency', 'ssn', 'oln']) {
      const tally = tallies[comparer.fields.findIndex((field) => field.name === name)] ?? [];
      const share = (tally[0] ?? 0) / tally.reduce((a, b) => a + b, 0);
      expect(Math.abs((model.fields[name]?.m[0] ?? 0) - share), name).toBeLessThan(0.04);
    }
  }, 240_000);

  test('files too small to teach leave the model as it was', async () => {
    const files = await openFiles([{ id: '1', given: 'Ana' }], [{ id: '2', given: 'Ana' }]);
    const model = trainOnFiles(files, defaultModel(), { name: 'tiny', on: 'two records' });
    expect(model.trained.learned).toEqual([]);
    expect(model.fields.given?.m).toEqual(defaultModel().fields.given?.m);
  });
});

describe('drift', { timeout: 240_000 }, () => {
  const county = gatherLinkageCounty({ seed: 'drift', people: 2_000, warrantShare: 0 }).bookings;
  const profileOf = async (bookings: typeof county) => {
    const linker = createLinker(defaultModel());
    await linker.index(bookings);
    return linker.profile();
  };

  test('nothing is said where nothing moved', async () => {
    const profile = await profileOf(county);
    expect(driftReport(profile, defaultModel(), profile).filter(({ alarms }) => alarms.length > 0)).toEqual(
      [],
    );
  });
  test('a field that stops being filled, and one filled with a default, are named', async () => {
    const earlier = await profileOf(county);
    const changed = county.map((one, n) => ({
      ...one,
      ssn: undefined,
      ...(n % 5 === 0 ? { dob: '1990-01-01' } : {}),
    }));
    const rows = driftReport(await profileOf(changed), defaultModel(), earlier);
    const alarms = Object.fromEntries(rows.map((row) => [row.field, row.alarms]));
    expect(alarms.ssn).toContain('LESS_COMPLETE');
    expect(alarms.dob).toContain('DEFAULT_VALUE');
    expect(alarms.surname).toEqual([]);
  });
  test('a field whose values have turned into one another is named by its weight', async () => {
    const rows = driftReport(
      await profileOf(county.map((one) => ({ ...one, surname: 'Same' }))),
      defaultModel(),
    );
    expect(rows.find(({ field }) => field === 'surname')?.alarms).toContain('WEIGHT_SHIFT');
  });
  test('a profile holds shares, no value of anybody', async () => {
    const text = JSON.stringify(await profileOf(county)).toUpperCase();
    expect(text).not.toContain((county[0]?.surname ?? '-').toUpperCase());
    expect(text).not.toContain(county[0]?.cii ?? '-');
  });
});

test('a threshold table counts what is attached, expected wrong and found wrong', () => {
  const decision = (probability: number) =>
    ({ kind: 'attach', probability, gap: 99, reasons: [], candidates: [] }) as const;
  const judged = [
    { decision: decision(0.999), right: true },
    { decision: decision(0.95), right: false },
    { decision: { ...decision(0.99), reasons: ['LINK_TIED'] as const }, right: true },
  ];
  const [low, high] = thresholdTable(judged, [0.9, 0.99]);
  expect(low).toMatchObject({ attached: 2 / 3, observedFalsePer100k: 100_000 / 3 });
  expect(low?.expectedFalsePer100k).toBeCloseTo((100_000 * 0.051) / 3, 6);
  expect(high).toMatchObject({ attached: 1 / 3, observedFalsePer100k: 0 });
});
