/** What may be removed when its time has come. */
export const RETAINED = [
  'citation-print',
  'booking-print',
  'prior-print',
  'booking',
  'citation',
  'prior-record',
  'warrant',
  'input',
] as const;
export type Retained = (typeof RETAINED)[number];

/** The day from which the time of a thing runs. */
export type RetentionStart =
  /** The case was disposed of. */
  | 'disposed'
  /** It came to us. */
  | 'received'
  /** The court ended the warrant. */
  | 'ended';

/** From which days the time of each kind may run; the first is meant where a rule names none. */
export const STARTS: Readonly<Record<Retained, readonly RetentionStart[]>> = {
  'citation-print': ['disposed', 'received'],
  'booking-print': ['disposed', 'received'],
  'prior-print': ['received'],
  booking: ['disposed', 'received'],
  citation: ['disposed', 'received'],
  'prior-record': ['received'],
  warrant: ['ended'],
  input: ['received'],
};

/** One dated line of how long something is kept. The first line in force for a kind decides. */
export interface RetentionRule {
  readonly name: string;
  readonly what: Retained;
  /** First and last day in force, ISO; open if absent. */
  readonly from: string;
  readonly to?: string;
  readonly after?: RetentionStart;
  /** Whole days it is kept from then on. */
  readonly days: number;
  /** Input only: these sources. */
  readonly sources?: readonly string[];
  /** The statute or records order, in a sentence for the audit. */
  readonly why: string;
}

export interface RetentionPolicy {
  readonly version: string;
  readonly rules: readonly RetentionRule[];
}

/** The line in force for a kind on a date; without one the thing is kept. */
export function retentionRule(
  policy: RetentionPolicy,
  what: Retained,
  today: string,
): RetentionRule | undefined {
  return policy.rules.find(
    (rule) => rule.what === what && rule.from <= today && (rule.to === undefined || today <= rule.to),
  );
}

/**
 * What holds where a county has set nothing: a citation print goes with its case, everything else is kept until the
 * county's records policy says otherwise.
 */
export const DEFAULT_RETENTION: RetentionPolicy = {
  version: 'default-1',
  rules: [
    {
      name: 'citation-print-on-disposition',
      what: 'citation-print',
      from: '1900-01-01',
      after: 'disposed',
      days: 0,
      why: 'VC 40500(a), 40504(a) and PC 853.5(a) let a citation print serve the identity of that arrestee only; with the case its reason ends.',
    },
  ],
};
