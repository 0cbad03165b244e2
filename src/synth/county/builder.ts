import type {
  Booking,
  CourtEvent,
  OriginKind,
  Person,
  PersonName,
  PriorRecord,
  Warrant,
  WarrantLevel,
} from '../../domain/index.ts';
import { NO_PERSON } from '../../domain/index.ts';
import { dateFromDays, daysFromDate, drawPeople, type SynthPerson } from '../people/index.ts';
import { createRandom, type Random } from '../random.ts';
import {
  COUNTY,
  type CountyOptions,
  type CourtSystem,
  type PlannedBooking,
  type PlannedPrint,
  type PlannedPrior,
  type PlannedWarrant,
} from './model.ts';
import type { ScenarioName } from './scenario.ts';

const CHARGES: readonly { level: WarrantLevel; code: string; section: string; text: string }[] = [
  { level: 'M', code: 'VC', section: '14601.1', text: 'DRIVING WHILE LICENSE SUSPENDED' },
  { level: 'M', code: 'VC', section: '23152(A)', text: 'DRIVING UNDER THE INFLUENCE' },
  { level: 'M', code: 'PC', section: '484(A)', text: 'PETTY THEFT' },
  { level: 'M', code: 'PC', section: '602', text: 'TRESPASS' },
  { level: 'F', code: 'PC', section: '459', text: 'BURGLARY' },
  { level: 'F', code: 'HS', section: '11378', text: 'POSSESSION FOR SALE' },
  { level: 'I', code: 'PC', section: '640(C)', text: 'FARE EVASION' },
];

const LEVEL_WORDS: Readonly<Record<WarrantLevel, string>> = {
  F: 'Felony',
  M: 'Misdemeanor',
  I: 'Infraction',
};

function nameOf(p: SynthPerson): PersonName {
  return {
    given: p.given,
    ...(p.middle ? { middle: p.middle } : {}),
    surname: p.surname,
    ...(p.suffix ? { suffix: p.suffix } : {}),
  };
}

/** A person as a form shows one; numbers only where `numbers` says that they are known. */
export function personOf(
  p: SynthPerson,
  numbers: { cii?: boolean; licence?: boolean; ssn?: boolean } = {},
): Person {
  return {
    ...NO_PERSON,
    name: nameOf(p),
    birthDate: p.dob,
    sex: p.sex,
    race: p.race,
    eyes: p.eye,
    hair: p.hair,
    heightInches: p.heightInches,
    weightPounds: p.weightPounds,
    ids: {
      mnu: [],
      local: [],
      ...(numbers.ssn ? { ssn: p.ssn } : {}),
      ...(numbers.licence ? { licence: { number: p.oln, state: p.olnState, expiryYear: '2029' } } : {}),
      ...(numbers.cii ? { cii: p.cii, ...(p.fbi ? { fbi: p.fbi } : {}) } : {}),
    },
    addresses: [p.address],
  };
}

/** Gathers the county while the scenarios are dealt out. */
export class Builder {
  readonly random: Random;
  readonly today: number;
  readonly warrants: PlannedWarrant[] = [];
  readonly bookings: PlannedBooking[] = [];
  readonly citations: PlannedBooking[] = [];
  readonly priors: PlannedPrior[] = [];
  readonly #people: Generator<SynthPerson>;
  #serial = 0;

  constructor(options: CountyOptions) {
    this.random = createRandom(`${options.seed}/county`);
    this.today = daysFromDate(options.today);
    this.#people = drawPeople({ seed: options.seed, count: options.warrants * 4 + 200 });
  }

  person(): SynthPerson {
    const next = this.#people.next();
    if (next.done) throw new RangeError('the county ran out of people');
    return next.value;
  }

  /** A person with somebody easily taken for them: the relation and the original. */
  relative(): { one: SynthPerson; other: SynthPerson } {
    const seen = new Map<string, SynthPerson>();
    for (;;) {
      const one = this.person();
      seen.set(one.id, one);
      const other = one.relation && seen.get(one.relation.of);
      if (other && one.relation?.kind !== 'reversed-name') return { one, other };
    }
  }

