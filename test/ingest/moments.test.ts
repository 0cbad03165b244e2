import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { custodyXml } from '../../src/ingest/bookings/custody.ts';
import { relational } from '../../src/ingest/courts/relational.ts';
import { datesIn } from '../../src/ingest/moments.ts';
import { CONTEXT, readAs } from './support/context.ts';

const inLosAngeles = datesIn('America/Los_Angeles');

describe('The date of an event', () => {
  test.each([
    ['2026-03-02T03:00:00Z', '2026-03-01'],
    ['2026-03-02T09:00:00Z', '2026-03-02'],
    ['2026-03-02T03:00:00.123Z', '2026-03-01'],
    // Winter and summer time, to the minute.
    ['2026-01-02T07:59:59Z', '2026-01-01'],
    ['2026-01-02T08:00:00Z', '2026-01-02'],
    ['2026-07-02T06:59:59Z', '2026-07-01'],
    ['2026-07-02T07:00:00Z', '2026-07-02'],
    // The night in which the clocks go forward, and a new year.
    ['2026-03-08T10:30:00Z', '2026-03-08'],
    ['2027-01-01T05:00:00Z', '2026-12-31'],
    // The court's own offset moves nothing; another one does.
    ['2026-03-02T23:30:00-08:00', '2026-03-02'],
    ['2026-03-02T02:30:00-05:00', '2026-03-01'],
    ['2026-03-01T23:30:00-10:00', '2026-03-02'],
  ])('%s is the day it was at the court: %s', (text, day) => {
    expect(inLosAngeles(text)).toBe(day);
  });

  test.each([
    ['2026-03-02', 'a date'],
    ['2026-03-02Z', 'a date with an offset and no time'],
    ['2026-03-02T03:00:00', 'a time without an offset is the court’s own'],
    ['2026-03-02T00:00:00Z', 'midnight is how programs write a date as a date-time'],
    ['2026-03-02T00:00:00.000Z', 'midnight with a fraction'],
    ['2026-03-02T00:00:00+00:00', 'midnight with an offset'],
    ['2026-03-02T24:00:00Z', 'the other midnight'],
  ])('%s stays as written: %s', (text) => {
    expect(inLosAngeles(text)).toBe('2026-03-02');
  });

  it('is that of the zone the configuration names', () => {
    expect(datesIn('America/New_York')('2026-03-02T04:30:00Z')).toBe('2026-03-01');
    expect(datesIn('America/New_York')('2026-03-02T05:30:00Z')).toBe('2026-03-02');
  });

  test.each(['2026-02-30T03:00:00Z', '2026-03-02T25:00:00Z', '2026-03-02T03:00Z', 'yesterday'])(
    '%s is none',
    (text) => expect(inLosAngeles(text)).toBeUndefined(),
  );
});

describe('Moments in a feed', () => {
  it('give rows their day at the court, and never move a birth date', async () => {
    const row = {
      warrant_number: 'W1',
      case_number: 'C1',
      status: 'ISSUED',
      issue_date: '2026-03-02T03:00:00Z',
      fta_date: '2026-03-01T20:00:00',
      last_name: 'EXAMPLE',
      dob: '1980-05-17T03:00:00Z',
      other_dobs: '1981-05-17T03:00:00Z',
      status_history: [{ status: 'ISSUED', start_date: '2026-03-02T04:00:00Z' }],
    };
    const { records } = await readAs(relational, [Buffer.from(`${JSON.stringify(row)}\n`)]);
    expect(records[0]?.record.warrant).toMatchObject({
      issuedDate: '2026-03-01',
      statusDate: '2026-03-01',
      missedAppearance: { date: '2026-03-01' },
      person: { birthDate: '1980-05-17', otherBirthDates: ['1981-05-17'] },
    });
  });

  it('give documents their day at the court, keep what was written, and never move a birth date', async () => {
    const report = readFileSync('fixtures/bookings/custody-xml/report.xml', 'utf8').replace(
      '<nc:PersonBirthDate><nc:Date>1971-06-09</nc:Date>',
      '<nc:PersonBirthDate><nc:DateTime>1971-06-09T03:00:00Z</nc:DateTime>',
    );
    const items = [];
    for await (const item of custodyXml.parse([Buffer.from(report)], CONTEXT)) items.push(item);
    expect(items).toMatchObject([
      {
        record: {
          booking: { bookedDate: '2026-06-02', person: { birthDate: '1971-06-09' } },
          extra: expect.arrayContaining([expect.objectContaining({ value: '2026-06-03T01:12:00Z' })]),
        },
      },
    ]);
  });
});
