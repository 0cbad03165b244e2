import {
  type Appearance,
  type Bail,
  type BailKind,
  COURT_RECORD_SCHEMA,
  type CourtCase,
  type CourtRecord,
  type Extradition,
  type ExtraField,
  type Offence,
  type Origin,
  type Problem,
  type Warrant,
  type WarrantKind,
  type WarrantLevel,
} from '../../domain/index.ts';
import { readPerson } from '../bookings/person-columns.ts';
import { joinProblems } from '../problems.ts';
import { type Cells, coded, present, type ReaderSettings, RowReader } from '../row-reader.ts';
import { mapCode } from './code-map.ts';
import { COURT_STATUSES, eventOf } from './events.ts';
import type { CodeMaps, ParseContext } from './format.ts';
import { readStatute } from './statute.ts';

const KINDS: readonly WarrantKind[] = ['BENCH', 'ARREST', 'OTHER'];
const LEVELS: readonly WarrantLevel[] = ['F', 'M', 'I'];
const BAILS: readonly BailKind[] = ['CASH_ONLY', 'BONDABLE', 'NO_BAIL', 'OR_CITE'];

/** One row of a court, whatever it was cut out of. */
export interface CourtRow extends Cells {
  readonly ordinal: number;
  readonly extra: readonly ExtraField[];
  readonly problems: readonly Problem[];
}

export interface RowCourt {
  /** The format's name. */
  readonly format: string;
  readonly context: ParseContext;
  readonly codes: CodeMaps;
  readonly settings: ReaderSettings;
}

export interface ReadRecord {
  readonly record: CourtRecord;
  readonly problems: readonly Problem[];
}

/** Reads one warrant row; coded columns go through the dated code map on `codeDate`. */
class WarrantRow extends RowReader {
  readonly #court: RowCourt;
  readonly #row: CourtRow;
  #codeDate: string;

  constructor(row: CourtRow, court: RowCourt) {
    super(row, court.settings);
    this.#row = row;
    this.#court = court;
    this.#codeDate = court.context.today;
  }

  /** Codes mean what they meant on the row's own date; today where it has none. */
  useCodesOf(date: string | undefined): void {
    this.#codeDate = date ?? this.#court.context.today;
  }

