import type { Booking, OriginKind, Warrant } from '../../domain/index.ts';
import type { SynthPerson } from '../people/index.ts';
import { Builder, personOf } from './builder.ts';
import type { CountyOptions, CountyPlan, CourtSystem, PlannedPrint } from './model.ts';
import { quota, type ScenarioName } from './scenario.ts';

/** The keys a court holds of the origin: its case file carries the booking's TCN or number. */
function origin(b: Builder, booking: Booking): Warrant['origin'] {
  if (booking.kind === 'citation') return { citationNumber: booking.number };
  return b.random.chance(0.5) && booking.tcn
    ? { tcn: booking.tcn }
    : {
        bookingNumber: booking.number,
        bookingAgencyOri: booking.agencyOri!,
        arrestDate: booking.arrestDate!,
      };
}

function systemFor(o: Warrant['origin']): CourtSystem {
  return o.tcn ? 'ojbc' : 'odyssey';
}

type Deal = (b: Builder) => void;

function deal(
  name: ScenarioName,
  kind: OriginKind,
  options: { prior?: boolean; claim?: boolean; print?: PlannedPrint['kind'] | 'none' },
): Deal {
  return (b) => {
    const p = b.person();
    const prior = options.prior ? b.prior(p) : undefined;
    const booking = b.book(kind, p, p, {
      cii: options.claim ?? false,
      ...(options.print ? { print: options.print } : {}),
    });
    const from = origin(b, booking);
    const cii = options.claim && prior?.cii ? { cii: prior.cii } : {};
    b.add(name, systemFor(from), p, b.warrant(p, { origin: from }), ['issued'], {
      bookingNumber: booking.number,
      ...cii,
    });
  };
}

/** The booking the court's number leads to is another person's. */
function mistaken(name: ScenarioName, pick: (b: Builder) => { one: SynthPerson; other: SynthPerson }): Deal {
  return (b) => {
    const { one, other } = pick(b);
    b.prior(other);
    const theirs = b.book('booking', other, other, { cii: true });
    const from = origin(b, theirs);
    b.add(name, systemFor(from), one, b.warrant(one, { origin: from }));
  };
}

/** `actual` was arrested under the name of `claimed`; the court seeks `claimed`. */
function impostor(name: ScenarioName, withNumber: boolean): Deal {
  return (b) => {
    const [actual, claimed] = [b.person(), b.person()];
    b.prior(actual);
    if (withNumber) b.prior(claimed);
    const booking = b.book('booking', actual, claimed, { cii: withNumber });
    const from = origin(b, booking);
    b.add(name, systemFor(from), actual, b.warrant(claimed, { origin: from }), ['issued'], {
      bookingNumber: booking.number,
    });
  };
}

const DEALS: Readonly<Record<ScenarioName, Deal>> = {
  verified: deal('verified', 'booking', { prior: true, claim: true }),
  'verified-citation': deal('verified-citation', 'citation', { prior: true, claim: true }),
  new: deal('new', 'booking', {}),
  'booking-without-print': deal('booking-without-print', 'booking', { print: 'none' }),
  'unusable-print': deal('unusable-print', 'booking', { print: 'blank' }),
  found: deal('found', 'booking', { prior: true }),
  'no-booking': (b) => {
    const p = b.person();
    b.add('no-booking', b.random.pick(['ojbc', 'odyssey'] as const), p, b.warrant(p));
  },
  'no-key': (b) => {
    const p = b.person();
    const booking = b.book('booking', p, p);
    const bare = b.warrant(p);
    // Two courts in three give the day of the offence; without it nothing tells one booking of a person from another.
    const dated = b.warrants.length % 3 > 0 && booking.arrestDate !== undefined;
    const offences = bare.offences.map((o) => (dated ? { ...o, offenceDate: booking.arrestDate } : o));
    const warrant = { ...bare, offences };
    b.add('no-key', 'odyssey', p, warrant, ['issued'], {
      bookingNumber: booking.number,
    });
  },
  'wrong-number': mistaken('wrong-number', (b) => ({ one: b.person(), other: b.person() })),
  'twin-number': mistaken('twin-number', (b) => b.relative()),
  'false-name': impostor('false-name', false),
  'stolen-identity': impostor('stolen-identity', true),
  recalled: (b) => {
    const p = b.person();
    const booking = b.book('booking', p, p);
    const from = origin(b, booking);
    b.add('recalled', systemFor(from), p, b.warrant(p, { origin: from }), ['issued', 'recalled']);
  },
  'bad-record': (b) => {
    const p = b.person();
    b.add('bad-record', 'odyssey', p, b.warrant({ ...p, dob: '1985-02-31' }));
  },
  'no-identifier': (b) => {
    const p = b.person();
    const { birthDate: _unknown, ...person } = personOf(p);
    b.add('no-identifier', 'odyssey', p, b.warrant(p, { person }));
  },
  'no-charge': (b) => {
    const p = b.person();
    b.add('no-charge', 'ebench', p, b.warrant(p));
  },
  sealed: (b) => {
    const p = b.person();
    b.add('sealed', 'odyssey', p, b.warrant(p, { sealed: true }));
  },
  'arrest-warrant': (b) => {
    const p = b.person();
    b.add('arrest-warrant', 'odyssey', p, b.warrant(p, { kind: { code: 'ARREST', raw: 'AW' } }));
  },
};

/** Draws a county: who is wanted and why, who was booked when, who has a record, and the truth of it all. */
export function planCounty(options: CountyOptions): CountyPlan {
  const b = new Builder(options);
  const names = [...quota(options.warrants)].flatMap(([name, n]) => Array.from({ length: n }, () => name));
  for (const name of b.random.shuffled(names)) DEALS[name](b);
  // Bookings and records of people nobody seeks: what a link or a search must not fall for.
  for (let i = 0; i < Math.ceil(options.warrants * 0.2); i += 1) {
    const p = b.person();
    if (b.random.chance(0.5)) b.prior(p);
    else b.book('booking', p, p);
  }
  return { warrants: b.warrants, bookings: b.bookings, citations: b.citations, priors: b.priors };
}
