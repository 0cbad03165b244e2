import { describe, expect, it } from 'vitest';
import { type Booking, NO_PERSON } from '../../src/domain/index.ts';
import { decideCertain, lookUps } from '../../src/match/certain-links.ts';
import type { BookingRow } from '../../src/store/index.ts';
import { aWarrant } from '../support/store.ts';

const PERSON = {
  ...NO_PERSON,
  name: { given: 'ADA', surname: 'EXAMPLE' },
  birthDate: '1980-05-17',
  sex: 'F',
};

function booking(over: Partial<Booking> = {}): BookingRow {
  const facts: Booking = {
    kind: 'booking',
    system: 'jail',
    number: '26-001',
    arrestDate: '2026-01-10',
    caseNumbers: [],
    charges: [],
    person: PERSON,
    ...over,
  };
  return { id: `b_${facts.number}`, facts: JSON.stringify(facts) } as BookingRow;
}

describe('certain links', () => {
  it('looks by TCN, booking number with agency, citation number, CII with arrest date, in that order', () => {
    const warrant = aWarrant({
      origin: {
        tcn: 'T1',
        bookingNumber: 'B1',
        bookingAgencyOri: 'CA0010000',
        citationNumber: 'C1',
        arrestDate: '2026-01-10',
      },
      person: { ...PERSON, ids: { cii: 'A12345678', mnu: [], local: [] } },
    });
    expect(lookUps(warrant).map((lookUp) => lookUp.rule)).toEqual([
      'tcn',
      'booking-number',
      'citation-number',
      'cii-arrest-date',
    ]);
    expect(lookUps(aWarrant())).toEqual([]);
  });

  it('attaches a booking found by an exact key when the person agrees', () => {
    expect(decideCertain(aWarrant(), [{ rule: 'tcn', row: booking() }])).toMatchObject({
      kind: 'certain',
      rule: 'tcn',
    });
  });

  it.each([
    [
      'a stranger under a mistyped number',
      booking({ person: { ...NO_PERSON, name: { given: 'RAY', surname: 'ROE' }, birthDate: '1970-01-01' } }),
    ],
    ['a twin', booking({ person: { ...PERSON, name: { given: 'EVA', surname: 'EXAMPLE' } } })],
    ['a booking later than the missed appearance', booking({ arrestDate: '2026-02-28' })],
  ])('leaves %s to a clerk', (_title, row) => {
    expect(decideCertain(aWarrant(), [{ rule: 'booking-number', row }])).toMatchObject({ kind: 'possible' });
  });

  it('ties when keys lead to different bookings, and counts one booking found by two keys once', () => {
    const [a, b] = [booking(), booking({ number: '26-002' })];
    expect(
      decideCertain(aWarrant(), [
        { rule: 'tcn', row: a },
        { rule: 'booking-number', row: b },
      ]),
    ).toMatchObject({ kind: 'tied' });
    expect(
      decideCertain(aWarrant(), [
        { rule: 'tcn', row: a },
        { rule: 'booking-number', row: a },
      ]),
    ).toMatchObject({ kind: 'certain' });
  });

  it('finds nothing without keys', () => {
    expect(decideCertain(aWarrant(), [])).toEqual({ kind: 'none' });
  });
});
