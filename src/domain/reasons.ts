/** Who repairs the cause. */
export type Fixer = 'source' | 'operator' | 'clerk' | 'court' | 'examiner' | 'system' | 'none';

/** Whether doing the same again can help. */
export type RetryRule =
  | 'never'
  | 'after-edit'
  | 'after-config'
  | 'after-decision'
  | 'new-file'
  | 'wait'
  | 'backoff'
  | 'as-modify';

export interface Reason {
  readonly fix: Fixer;
  readonly retry: RetryRule;
  readonly meaning: string;
}

/**
 * Every reason this system gives, in one table: clerks, operators and tests share its words.
 * After the domain brief, section K; the SRC-* file faults and the FIELD-* checks are additions of ours.
 */
export const REASONS = {
  'SRC-UNREADABLE': {
    fix: 'source',
    retry: 'new-file',
    meaning: 'The file cannot be read as what it says it is',
  },
  'SRC-EMPTY': { fix: 'source', retry: 'new-file', meaning: 'The file is empty' },
  'SRC-INCOMPLETE': {
    fix: 'source',
    retry: 'wait',
    meaning: 'The file is still being written, or its completion mark never came',
  },
  'SRC-CONNECT': {
    fix: 'operator',
    retry: 'backoff',
    meaning: 'The source cannot be reached, or refuses us',
  },
  'SRC-FORMAT': {
    fix: 'operator',
    retry: 'after-config',
    meaning: 'No court format of ours recognises the file',
  },
  'SRC-ENCODING': {
    fix: 'source',
    retry: 'new-file',
    meaning: 'The bytes are not the encoding the file declares',
  },
  'SRC-LIMIT': {
    fix: 'source',
    retry: 'new-file',
    meaning: 'The file is larger or deeper than the limits allow',
  },
  'SRC-DOCTYPE': {
    fix: 'source',
    retry: 'new-file',
    meaning: 'The file carries a document type definition, which is refused',
  },
  'SRC-TRAILER': {
    fix: 'source',
    retry: 'new-file',
    meaning: 'The record count or control total in the trailer differs from the file',
  },
  'SRC-UNMAPPED': {
    fix: 'operator',
    retry: 'after-config',
    meaning: 'A court code has no mapping on its date',
  },
  'SRC-STALE': {
    fix: 'operator',
    retry: 'never',
    meaning: 'The court has sent nothing for longer than its calendar allows',
  },
  'SRC-VANISHED': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'The warrant is missing from a full snapshot without a recall',
  },
  'SRC-DUPLICATE': { fix: 'none', retry: 'never', meaning: 'The same record arrived before' },
  'SRC-OUT-OF-ORDER': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'The event is older than what is already known of the warrant',
  },
  'SRC-NO-WARRANT': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'A change or recall names a warrant that is not known',
  },
  'FIELD-MISSING': {
    fix: 'court',
    retry: 'after-edit',
    meaning: 'A field the record cannot do without is missing',
  },
  'FIELD-FORMAT': {
    fix: 'court',
    retry: 'after-edit',
    meaning: 'A field does not have the form it must have',
  },
  'FIELD-UNKNOWN': {
    fix: 'operator',
    retry: 'never',
    meaning: 'The source carries a value no field is known for; it is kept',
  },
  'WAR-SEALED': { fix: 'none', retry: 'never', meaning: 'The case is sealed or juvenile-confidential' },
  'WAR-STAYED': { fix: 'court', retry: 'wait', meaning: 'The warrant is ordered but held' },
  'WAR-NOT-FTA': {
    fix: 'none',
    retry: 'never',
    meaning: 'The warrant is not a Failure to Appear bench warrant',
  },
  'WAR-NOT-SELECTED': {
    fix: 'none',
    retry: 'never',
    meaning: "The county's policy does not send warrants of this kind",
  },
  'WAR-DMV-OPEN': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'A DMV notice is open on the same offence (VC 40002.1)',
  },
  'WAR-LEVEL-BARRED': {
    fix: 'none',
    retry: 'never',
    meaning: 'The law of that date does not permit this offence level to be sent',
  },
  'WAR-LATE': {
    fix: 'clerk',
    retry: 'never',
    meaning: 'More than three days old at first sending; sent and flagged',
  },
  'WAR-SURETY-SLA': {
    fix: 'clerk',
    retry: 'backoff',
    meaning: 'A private surety-bonded felony is not yet in NCIC (PC 980, 1196)',
  },
  'WAR-RECALLED': { fix: 'none', retry: 'never', meaning: 'The court recalled or quashed the warrant' },
  'WAR-SERVED': { fix: 'none', retry: 'never', meaning: 'The warrant was served' },
  'WAR-EXPIRED': { fix: 'none', retry: 'never', meaning: 'The warrant expired' },
  'PER-NO-IDENT': {
    fix: 'clerk',
    retry: 'after-edit',
    meaning: 'The person has no numeric identifier NCIC accepts',
  },
  'PER-NAME': { fix: 'clerk', retry: 'after-edit', meaning: 'The name cannot be written as an NCIC name' },
  'PER-CODE': { fix: 'clerk', retry: 'after-edit', meaning: 'A descriptor is not in the NCIC table' },
  'PER-DOB': { fix: 'clerk', retry: 'after-edit', meaning: 'The birth date is impossible or in the future' },
  'PER-OLN-TRIPLE': {
    fix: 'clerk',
    retry: 'after-edit',
    meaning: 'A licence number needs its state and expiry year',
  },
  'DOW-FUTURE': {
    fix: 'clerk',
    retry: 'after-edit',
    meaning: 'The warrant date is missing, impossible or in the future',
  },
  'OFF-MIS': {
    fix: 'clerk',
    retry: 'after-edit',
    meaning: 'The offence or extradition code needs an explanation in MIS',
  },
  'ORI-INVALID': {
    fix: 'operator',
    retry: 'after-config',
    meaning: 'The ORI is not nine characters or not an authorised owner',
  },
  'BAIL-AMBIG': { fix: 'clerk', retry: 'after-edit', meaning: 'The kind of bail is not stated' },
  'EDT-FIELD': { fix: 'clerk', retry: 'after-edit', meaning: "A field fails the destination's rule for it" },
  'LNK-REVIEW': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'A booking is only possible or several tie; a person chooses',
  },
  'LNK-NONE': { fix: 'none', retry: 'never', meaning: 'No booking or citation is known; a normal state' },
  'PRT-NONE': { fix: 'none', retry: 'never', meaning: 'There is no print; a normal state' },
  'PRT-UNUSABLE': {
    fix: 'none',
    retry: 'never',
    meaning: 'The print fails the quality gate; sent without a verified print',
  },
  'PRT-VERIFIED': { fix: 'none', retry: 'never', meaning: 'The print agrees with the record it claims' },
  'PRT-NEW': {
    fix: 'none',
    retry: 'never',
    meaning: 'No record is claimed and no other one resembles the print',
  },
  'PRT-FOUND': {
    fix: 'examiner',
    retry: 'after-decision',
    meaning: 'A prior record resembles the print; two examiners confirm before its number is packed',
  },
  'PRT-MISMATCH': {
    fix: 'examiner',
    retry: 'after-decision',
    meaning: 'The print contradicts the identity on the warrant: never sent until a person decides',
  },
  'PRT-REVIEW': {
    fix: 'examiner',
    retry: 'after-decision',
    meaning: 'The print score lies between the thresholds',
  },
  'PRT-PURPOSE': {
    fix: 'none',
    retry: 'never',
    meaning: 'A citation print was asked for a purpose the law does not allow (VC 40500)',
  },
  'PRT-BROKEN': { fix: 'source', retry: 'new-file', meaning: 'The print file cannot be read' },
  'DUP-LEAD': {
    fix: 'system',
    retry: 'as-modify',
    meaning: 'The person already has a lead record at this ORI',
  },
  'DUP-WAIT': {
    fix: 'clerk',
    retry: 'wait',
    meaning: 'The record of the person is led by another warrant, which must be settled first',
  },
  'DST-ACCEPTED': { fix: 'none', retry: 'never', meaning: 'The destination accepted the record' },
  'DST-ONFILE': {
    fix: 'system',
    retry: 'never',
    meaning: 'The destination says the record is already on file',
  },
  'DST-NOTFOUND': {
    fix: 'operator',
    retry: 'never',
    meaning: 'The destination does not know the record to change',
  },
  'DST-REJECT': { fix: 'clerk', retry: 'after-edit', meaning: 'The destination refused a field' },
  'DST-DOWN-Q': {
    fix: 'system',
    retry: 'wait',
    meaning: 'The destination holds the message in its queue; a resend would double it',
  },
  'DST-DOWN': { fix: 'system', retry: 'backoff', meaning: 'The destination is down' },
  'DST-UNSURE': {
    fix: 'system',
    retry: 'wait',
    meaning: 'Sent without an answer; the destination is asked before anything else',
  },
  'DST-INVALID': {
    fix: 'operator',
    retry: 'never',
    meaning: 'Our package failed the schema before the wire',
  },
  'DST-PURGED': {
    fix: 'clerk',
    retry: 'after-decision',
    meaning: 'The destination purged the record for non-validation',
  },
  'RCL-LATE': {
    fix: 'operator',
    retry: 'backoff',
    meaning: 'A recall is older than policy without an answer from the destination',
  },
  'RCL-REFUSED': {
    fix: 'operator',
    retry: 'after-decision',
    meaning: 'A record must leave the destination and no message takes it off: it is removed by telephone',
  },
  'REC-DRIFT': { fix: 'clerk', retry: 'after-decision', meaning: 'Court, county and destination disagree' },
  'SYS-OK': { fix: 'none', retry: 'never', meaning: 'The ordinary next step' },
  'SYS-REPROCESS': { fix: 'none', retry: 'never', meaning: 'A person sent it round again' },
  'SYS-DECISION': { fix: 'none', retry: 'never', meaning: 'A person decided' },
  'SYS-FAULT': { fix: 'operator', retry: 'backoff', meaning: 'Our own fault' },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** The table's row for a code, with the widest types. */
