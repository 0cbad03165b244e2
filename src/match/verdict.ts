import type { ReasonCode, Verdict } from '../domain/index.ts';

/** How sure it is that the warrant grew out of the booking. */
export type LinkEvidence = 'certain' | 'possible' | 'tied' | 'none';

/** 1:1 against the record the warrant or booking claims. `not-claimed`: it claims none. */
export type ClaimEvidence =
  | 'match'
  /** The print agrees, but the record's names and birth dates neither agree with the warrant's nor contradict them. */
  | 'match-unclear'
  /** The print agrees, but the record is somebody else's: possibly a false name. */
  | 'match-stranger'
  | 'between'
  | 'non-match'
  | 'not-claimed'
  /** It claims a record of which no comparable print is held here. */
  | 'no-print-on-record';

/** The best of the 1:N search other than the claimed record. */
export type SearchEvidence =
  | 'nothing'
  /** A strong candidate whose demographics agree with the warrant's. */
  | 'same-person'
  /** A strong candidate whose demographics neither agree nor contradict. */
  | 'unclear'
  /** A strong candidate who is somebody else. */
  | 'stranger'
  /** Not searched: the law or policy forbids it for this print. */
  | 'not-searched';

/** `unusable` fails the gate; `poor` may be compared but its non-match proves little. */
export type PrintEvidence = 'none' | 'unusable' | 'poor' | 'good';

export interface Evidence {
  readonly link: LinkEvidence;
  readonly print: PrintEvidence;
  readonly claim: ClaimEvidence;
  readonly search: SearchEvidence;
}

/** What may happen to the warrant. `wait`: a person decides, but the policy's clock sends it without the number. */
export type VerdictAction = 'send' | 'wait' | 'hold';

export interface Decision {
  readonly verdict: Verdict;
  readonly action: VerdictAction;
  /** Whether the fingerprint-backed number (CII/SID, FBI) may be packed. */
  readonly packNumber: boolean;
  readonly attachPrint: boolean;
  readonly code: ReasonCode;
  readonly sentence: string;
}

const SEND = { action: 'send', packNumber: false, attachPrint: false } as const;
const WAIT = { action: 'wait', packNumber: false, attachPrint: true } as const;
const HOLD = { action: 'hold', packNumber: false, attachPrint: false } as const;

const STRANGER: Decision = {
  verdict: 'conflict',
  ...HOLD,
  code: 'PRT-MISMATCH',
  sentence:
    'The print strongly resembles the record of somebody else: possibly a false name or the wrong person. The warrant is not sent until a person decides.',
};

function decideClaim(evidence: Evidence): Decision | undefined {
  switch (evidence.claim) {
    case 'match':
      return {
        verdict: 'verified',
        ...SEND,
        packNumber: true,
        attachPrint: true,
        code: 'PRT-VERIFIED',
        sentence: 'The print of the booking agrees with the record it claims; its number is packed.',
      };
    case 'match-unclear':
      return {
        verdict: 'review',
        ...WAIT,
        code: 'PRT-REVIEW',
        sentence:
          'The print agrees with the record it claims, but name or birth date is not clearly the same; an examiner decides.',
      };
    case 'match-stranger':
      return {
        verdict: 'conflict',
        ...HOLD,
        code: 'PRT-MISMATCH',
        sentence:
          'The print agrees with the record it claims, but that record is of somebody with another name: possibly a false name. The warrant is not sent until a person decides.',
      };
    case 'between':
      return {
        verdict: 'review',
        ...WAIT,
        code: 'PRT-REVIEW',
        sentence:
          'The print neither clearly agrees nor clearly disagrees with the record it claims; an examiner decides.',
      };
    case 'non-match':
      return evidence.print === 'good'
        ? {
            verdict: 'conflict',
            ...HOLD,
            code: 'PRT-MISMATCH',
            sentence:
              'The print of the booking does not agree with the record it claims, and both prints are good: wrong-person risk. The warrant is not sent until a person decides.',
          }
        : {
            verdict: 'review',
            ...WAIT,
            code: 'PRT-REVIEW',
            sentence:
              'The print does not agree with the record it claims, but one of the prints is poor, which proves little; an examiner decides.',
          };
    case 'no-print-on-record':
    case 'not-claimed':
      return undefined;
  }
}

function decideUnclaimed(evidence: Evidence): Decision {
  switch (evidence.search) {
    case 'same-person':
      return {
        verdict: 'found',
        ...WAIT,
        code: 'PRT-FOUND',
        sentence:
          'The print resembles a prior record whose name and birth date agree; two examiners confirm before its number is packed.',
      };
    case 'unclear':
      return {
        verdict: 'review',
        ...WAIT,
        code: 'PRT-REVIEW',
        sentence:
          'The print resembles a prior record whose name or birth date is not clearly the same; an examiner decides.',
      };
    case 'stranger':
      return STRANGER;
    case 'nothing':
    case 'not-searched':
      return {
        verdict: 'new',
        ...SEND,
        attachPrint: true,
        code: 'PRT-NEW',
        sentence:
          evidence.search === 'nothing'
            ? 'The booking claims no record we hold and the print resembles none; the print goes with the warrant.'
            : 'The booking claims no record we hold and its print may not be searched; the print goes with the warrant.',
      };
  }
}

/**
 * What the print says about the name: the verdict table (docs/verdicts.md). Pure and total.
 * One thumb never identifies a person by search alone at state scale, so a search can only stop or propose.
 */
export function decide(evidence: Evidence): Decision {
  if (evidence.link === 'none') {
    return {
      verdict: 'none',
      ...SEND,
      code: 'LNK-NONE',
      sentence: 'No booking or citation is known for this warrant, so there is no print; a normal state.',
    };
  }
  if (evidence.print !== 'none' && evidence.print !== 'unusable') {
    if (evidence.search === 'stranger') return STRANGER;
    const claimed = decideClaim(evidence);
    if (claimed?.verdict === 'conflict') return claimed;
  }
  if (evidence.link !== 'certain') {
    return {
      verdict: 'review',
      ...HOLD,
      code: 'LNK-REVIEW',
      sentence:
        evidence.link === 'tied'
          ? 'Several bookings fit this warrant equally well; a clerk chooses.'
          : 'A booking may belong to this warrant but no exact key says so; a clerk chooses.',
    };
  }
  if (evidence.print === 'none') {
    return {
      verdict: 'none',
      ...SEND,
      code: 'PRT-NONE',
      sentence: 'The booking or citation carries no print; a normal state.',
    };
  }
  if (evidence.print === 'unusable') {
    return {
      verdict: 'unusable',
      ...SEND,
      code: 'PRT-UNUSABLE',
      sentence:
        'The print cannot be compared (blank, too poor or broken); the warrant is sent without a verified print and marked so.',
    };
  }
  return decideClaim(evidence) ?? decideUnclaimed(evidence);
}
