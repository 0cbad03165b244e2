import { stringify } from 'csv-stringify/sync';
import type { CourtEvent, Person, Warrant } from '../../domain/index.ts';
import type { PlannedBooking, PlannedPrint, PlannedPrior } from './model.ts';

type Row = Record<string, string>;

function personCells(p: Person): Row {
  const street = p.addresses[0];
  return {
    last_name: p.name.surname ?? '',
    first_name: p.name.given ?? '',
    middle_name: p.name.middle ?? '',
    suffix: p.name.suffix ?? '',
    dob: p.birthDate ?? '',
    sex: p.sex ?? '',
    race: p.race ?? '',
    eyes: p.eyes ?? '',
    hair: p.hair ?? '',
    height: p.heightInches === undefined ? '' : String(p.heightInches),
    weight: p.weightPounds === undefined ? '' : String(p.weightPounds),
    ssn: p.ids.ssn ?? '',
    cii: p.ids.cii ?? '',
    fbi: p.ids.fbi ?? '',
    oln: p.ids.licence?.number ?? '',
    ols: p.ids.licence?.state ?? '',
    oly: p.ids.licence?.expiryYear ?? '',
    street: street?.street ?? '',
    city: street?.city ?? '',
    state: street?.state ?? '',
    zip: street?.zip ?? '',
  };
}

function printCells(prints: readonly PlannedPrint[]): Row {
  return {
    print_file: prints.map((p) => `prints/${p.file}`).join(';'),
    finger: prints.map((p) => String(p.finger)).join(';'),
    impression: prints.map((p) => (p.kind === 'inked' ? '2' : '1')).join(';'),
  };
}

function write(rows: readonly Row[]): string {
  return stringify([...rows], { header: true });
}

const STATUS: Partial<Record<CourtEvent, string>> = {
  issued: 'Issued',
  recalled: 'Recalled',
  served: 'Served',
  quashed: 'Quashed',
};

function warrantRow(w: Warrant, event: CourtEvent): Row {
  const offence = w.offences[0];
  const yes = (flag: boolean | undefined) => (flag ? 'Y' : 'N');
  return {
    warrant_number: w.number ?? '',
    case_number: w.case.number ?? '',
    status: STATUS[event] ?? 'Issued',
    warrant_type: w.kind?.code === 'ARREST' ? 'Arrest Warrant' : 'Bench Warrant - FTA',
    issue_date: w.issuedDate ?? '',
    court_ori: w.courtOri ?? '',
    court_name: w.courtName ?? '',
    agency_ori: w.agencyOri ?? '',
    oca: w.oca ?? '',
    judge: w.judge ?? '',
    bond_type: 'Cash or Surety',
    bond_amount: w.bail?.cents === undefined ? '' : (w.bail.cents / 100).toFixed(2),
    level: w.level?.raw ?? '',
    ncic_code: offence?.ncic ?? '',
    statute: offence?.statuteSection ? `${offence.statuteCode} ${offence.statuteSection}` : '',
    offense: offence?.description ?? '',
    offense_date: offence?.offenceDate ?? '',
    fta_date: w.missedAppearance?.date ?? '',
    citation_number: w.origin.citationNumber ?? '',
    booking_number: w.origin.bookingNumber ?? '',
    booking_agency_ori: w.origin.bookingAgencyOri ?? '',
    tcn: w.origin.tcn ?? '',
    arrest_date: w.origin.arrestDate ?? '',
    sealed: yes(w.sealed),
    ...personCells(w.person),
  };
}

/** A delimited warrant export of the Odyssey kind: a row an event. */
export function writeWarrantTable(events: readonly { warrant: Warrant; event: CourtEvent }[]): string {
  return write(events.map(({ warrant, event }) => warrantRow(warrant, event)));
}

/** A jail's booking feed. */
export function writeBookings(bookings: readonly PlannedBooking[]): string {
  return write(
    bookings.map(({ booking, prints }) => ({
      booking_number: booking.number,
      agency_ori: booking.agencyOri ?? '',
      tcn: booking.tcn ?? '',
      arrest_date: booking.arrestDate ?? '',
      booking_date: booking.bookedDate ?? '',
      ...personCells(booking.person),
      ...printCells(prints),
    })),
  );
}

/** A citation feed: each print serves its own arrestee's identity only. */
export function writeCitations(citations: readonly PlannedBooking[]): string {
  return write(
    citations.map(({ booking, prints }) => ({
      citation_number: booking.number,
      agency_ori: booking.agencyOri ?? '',
      arrest_date: booking.arrestDate ?? '',
      citation_date: booking.bookedDate ?? '',
      ...personCells(booking.person),
      ...printCells(prints),
    })),
  );
}

/** A criminal-history feed. */
export function writePriors(priors: readonly PlannedPrior[]): string {
  return write(
    priors.map(({ record, prints }) => ({
      record_number: record.number,
      ...personCells(record.person),
      ...printCells(prints),
    })),
  );
}