export function reason(code: ReasonCode): Reason {
  return REASONS[code];
}

const FIXERS: Readonly<Record<Fixer, string>> = {
  source: 'the source',
  operator: 'the operator',
  clerk: 'a clerk',
  court: 'the court',
  examiner: 'a print examiner',
  system: 'Benchlink',
  none: 'nobody',
};

const STEPS: Readonly<Record<RetryRule, (who: string) => string>> = {
  never: () => 'Nothing is to be done again.',
  'after-edit': (who) =>
    `Have ${who} correct the record: the next file brings it, or 'benchlink resubmit' enters the correction.`,
  'after-config': () =>
    "Change the source's configuration, then send the file again or run 'benchlink reprocess'.",
  'after-decision': (who) =>
    `${who[0]!.toUpperCase()}${who.slice(1)} decides: 'benchlink review' has the question.`,
  'new-file': (who) => `Have ${who} put the file right and send it again.`,
  wait: () => 'It resolves by itself; look again if it does not.',
  backoff: () => 'It is tried again by itself, later and later.',
  'as-modify': () => 'It goes again by itself, as a change of what is on file.',
};

/** What a person does next about a reason, as one sentence. */
export function nextStep(code: ReasonCode): string {
  const { fix, retry } = reason(code);
  return STEPS[retry](FIXERS[fix]);
}
