import { daysBetween, localDate } from '../clock.ts';
import { OFF_FILE_STATES, type WarrantState } from '../domain/index.ts';
import { countDifferences, openHits, PRIORITY, type Reader } from '../store/index.ts';
import type { CertificateAlert } from './certificates.ts';
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
const DAY = 24 * HOUR;
/** Recalls of so many days back count for the latency. */
const LATENCY_DAYS = 30;
/** A latency is told from at most so many of the newest recalls. */
const LATENCY_SAMPLE = 10_000;

/** When a clock turns amber or red. */
export interface ClockLimits {
  readonly entryDays: number;
  readonly recallAmberMs: number;
  readonly recallRedMs: number;
  readonly answerAmberMs: number;
  readonly answerRedMs: number;
  readonly validateAheadDays: number;
}

const DEFAULT_LIMITS: ClockLimits = {
  entryDays: ENTRY_DAYS,
  recallAmberMs: RECALL_AMBER_MS,
  recallRedMs: RECALL_RED_MS,
  answerAmberMs: HOUR,
  answerRedMs: DAY,
  validateAheadDays: VALIDATE_AHEAD_DAYS,
};

/** What the clocks are read by. */
export interface ClockTime {
  readonly now: Date;
  /** Zone of the courts: ages in days are by their calendar. */
  readonly zone: string;
  readonly expiring?: readonly CertificateAlert[];
  readonly limits?: ClockLimits;
}

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

/** Warrants not in the file days after the court issued them (14B NCAC 18B .0202: "immediately" is three). */
async function entryClock(db: Reader, today: string, days: number): Promise<ClockReading> {
  const last = before(new Date(`${today}T00:00:00Z`), days * DAY).slice(0, 10);
  const late = () => db('warrants').whereIn('state', WAITING).where('issued_date', '<', last);
  const n = await count(late());
  const oldest = (await late().min({ date: 'issued_date' }).first()) as { date: string | null } | undefined;
  const age = oldest?.date && /^\d{4}-\d\d-\d\d$/.test(oldest.date) ? daysBetween(oldest.date, today) : 0;
  return reading(
    'entry-late',
    'warrants',
    { amber: n, red: 0 },
    () =>
      `${n} warrants are more than ${days} days old and not entered, the oldest ${age}. Document why, and clear the review and rejection lists.`,
  );
}

/** Recalls, services, expiries and decisions not to send that the destination has not acknowledged. */
async function recallClock(db: Reader, now: Date, limits: ClockLimits): Promise<ClockReading> {
  const open = () =>
    db('warrants as w')
      .join('holdings as h', 'h.warrant_id', 'w.id')
      .whereIn('w.state', [...OFF_FILE_STATES]);
  const amber = await count(open().where('w.state_at', '<', before(now, limits.recallAmberMs)));
  const red = await count(open().where('w.state_at', '<', before(now, limits.recallRedMs)));
  return reading(
    'recall-unacknowledged',
    'warrants',
    { amber, red },
    (n) =>
      `${n} warrants that have ended, or are kept here, are still in the destination's file after ${limits.recallAmberMs / HOUR} hours. A person can be arrested on each: have them cancelled by telephone, and answer benchlink review.`,
  );
}

/** Minutes from the court's end of a warrant, as we learnt of it, to the destination's acknowledgement. */
async function latencyClock(db: Reader, now: Date, limits: ClockLimits): Promise<ClockReading> {
  const rows = (await db('submissions as s')
    .join('warrants as w', 'w.id', 's.warrant_id')
    // Recalls alone have this priority, and state with priority has an index.
    .where({ 's.state': 'accepted', 's.priority': PRIORITY.cancel })
    .whereNotNull('w.court_ended_at')
    .where('s.answered_at', '>=', before(now, LATENCY_DAYS * DAY))
    .orderBy('s.answered_at', 'desc')
    .limit(LATENCY_SAMPLE)
    .select('s.answered_at', 'w.court_ended_at')) as { answered_at: string; court_ended_at: string }[];
  const took = rows
    .map((row) => Date.parse(row.answered_at) - Date.parse(row.court_ended_at))
    .filter((ms) => ms >= 0)
    .sort((a, b) => a - b);
  const p99 = took[Math.max(0, Math.ceil(took.length * 0.99) - 1)] ?? 0;
  const light = p99 >= limits.recallRedMs ? 'red' : p99 >= limits.recallAmberMs ? 'amber' : 'green';
  const message = `Of the ${took.length} recalls of the last ${LATENCY_DAYS} days one in a hundred took ${Math.round(p99 / HOUR)} hours or more to reach the destination. Look at the schedule of the fast lane and at the destination's answers.`;
  return {
    key: 'recall-latency-p99',
    value: Math.round(p99 / 60_000),
    unit: 'minutes',
    light,
    message: light === 'green' ? '' : message,
  };
}

/** Hit confirmations nobody has answered; red once one is overdue. */
async function hitClock(db: Reader, now: Date): Promise<ClockReading> {
  const hits = await openHits(db);
  const [amber, red] = [hits.length, hits.filter((hit) => hit.due_at < now.toISOString()).length];
  return reading(
    'hits-unanswered',
    'requests',
    { amber, red },
    (n) => `${n} agencies wait for a hit confirmation, ${red} beyond their deadline. Answer: benchlink hits.`,
  );
}

async function differenceClock(db: Reader): Promise<ClockReading> {
  const open = await countDifferences(db);
  return reading(
    'differences-open',
    'differences',
    { amber: open, red: 0 },
    (n) => `${n} differences from the destination's list wait for a person: benchlink reconcile --open.`,
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

async function answerClock(db: Reader, now: Date, limits: ClockLimits): Promise<ClockReading> {
  const open = () => db('submissions').whereIn('state', ['unsure', 'queued', 'on-the-wire']);
  const amber = await count(open().where('built_at', '<', before(now, limits.answerAmberMs)));
  const red = await count(open().where('built_at', '<', before(now, limits.answerRedMs)));
  return reading(
    'answers-overdue',
    'messages',
    { amber, red },
    (n) =>
      `${n} messages have had no answer for ${limits.answerAmberMs / HOUR} hours or more. They are asked about by themselves; after ${limits.answerRedMs / HOUR} hours, telephone the destination.`,
  );
}

async function validationClock(db: Reader, today: string, aheadDays: number): Promise<ClockReading> {
  const until = before(new Date(`${today}T00:00:00Z`), -aheadDays * DAY).slice(0, 10);
  const amber = await count(db('holdings').where('validate_by', '<=', until));
  const red = await count(db('holdings').where('validate_by', '<', today));
  return reading(
    'validation-due',
    'records',
    { amber, red },
    (n) => `${n} records must be validated within ${aheadDays} days or be purged: benchlink validate-due.`,
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
export async function readClocks(db: Reader, time: ClockTime): Promise<ClockReading[]> {
  const { now, zone, expiring = [], limits = DEFAULT_LIMITS } = time;
  const today = localDate(now, zone);
  return [
    await entryClock(db, today, limits.entryDays),
    await recallClock(db, now, limits),
    await latencyClock(db, now, limits),
    await suretyClock(db),
    await answerClock(db, now, limits),
    await hitClock(db, now),
    await validationClock(db, today, limits.validateAheadDays),
    await locateClock(db),
    await differenceClock(db),
    await deadClock(db),
    certificateClock(expiring),
  ];
}
