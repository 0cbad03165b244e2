/** Where a warrant stands. Left to right, with side states and ends (docs/states.md). */
export const WARRANT_STATES = [
  'received',
  'checked',
  'linked',
  'verified',
  'packaged',
  'sent',
  'entered',
  'quarantined',
  'review',
  'rejected',
  'failed',
  'recalled',
  'served',
  'expired',
  'not-selected',
  'superseded',
  'purged',
] as const;
export type WarrantState = (typeof WARRANT_STATES)[number];

/** Ends that nothing but a new issue of the court leaves. */
export const END_STATES: readonly WarrantState[] = ['recalled', 'served', 'expired', 'superseded'];

/** The destination may neither hold a record of these nor name them in another's: ended, or kept here by policy or a person. */
export const OFF_FILE_STATES: readonly WarrantState[] = [...END_STATES, 'not-selected'];

/** A court's recall, quash, service or expiry outranks everything, from any state. */
const OUTRANKING: readonly WarrantState[] = ['recalled', 'served', 'expired'];

const FORWARD: Readonly<Record<WarrantState, readonly WarrantState[]>> = {
  received: ['checked', 'quarantined', 'not-selected', 'review', 'failed'],
  checked: ['linked', 'review', 'not-selected', 'failed', 'checked'],
  linked: ['verified', 'review', 'failed', 'checked'],
  verified: ['packaged', 'review', 'rejected', 'failed', 'purged', 'checked'],
  // Back to verified: an unsent message of an older version taken back; a record found on file; a warrant that rode
  // in another's record and must now stand alone.
  packaged: ['sent', 'rejected', 'failed', 'entered', 'checked', 'verified'],
  sent: ['entered', 'rejected', 'failed', 'review', 'checked', 'verified'],
  entered: ['checked', 'verified', 'purged', 'rejected', 'review'],
  quarantined: ['received', 'checked', 'superseded'],
  review: ['checked', 'linked', 'verified', 'rejected', 'entered', 'not-selected', 'superseded'],
  rejected: ['checked', 'verified', 'superseded'],
  failed: ['checked', 'linked', 'verified', 'packaged', 'sent'],
  'not-selected': ['checked', 'superseded'],
  recalled: ['received', 'checked'],
  served: ['received', 'checked'],
  expired: ['received', 'checked'],
  superseded: [],
  purged: ['checked'],
};

/** Whether the table allows the step. A warrant never leaves an end but by a new issue (to `checked`). */
export function mayMove(from: WarrantState, to: WarrantState): boolean {
  if (OUTRANKING.includes(to)) return from !== to && from !== 'superseded';
  return FORWARD[from].includes(to);
}

/** Where one message to the destination stands. */
export const SUBMISSION_STATES = [
  'built',
  'claimed',
  'on-the-wire',
  'unsure',
  'queued',
  'accepted',
  'rejected',
  'on-file',
  'withdrawn',
  'dead',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

const SUBMISSION_STEPS: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  built: ['claimed', 'withdrawn'],
  // Back to built: a crash or refusal before the wire. The attempt stays counted.
  claimed: ['on-the-wire', 'built', 'dead'],
  'on-the-wire': ['accepted', 'rejected', 'on-file', 'queued', 'unsure', 'built'],
  // Asked about: known there (an end or queued), or surely not there (built: the same bytes may go again).
  unsure: ['accepted', 'rejected', 'on-file', 'queued', 'built', 'dead'],
  queued: ['accepted', 'rejected', 'on-file', 'unsure', 'dead'],
  accepted: [],
  rejected: [],
  'on-file': [],
  withdrawn: [],
  dead: ['built'],
};

export function mayMoveSubmission(from: SubmissionState, to: SubmissionState): boolean {
  return SUBMISSION_STEPS[from].includes(to);
}

/** Message kinds: enter, modify, cancel (XW), clear (CW), supplemental, validation. */
export const SUBMISSION_KINDS = ['enter', 'modify', 'cancel', 'clear', 'supplemental', 'validate'] as const;
export type SubmissionKind = (typeof SUBMISSION_KINDS)[number];

/** What the print says about the name (design: verdict table). */
export const VERDICTS = ['verified', 'found', 'new', 'conflict', 'review', 'unusable', 'none'] as const;
export type Verdict = (typeof VERDICTS)[number];