  serial(prefix: string): string {
    this.#serial += 1;
    return `${prefix}${String(this.#serial).padStart(6, '0')}`;
  }

  print(personId: string, file: string, kind: PlannedPrint['kind']): PlannedPrint {
    const format = kind === 'livescan' ? this.random.pick(['png', 'png', 'wsq', 'an2'] as const) : 'png';
    return { personId, finger: 1, kind, format, file: `${file}.${format}` };
  }

  /** A booking (or citation) of `actual` under the name and numbers of `claimed`. */
  book(
    kind: OriginKind,
    actual: SynthPerson,
    claimed: SynthPerson,
    options: { cii?: boolean; print?: PlannedPrint['kind'] | 'none' } = {},
  ): Booking {
    const number = this.serial(kind === 'booking' ? 'BK26' : 'TR26');
    const arrestDate = dateFromDays(this.today - this.random.int(40, 200));
    const booking: Booking = {
      kind,
      system: kind === 'booking' ? 'jail' : 'police',
      number,
      agencyOri: kind === 'booking' ? COUNTY.sheriffOri : COUNTY.policeOri,
      ...(kind === 'booking' ? { tcn: this.serial('TCN') } : {}),
      arrestDate,
      bookedDate: arrestDate,
      caseNumbers: [],
      charges: [],
      person: personOf(claimed, { cii: options.cii ?? false, licence: true }),
    };
    const taken = options.print ?? (kind === 'booking' ? 'livescan' : 'inked');
    const prints = taken === 'none' ? [] : [this.print(actual.id, number, taken)];
    (kind === 'booking' ? this.bookings : this.citations).push({ booking, prints });
    return booking;
  }

  prior(person: SynthPerson): PriorRecord {
    const number = this.serial('CR');
    const record: PriorRecord = {
      system: 'records',
      number,
      cii: person.cii,
      ...(person.fbi ? { fbi: person.fbi } : {}),
      person: personOf(person, { cii: true }),
    };
    this.priors.push({ record, prints: [this.print(person.id, number, 'livescan')] });
    return record;
  }

  warrant(
    named: SynthPerson,
    over: Partial<Warrant> = {},
    numbers: { licence?: boolean; ssn?: boolean } = { licence: true },
  ): Warrant {
    const charge = this.random.pick(CHARGES);
    const issued = this.today - this.random.int(0, 2);
    return {
      number: this.serial('FTA'),
      oca: this.serial('OCA'),
      kind: { code: 'BENCH', raw: 'BW' },
      status: { code: 'ISSUED', raw: 'Issued' },
      level: { code: charge.level, raw: LEVEL_WORDS[charge.level] },
      issuedDate: dateFromDays(issued),
      courtOri: COUNTY.courtOri,
      courtName: COUNTY.courtName,
      agencyOri: COUNTY.sheriffOri,
      judge: 'HON. A. SAMPLE',
      bail: { kind: { code: 'BONDABLE', raw: 'Bondable' }, cents: this.random.int(5, 500) * 10_000 },
      offences: [
        {
          statuteCode: charge.code,
          statuteSection: charge.section,
          description: charge.text,
          level: { code: charge.level, raw: LEVEL_WORDS[charge.level] },
        },
      ],
      case: { number: this.serial('26CR'), docket: this.serial('26-') },
      missedAppearance: { date: dateFromDays(issued - this.random.int(0, 2)) },
      origin: {},
      person: personOf(named, numbers),
      vehicles: [],
      notes: [],
      ...over,
    };
  }

  add(
    scenario: ScenarioName,
    system: CourtSystem,
    person: SynthPerson,
    warrant: Warrant,
    events: readonly CourtEvent[] = ['issued'],
    truth: { bookingNumber?: string; cii?: string } = {},
  ): void {
    this.warrants.push({ scenario, system, warrant, events, personId: person.id, ...truth });
  }
}