  code<Code extends string>(column: string, set: string, field: string, allowed: readonly Code[]) {
    const raw = this.text(column);
    if (raw === undefined) return undefined;
    const sourceField = this.#row.header(column);
    const query = { set, raw, date: this.#codeDate, allowed, field, sourceField, line: this.#row.line };
    const mapped = mapCode(this.#court.codes, query);
    if (mapped.problem) this.problems.push(mapped.problem);
    return mapped.coded;
  }
}

function readOffence(row: WarrantRow): Offence | undefined {
  const offence = present<Offence>({
    count: row.text('count'),
    ncic: row.text('ncic_code'),
    ...readStatute(row.text('statute')),
    description: row.text('offense'),
    chargeCode: row.text('offense_code'),
    offenceDate: row.date('offense_date', 'offences.offenceDate'),
    level: row.code('level', 'level', 'offences.level', LEVELS),
  });
  return Object.keys(offence).length > 0 ? offence : undefined;
}

function readBail(row: WarrantRow): Bail | undefined {
  const bail = present<Bail>({
    kind: row.code('bond_type', 'bail', 'bail.kind', BAILS),
    cents: row.cents('bond_amount', 'bail.cents'),
  });
  return Object.keys(bail).length > 0 ? bail : undefined;
}

function readAppearance(row: WarrantRow): Appearance | undefined {
  const appearance = present<Appearance>({
    date: row.date('fta_date', 'missedAppearance.date'),
    reason: row.text('fta_reason'),
  });
  return Object.keys(appearance).length > 0 ? appearance : undefined;
}

function readOrigin(row: WarrantRow): Origin {
  return present<Origin>({
    tcn: row.text('tcn'),
    bookingNumber: row.text('booking_number'),
    bookingAgencyOri: row.text('booking_agency_ori'),
    citationNumber: row.text('citation_number'),
    arrestDate: row.date('arrest_date', 'origin.arrestDate'),
  });
}

function readCase(row: WarrantRow): CourtCase {
  return present<CourtCase>({
    number: row.text('case_number'),
    trackingNumber: row.text('tracking_number'),
    status: row.text('case_status'),
  });
}

function readDates(row: WarrantRow) {
  return {
    statusDate: row.date('status_date', 'statusDate'),
    issuedDate: row.date('issue_date', 'issuedDate'),
    expirationDate: row.date('expiration_date', 'expirationDate'),
    recallDate: row.date('recall_date', 'recallDate'),
    servedDate: row.date('served_date', 'servedDate'),
  };
}

function readPlaces(row: WarrantRow, options: ParseContext['options']) {
  return {
    courtOri: row.text('court_ori') ?? options.courtOri,
    courtName: row.text('court_name') ?? options.courtName,
    agencyOri: row.text('agency_ori') ?? options.agencyOri,
    agencyName: row.text('agency_name'),
    oca: row.text('oca'),
    judge: row.text('judge'),
    requestedBy: row.text('requested_by'),
  };
}

/** One row as one court record. The status word decides the event; every other word is kept beside its code. */
export function readWarrantRow(source: CourtRow, court: RowCourt): ReadRecord {
  const row = new WarrantRow(source, court);
  const dates = readDates(row);
  row.useCodesOf(dates.statusDate ?? dates.issuedDate);
  const status = row.code('status', 'status', 'status', COURT_STATUSES) ?? { raw: '' };
  const limit = row.text('extradition');
  const offence = readOffence(row);
  const comment = row.text('comment');
  const warrant = present<Warrant>({
    number: row.text('warrant_number'),
    kind: row.code('warrant_type', 'type', 'kind', KINDS),
    status,
    ...dates,
    recallReason: row.text('recall_reason'),
    ...readPlaces(row, court.context.options),
    level: coded(offence?.level?.raw, offence?.level?.code),
    bail: readBail(row),
    nightService: row.flag('night_service', 'nightService'),
    extradition: limit ? present<Extradition>({ limit }) : undefined,
    offences: offence ? [offence] : [],
    case: readCase(row),
    missedAppearance: readAppearance(row),
    origin: readOrigin(row),
    person: readPerson(row),
    vehicles: [],
    notes: comment ? [{ text: comment }] : [],
    sealed: row.flag('sealed', 'sealed'),
    juvenile: row.flag('juvenile', 'juvenile'),
    suretyBond: row.flag('surety_bond', 'suretyBond'),
    dmvNoticeOpen: row.flag('dmv_notice_open', 'dmvNoticeOpen'),
  });
  const record: CourtRecord = {
    schema: COURT_RECORD_SCHEMA,
    format: court.format,
    event: eventOf(status.code, dates.issuedDate, dates.statusDate),
    place: { ordinal: source.ordinal, line: source.line },
    warrant,
    cleared: [],
    extra: source.extra,
  };
  return { record, problems: [...source.problems, ...row.problems] };
}

/** Everything of a row that its charges do not say. */
function withoutCharges({ record }: ReadRecord): string {
  const { offences: _offences, level: _level, ...warrant } = record.warrant;
  return JSON.stringify({ event: record.event, warrant });
}

const GRAVITY: readonly WarrantLevel[] = ['F', 'M', 'I'];

function gravest(offences: readonly Offence[]): Warrant['level'] {
  const levels = offences.flatMap((offence) => (offence.level ? [offence.level] : []));
  return GRAVITY.flatMap((code) => levels.filter((level) => level.code === code))[0] ?? levels[0];
}

/**
 * Rows of one warrant that differ only in their charge are one record with several offences; the warrant has
 * the level of the gravest. @returns undefined when they are two records
 */
export function joinCharges(first: ReadRecord, next: ReadRecord): ReadRecord | undefined {
  const { number } = first.record.warrant;
  // The numbers first: nearly all rows differ there, and comparing all they say cost a seventh of the time.
  if (number === undefined || number !== next.record.warrant.number) return undefined;
  if (withoutCharges(first) !== withoutCharges(next)) return undefined;
  return chargesTogether(first, next);
}

/** The first record with the offences and problems of both. */
export function chargesTogether(first: ReadRecord, next: ReadRecord): ReadRecord {
  const offences = [...first.record.warrant.offences, ...next.record.warrant.offences];
  const level = gravest(offences);
  const { level: _level, ...rest } = first.record.warrant;
  return {
    record: {
      ...first.record,
      warrant: { ...rest, ...(level ? { level } : {}), offences },
      extra: [...first.record.extra, ...next.record.extra],
    },
    problems: joinProblems(first.problems, next.problems),
  };
}
