/** What a made-up warrant is there to show, and what a right system does with it. */
export interface Scenario {
  readonly name: string;
  /** Share of all warrants. */
  readonly share: number;
  /** The right end: `send` with the named verdict, or kept from the destination. */
  readonly expect: 'send' | 'hold' | 'stop';
  readonly verdict?: 'verified' | 'new' | 'none' | 'unusable';
  /** For the report. */
  readonly meaning: string;
}

/** The cases of a county, hard ones over-represented so that 200 warrants meet each. */
export const SCENARIOS = [
  {
    name: 'verified',
    share: 0.3,
    expect: 'send',
    verdict: 'verified',
    meaning: 'booked under the right name; the print agrees with the record claimed',
  },
  {
    name: 'verified-citation',
    share: 0.05,
    expect: 'send',
    verdict: 'verified',
    meaning: 'cited with a thumbprint that agrees with the own record',
  },
  {
    name: 'new',
    share: 0.14,
    expect: 'send',
    verdict: 'new',
    meaning: 'booked for the first time; nobody on record resembles the print',
  },
  {
    name: 'no-booking',
    share: 0.11,
    expect: 'send',
    verdict: 'none',
    meaning: 'never booked or cited with a print',
  },
  {
    name: 'booking-without-print',
    share: 0.06,
    expect: 'send',
    verdict: 'none',
    meaning: 'booked, but the print was lost',
  },
  {
    name: 'unusable-print',
    share: 0.03,
    expect: 'send',
    verdict: 'unusable',
    meaning: 'the print is blank or broken',
  },
  {
    name: 'no-key',
    share: 0.06,
    expect: 'send',
    meaning: 'booked, but the court has no booking number: linkage must find it or ask',
  },
  {
    name: 'found',
    share: 0.03,
    expect: 'hold',
    meaning: 'claims no record, but has one under the own name: two examiners confirm',
  },
  {
    name: 'wrong-number',
    share: 0.03,
    expect: 'hold',
    meaning: 'the booking number on the warrant is somebody else’s',
  },
  {
    name: 'twin-number',
    share: 0.015,
    expect: 'hold',
    meaning: 'the booking number on the warrant is a twin’s or namesake’s',
  },
  {
    name: 'false-name',
    share: 0.04,
    expect: 'hold',
    meaning: 'arrested under another person’s name, with a record of the own',
  },
  {
    name: 'stolen-identity',
    share: 0.03,
    expect: 'hold',
    meaning: 'arrested under another person’s name and state number',
  },
  { name: 'recalled', share: 0.04, expect: 'stop', meaning: 'issued and recalled before the night was over' },
  {
    name: 'bad-record',
    share: 0.02,
    expect: 'stop',
    meaning: 'the court’s record is broken: a date that does not exist',
  },
  {
    name: 'no-identifier',
    share: 0.015,
    expect: 'stop',
    meaning: 'a name and nothing else: the destination would refuse it',
  },
  {
    name: 'no-charge',
    share: 0.03,
    expect: 'stop',
    meaning: 'the court’s snapshot names no charge, which the record must explain: a clerk adds it',
  },
  { name: 'sealed', share: 0.01, expect: 'stop', meaning: 'sealed by the court' },
  { name: 'arrest-warrant', share: 0.02, expect: 'stop', meaning: 'not a Failure to Appear bench warrant' },
] as const satisfies readonly Scenario[];

export type ScenarioName = (typeof SCENARIOS)[number]['name'];

export function scenario(name: ScenarioName): Scenario {
  return SCENARIOS.find((s) => s.name === name)!;
}

/** How many warrants of each kind, at least one of each where there is room, the rest to `verified`. */
export function quota(total: number): Map<ScenarioName, number> {
  const counts = new Map<ScenarioName, number>();
  let left = total;
  for (const s of SCENARIOS.slice(1)) {
    const n = Math.min(left, Math.max(total >= SCENARIOS.length ? 1 : 0, Math.round(s.share * total)));
    counts.set(s.name, n);
    left -= n;
  }
  counts.set('verified', left);
  return counts;
}
