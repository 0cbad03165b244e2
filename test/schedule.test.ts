import { describe, expect, it } from 'vitest';
import { FixedClock } from '../src/clock.ts';
import { dailyTime, dueNights, dueOn, nextDue, retryAfter, runIfDue } from '../src/schedule.ts';
import { openTestStore } from './support/store.ts';

const LA = 'America/Los_Angeles';
const at = (hour: number, minute: number) => ({ hour, minute, zone: LA });

describe('when a nightly run is due', () => {
  it.each([
    ['an ordinary winter night', '2027-01-15', at(0, 15), '2027-01-15T08:15:00.000Z'],
    ['an ordinary summer night', '2027-07-15', at(0, 15), '2027-07-15T07:15:00.000Z'],
    [
      '02:30 on the spring night, which does not exist: an hour later',
      '2027-03-14',
      at(2, 30),
      '2027-03-14T10:30:00.000Z',
    ],
    [
      '01:30 on the autumn night, which comes twice: the first time',
      '2027-11-07',
      at(1, 30),
      '2027-11-07T08:30:00.000Z',
    ],
  ])('%s', (_title, date, time, instant) => {
    expect(dueOn(date, time)).toBe(instant);
  });

  it('is due on every date of two years, DST nights included, exactly once and in order', () => {
    for (let hour = 0; hour <= 4; hour += 1) {
      const dues = Array.from({ length: 730 }, (_, i) =>
        dueOn(new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10), at(hour, 30)),
      );
      expect(new Set(dues).size).toBe(730);
      expect([...dues].sort()).toEqual(dues);
    }
  });

  it('catches up the newest missed night once and names the others', () => {
    const result = dueNights(
      '2026-03-05T20:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '2026-03-02T08:15:00.000Z',
      at(0, 15),
    );
    expect(result).toEqual({
      due: '2026-03-05T08:15:00.000Z',
      missed: ['2026-03-03T08:15:00.000Z', '2026-03-04T08:15:00.000Z'],
    });
  });

  it('owes nothing for nights before the schedule was known, nor when the clock goes back', () => {
    expect(dueNights('2026-03-05T20:00:00.000Z', '2026-03-05T19:00:00.000Z', null, at(0, 15))).toEqual({
      missed: [],
    });
    expect(
      dueNights(
        '2026-03-01T20:00:00.000Z',
        '2026-02-01T00:00:00.000Z',
        '2026-03-05T08:15:00.000Z',
        at(0, 15),
      ),
    ).toEqual({ missed: [] });
  });

  it.each([
    ['before it today', '2026-11-25T07:00:00.000Z', '2026-11-25T08:15:00.000Z'],
    ['after it today: tomorrow', '2026-11-25T20:00:00.000Z', '2026-11-26T08:15:00.000Z'],
    ['late in the evening, when UTC is a day ahead', '2026-11-26T05:00:00.000Z', '2026-11-26T08:15:00.000Z'],
  ])('is next due, asked %s', (_title, now, due) => {
    expect(nextDue(new Date(now), at(0, 15))).toBe(due);
  });

  it('reads a daily expression and leaves others to cron', () => {
    expect(dailyTime('15 0 * * *', LA)).toEqual({ hour: 0, minute: 15, zone: LA });
    expect(dailyTime('*/5 * * * *', LA)).toBeUndefined();
  });
});

describe('the schedule table', () => {
  it('runs a due night once however often it ticks', async () => {
    const { store } = await openTestStore({ clock: new FixedClock('2026-03-01T00:00:00Z') });
    const ran: string[] = [];
    const missed: (readonly string[])[] = [];
    const job = {
      name: 'nightly',
      expression: '15 0 * * *',
      zone: LA,
      run: async (due: string) => void ran.push(due),
      onDue: async (nights: readonly string[]) => void missed.push(nights),
    };
    const clock = new FixedClock('2026-03-01T00:00:00Z');
    await runIfDue(store, clock, job, at(0, 15));
    clock.advance(36 * 3600_000);
    await runIfDue(store, clock, job, at(0, 15));
    await runIfDue(store, clock, job, at(0, 15));
    expect(ran).toEqual(['2026-03-02T08:15:00.000Z']);
    expect(missed).toEqual([['2026-03-01T08:15:00.000Z']]);
  });

  it('runs the spring night whose 02:30 does not exist, once, and the autumn night whose 01:30 comes twice, once', async () => {
    for (const [start, time, due] of [
      ['2027-03-13T20:00:00Z', at(2, 30), '2027-03-14T10:30:00.000Z'],
      ['2027-11-06T20:00:00Z', at(1, 30), '2027-11-07T08:30:00.000Z'],
    ] as const) {
      const clock = new FixedClock(start);
      const { store } = await openTestStore({ clock });
      const ran: string[] = [];
      const run = async (night: string) => void ran.push(night);
      const job = { name: 'nightly', expression: 'x', zone: LA, run };
      for (let minute = 0; minute < 24 * 60; minute += 10) {
        await runIfDue(store, clock, job, time);
        clock.advance(600_000);
      }
      expect(ran).toEqual([due]);
    }
  });

  it('runs a night again whose run died', async () => {
    const { store } = await openTestStore({ clock: new FixedClock('2026-03-01T00:00:00Z') });
    const clock = new FixedClock('2026-03-01T00:00:00Z');
    let tries = 0;
    const job = {
      name: 'nightly',
      expression: '15 0 * * *',
      zone: LA,
      run: async () => {
        tries += 1;
        if (tries === 1) throw new Error('killed');
      },
    };
    await runIfDue(store, clock, job, at(0, 15));
    clock.advance(36 * 3600_000);
    await expect(runIfDue(store, clock, job, at(0, 15))).rejects.toThrow('killed');
    expect([
      await runIfDue(store, clock, job, at(0, 15)),
      await runIfDue(store, clock, job, at(0, 15)),
    ]).toEqual([true, false]);
    expect(tries).toBe(2);
  });
});

describe('a night whose run throws', () => {
  it('is tried again after a minute, then later and later, an hour apart at most', () => {
    expect([1, 2, 3, 7, 8, 50].map(retryAfter)).toEqual([
      60_000, 120_000, 240_000, 3_600_000, 3_600_000, 3_600_000,
    ]);
  });
});
