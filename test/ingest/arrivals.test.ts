import { describe, expect, it } from 'vitest';
import { closeAlert, openAlert, openAlerts } from '../../src/alerts.ts';
import { DEFAULT_EXPECTATION, type Expectation, watchArrivals } from '../../src/ingest/arrivals/index.ts';
import { judgeArrivals } from '../../src/ingest/arrivals/judge.ts';
import { type ArrivedFile, finishFile, insertFile, type Store } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';

const NIGHTLY: Expectation = {
  source: 'fresno',
  zone: 'America/Los_Angeles',
  by: '01:00',
  weekdays: [1, 2, 3, 4, 5],
  holidays: ['2026-11-26'],
  ...DEFAULT_EXPECTATION,
};
const file = (receivedAt: string, records: number, more: Partial<ArrivedFile> = {}): ArrivedFile => ({
  name: 'f',
  receivedAt,
  records,
  state: 'done',
  problems: [],
  ...more,
});
const USUAL = [100, 104, 97, 110, 95, 102];
const judge = (now: string, files: readonly ArrivedFile[], expectation = NIGHTLY) =>
  judgeArrivals(expectation, files, USUAL, new Date(now)).map(
    (finding) => `${finding.fault} ${finding.date}`,
  );

describe('The calendar of arrivals', () => {
  // 01:00 in Los Angeles is 09:00 UTC in winter and 08:00 UTC in summer.
  it.each<[string, string, ArrivedFile[], string[]]>([
    ['nothing is wrong before it is due', '2026-11-24T08:59:00Z', [file('2026-11-23T09:10:00.000Z', 99)], []],
    ['nor within the first half hour', '2026-11-24T09:29:00Z', [], []],
    ['late after half an hour', '2026-11-24T09:31:00Z', [], ['late 2026-11-24']],
    ['missing after four hours', '2026-11-24T13:01:00Z', [], ['missing 2026-11-24']],
    ['on time', '2026-11-24T10:00:00Z', [file('2026-11-24T08:50:00.000Z', 99)], []],
    ['late but there', '2026-11-24T14:00:00Z', [file('2026-11-24T13:50:00.000Z', 99)], []],
    [
      'yesterday does not count for today',
      '2026-11-24T14:00:00Z',
      [file('2026-11-23T08:50:00.000Z', 99)],
      ['missing 2026-11-24'],
    ],
    ['without a record', '2026-11-24T10:00:00Z', [file('2026-11-24T08:50:00.000Z', 0)], ['empty 2026-11-24']],
    [
      'of zero bytes',
      '2026-11-24T10:00:00Z',
      [file('2026-11-24T08:50:00.000Z', 0, { state: 'refused', problems: [{ code: 'SRC-EMPTY' }] })],
      ['empty 2026-11-24'],
    ],
    ['far fewer', '2026-11-24T10:00:00Z', [file('2026-11-24T08:50:00.000Z', 40)], ['far-fewer 2026-11-24']],
    ['far more', '2026-11-24T10:00:00Z', [file('2026-11-24T08:50:00.000Z', 400)], ['far-more 2026-11-24']],
    [
      'several files count together',
      '2026-11-24T10:00:00Z',
      [file('2026-11-24T08:50:00.000Z', 40), file('2026-11-24T08:55:00.000Z', 60)],
      [],
    ],
    ['nothing on a Saturday', '2026-11-28T20:00:00Z', [file('2026-11-27T08:50:00.000Z', 99)], []],
    ['nothing on a holiday', '2026-11-26T20:00:00Z', [file('2026-11-25T08:50:00.000Z', 99)], []],
  ])('%s', (_title, now, files, expected) => {
    expect(judge(now, files)).toEqual(expected);
  });

  it('waits for the clock when a due time does not exist or comes twice', () => {
    const at = (by: string) => ({ ...NIGHTLY, weekdays: [7], by });
    // 8 March 2026: 02:30 does not exist; it is taken as 03:30 PDT = 10:30 UTC.
    expect(judge('2026-03-08T10:29:00Z', [file('2026-03-01T10:00:00.000Z', 99)], at('02:30'))).toEqual([]);
    expect(judge('2026-03-08T11:01:00Z', [], at('02:30'))).toEqual(['late 2026-03-08']);
    // 1 November 2026: 01:30 comes twice; the later one is 09:30 UTC.
    expect(judge('2026-11-01T09:20:00Z', [file('2026-10-25T08:00:00.000Z', 99)], at('01:30'))).toEqual([]);
    expect(judge('2026-11-01T10:01:00Z', [], at('01:30'))).toEqual(['late 2026-11-01']);
  });

  it('says nothing of few or many before it knows what is usual', () => {
    const now = new Date('2026-11-24T10:00:00Z');
    expect(judgeArrivals(NIGHTLY, [file('2026-11-24T08:50:00.000Z', 1)], [100, 100], now)).toEqual([]);
  });

  it('takes an empty file as normal where the court says so', () => {
    expect(
      judge('2026-11-24T10:00:00Z', [file('2026-11-24T08:50:00.000Z', 0)], {
        ...NIGHTLY,
        emptyIsNormal: true,
      }),
    ).toEqual([]);
  });
});

async function arrive(store: Store, records: number): Promise<void> {
  await store.transaction('t', async (unit) => {
    const id = await insertFile(unit, {
      source: 'fresno',
      name: 'f',
      sha256: String(Math.floor(records)) + unit.at,
      bytes: 1,
      state: 'claimed',
    });
    await finishFile(unit, id, { state: 'done', format: 'x', records, counts: {}, problems: [] });
  });
}

describe('The watch over arrivals', () => {
  it('alerts once when a fault starts and once when it ends', async () => {
    const { store, clock } = await openTestStore();
    const sink = {
      open: (alert: Parameters<typeof openAlert>[2]) => openAlert(store, 'watch', alert),
      close: (key: string) => closeAlert(store, 'watch', key),
    };
    const watch = async () => {
      const change = await watchArrivals(
        store,
        { ...NIGHTLY, weekdays: [1, 2, 3, 4, 5, 6, 7] },
        sink,
        clock.now(),
      );
      return [
        ...change.started.map((f) => `+${f.fault}`),
        ...change.ended.map((key) => `-${key.split(':')[2]}`),
      ];
    };
    // The clock stands at 2026-03-02T08:00:00Z, midnight in Los Angeles.
    for (let night = 0; night < 6; night++) {
      await arrive(store, 100 + night);
      clock.advance(2 * 3600_000);
      expect(await watch()).toEqual([]);
      clock.advance(22 * 3600_000);
    }
    clock.advance(1.75 * 3600_000);
    expect(await watch()).toEqual(['+late']);
    expect(await watch()).toEqual([]);
    clock.advance(4 * 3600_000);
    expect(await watch()).toEqual(['+missing', '-late']);
    await arrive(store, 20);
    expect(await watch()).toEqual(['+far-fewer', '-missing']);
    expect((await openAlerts(store)).map((row) => row.key)).toEqual(['arrival:fresno:far-fewer']);
    await arrive(store, 80);
    expect(await watch()).toEqual(['-far-fewer']);
    expect(await openAlerts(store)).toEqual([]);
  });
});
