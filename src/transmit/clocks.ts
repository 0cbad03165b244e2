import type { WarrantState } from '../domain/index.ts';
import type { Reader } from '../store/index.ts';
import type { CertificateAlert } from './certificates.ts';
import { ENDED } from './lifecycle.ts';
import { ENTRY_DAYS, RECALL_AMBER_MS, RECALL_RED_MS, VALIDATE_AHEAD_DAYS } from './parameters.ts';

export type Light = 'green' | 'amber' | 'red';

/** One clock: a number for `status`, and what to do when it is not green. */
export interface ClockReading {
  readonly key: string;
  readonly value: number;
  /** What the number counts. */
  readonly unit: string;
  readonly light: Light;
  /** What is wrong and what to do; empty when green. */
  readonly message: string;
}

/** States in which a warrant still waits to be in the file. */
const WAITING: readonly WarrantState[] = [
  'received',
  'checked',
  'linked',
  'verified',
  'packaged',
  'sent',
  'quarantined',
  'review',
  'rejected',
  'failed',
];

const HOUR = 3_600_000;
/** An answer outstanding for so long is overdue: amber, red. */
const ANSWER_AMBER_MS = HOUR;
const ANSWER_RED_MS = 24 * HOUR;

async function count(query: { count: (columns: { n: string }) => PromiseLike<unknown> }): Promise<number> {
  const [row] = (await query.count({ n: '*' })) as { n: number | string }[];
  return Number(row?.n ?? 0);
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

function reading(
  key: string,
  unit: string,
  counts: { amber: number; red: number },
  message: (n: number) => string,
): ClockReading {
  const value = counts.amber;
  const light: Light = counts.red > 0 ? 'red' : value > 0 ? 'amber' : 'green';
  return { key, value, unit, light, message: value > 0 ? message(value) : '' };
}

/** Warrants not in the file three days after the court issued them (14B NCAC 18B .0202: "immediately"). */
async function entryClock(db: Reader, now: Date): Promise<ClockReading> {
  const issued = before(now, ENTRY_DAYS * 24 * HOUR).slice(0, 10);
  const late = await count(db('warrants').whereIn('state', WAITING).where('issued_date', '<', issued));
  return reading(
    'entry-3-days',
    'warrants',
    { amber: late, red: 0 },
    (n) =>
      `${n} warrants are more than ${ENTRY_DAYS} days old and not entered. Document why, and clear the review and rejection lists.`,
  );
}

/** Recalls, services and expiries that the destination has not acknowledged. */
async function recallClock(db: Reader, now: Date): Promise<ClockReading> {
  const open = () =>
    db('warrants as w')
      .join('holdings as h', 'h.warrant_id', 'w.id')
      .whereIn('w.state', [...ENDED]);
  const amber = await count(open().where('w.state_at', '<', before(now, RECALL_AMBER_MS)));
  const red = await count(open().where('w.state_at', '<', before(now, RECALL_RED_MS)));
  return reading(
    'recall-unacknowledged',
    'warrants',
    { amber, red },
    (n) =>
      `${n} warrants the court has ended are still in the destination's file after ${RECALL_AMBER_MS / HOUR} hours. A person can be arrested on each: cancel them by hand.`,
  );
}

/** Private surety-bonded felonies that are not in NCIC: the bond may be exonerated (PC 980(b), 1196(b)). */
async function suretyClock(db: Reader): Promise<ClockReading> {
  const waiting = await count(
    db('warrants')
      .whereIn('state', WAITING)
      .where({ level: 'F' })
      .where('facts', 'like', '%"suretyBond":true%'),
  );
  return reading(
    'surety-not-entered',
    'warrants',
    { amber: waiting, red: waiting },
    (n) =>
      `${n} surety-bonded felony warrants are not in NCIC. PC 980 and 1196 require their entry; a missing one can exonerate the bond.`,
  );
}

async function answerClock(db: Reader, now: Date): Promise<ClockReading> {
  const open = () => db('submissions').whereIn('state', ['unsure', 'queued', 'on-the-wire']);
  const amber = await count(open().where('built_at', '<', before(now, ANSWER_AMBER_MS)));
  const red = await count(open().where('built_at', '<', before(now, ANSWER_RED_MS)));
  return reading(
    'answers-overdue',
    'messages',
    { amber, red },
    (n) =>
      `${n} messages have had no answer for an hour or more. They are asked about by themselves; after a day, telephone the destination.`,
  );
}

async function validationClock(db: Reader, now: Date): Promise<ClockReading> {
  const today = now.toISOString().slice(0, 10);
  const until = before(now, -VALIDATE_AHEAD_DAYS * 24 * HOUR).slice(0, 10);
  const amber = await count(db('holdings').where('validate_by', '<=', until));
  const red = await count(db('holdings').where('validate_by', '<', today));
  return reading(
    'validation-due',
    'records',
    { amber, red },
    (n) =>
      `${n} records must be validated within ${VALIDATE_AHEAD_DAYS} days or be purged. See benchlink validate-due.`,
  );
}

async function locateClock(db: Reader): Promise<ClockReading> {
  const located = await count(db('holdings').whereNotNull('located_at'));
  return reading(
    'located-not-cleared',
    'records',
    { amber: located, red: 0 },
    (n) => `${n} records carry another agency's locate. Confirm the arrests and clear them.`,
  );
}

async function deadClock(db: Reader): Promise<ClockReading> {
  const dead = await count(db('submissions').where({ state: 'dead' }));
  return reading(
    'dead-letters',
    'messages',
    { amber: dead, red: dead },
    (n) => `${n} messages cannot be sent as they are; an operator must look at them.`,
  );
}

function certificateClock(expiring: readonly CertificateAlert[]): ClockReading {
  const red = expiring.filter((each) => each.daysLeft < 7).length;
  const names = expiring.map((each) => `${each.name} (${each.notAfter.slice(0, 10)})`).join(', ');
  return reading(
    'certificates-expiring',
    'certificates',
    { amber: expiring.length, red },
    () => `These certificates end soon: ${names}. Order new ones; without them nothing can be sent.`,
  );
}

/** Every clock of the sending side, each a number and a light. */
export async function readClocks(
  db: Reader,
  now: Date,
  expiring: readonly CertificateAlert[] = [],
): Promise<ClockReading[]> {
  return [
    await entryClock(db, now),
    await recallClock(db, now),
    await suretyClock(db),
    await answerClock(db, now),
    await validationClock(db, now),
    await locateClock(db),
    await deadClock(db),
    certificateClock(expiring),
  ];
}
