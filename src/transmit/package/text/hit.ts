import { BenchlinkError } from '../../../errors.ts';
import { HIT_MINUTES } from '../parameters.ts';
import { type Frame, firstValue, type Pair, readFrame, writeFrame } from './frame.ts';

/** A request to confirm that a hit on our record is the person wanted (YQ, request type WP). */
export interface HitRequest {
  /** Correlation id to echo. */
  readonly control?: string;
  readonly fromOri: string;
  readonly toOri: string;
  /** First, second or third time of asking. */
  readonly request: 1 | 2 | 3;
  readonly priority: 'U' | 'R';
  /** Minutes within which a substantive answer is due: 10 urgent, 60 routine (domain brief C.1). */
  readonly dueMinutes: number;
  readonly oca?: string;
  readonly nic?: string;
  readonly name?: string;
  /** ISO date. */
  readonly birthDate?: string;
  readonly requester?: string;
  readonly remarks?: string;
}

/** Fields of a vehicle: a request about a wanted person that has one is refused. */
const VEHICLE = ['LIC', 'VIN', 'VMA', 'VYR', 'LIS'];

function refuse(message: string): never {
  throw new BenchlinkError('reject', 'HIT-REQUEST', message);
}

function isoDate(value: string | undefined): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(value ?? '');
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : undefined;
}

function requestNumber(value: string): HitRequest['request'] {
  if (value === '1' || value === '2' || value === '3') return Number(value) as HitRequest['request'];
  return refuse('The request number must be 1, 2 or 3.');
}

function priorityOf(value: string | undefined): HitRequest['priority'] {
  if (value === 'U' || value === 'R') return value;
  return refuse('The priority must be U (urgent) or R (routine).');
}

function identityOf(frame: Frame): Partial<HitRequest> {
  const found = {
    control: frame.control,
    oca: firstValue(frame, 'OCA'),
    nic: firstValue(frame, 'NIC'),
    name: firstValue(frame, 'NAM'),
    birthDate: isoDate(firstValue(frame, 'DOB')),
    requester: firstValue(frame, 'RNA'),
    remarks: firstValue(frame, 'REM'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/**
 * Reads a hit-confirmation request about a wanted person.
 * @throws BenchlinkError `TEXT-FRAME`, `HIT-REQUEST` with what is wrong
 */
export function readHitRequest(text: string): HitRequest {
  const frame = readFrame(text);
  if (frame.key !== 'YQ' || firstValue(frame, 'RTY') !== 'WP')
    refuse('This is no request about a wanted person.');
  if (VEHICLE.some((prefix) => firstValue(frame, prefix)))
    refuse('A request about a wanted person has vehicle data.');
  const priority = priorityOf(firstValue(frame, 'PRI'));
  const identity = identityOf(frame);
  if (!identity.oca && !identity.nic) refuse('The request names no record: neither OCA nor NIC is there.');
  return {
    fromOri: frame.origin,
    toOri: frame.destination,
    request: requestNumber(firstValue(frame, 'RNO') ?? '1'),
    priority,
    dueMinutes: HIT_MINUTES[priority],
    ...identity,
  };
}

/** What we say about a hit: confirmed, not our person or not standing, or when we shall know. */
export interface HitAnswer {
  /** Y confirmed, N not confirmed, P in process. */
  readonly confirmed: 'Y' | 'N' | 'P';
  /** P: hours until a substantive answer. */
  readonly hours?: number;
  /** Who answers, for which agency, and where to call. */
  readonly name: string;
  readonly agency?: string;
  readonly phone?: string;
  readonly remarks?: string;
}

/**
 * A hit-confirmation response (YR) in the text frame, about a wanted person. It either confirms or says when it will
 * be confirmed (domain brief A.7); the prefixes CON, HRS, CNA and CAG are as recalled, the guide lists them.
 */
export function writeHitResponse(request: HitRequest, answer: HitAnswer): Uint8Array {
  const pairs: readonly Pair[] = [
    ['RTY', 'WP'],
    ['RNO', String(request.request)],
    ['CON', answer.confirmed],
    ['HRS', answer.hours === undefined ? '' : String(answer.hours)],
    ['OCA', request.oca ?? ''],
    ['NIC', request.nic ?? ''],
    ['NAM', request.name ?? ''],
    ['DOB', request.birthDate?.replaceAll('-', '') ?? ''],
    ['CNA', answer.name],
    ['CAG', answer.agency ?? ''],
    ['PHO', answer.phone ?? ''],
    ['REM', answer.remarks ?? ''],
  ];
  const control = request.control ? { control: request.control } : {};
  const text = writeFrame({
    key: 'YR',
    origin: request.toOri,
    destination: request.fromOri,
    ...control,
    pairs,
  });
  return Buffer.from(text, 'ascii');
}
