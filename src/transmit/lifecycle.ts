import type { SubmissionKind, SubmissionState, WarrantState } from '../domain/index.ts';
import type { RemovalReason } from './package/model.ts';

/** What is known of a warrant when its next message is decided. */
export interface Standing {
  readonly state: WarrantState;
  /** The message that is not settled yet. */
  readonly open?: {
    readonly kind: SubmissionKind;
    readonly state: SubmissionState;
    /** Whether some attempt may have reached the wire. */
    readonly wired: boolean;
  };
  /** Whether the destination holds a record of it, as far as its answers say. */
  readonly held: boolean;
}

export type NextAct =
  | { readonly act: 'none'; readonly why: string }
  /** Wait for, or ask about, the message on its way. */
  | { readonly act: 'wait' }
  /** Take back a message that never left: a recall of something never sent ends quietly. */
  | { readonly act: 'withdraw' }
  /** Ask what became of it and have the destination refuse it from now on, then decide again. */
  | { readonly act: 'close' }
  | { readonly act: 'enter' }
  | { readonly act: 'modify' }
  | { readonly act: 'cancel'; readonly reason: RemovalReason }
  | { readonly act: 'clear'; readonly reason: RemovalReason };

/** States in which the destination must not hold a record of the warrant, and why a record of it goes. */
const REMOVALS: Partial<Record<WarrantState, { act: 'cancel' | 'clear'; reason: RemovalReason }>> = {
  recalled: { act: 'cancel', reason: 'RECALLED' },
  expired: { act: 'cancel', reason: 'EXPIRED' },
  superseded: { act: 'cancel', reason: 'SUPERSEDED' },
  served: { act: 'clear', reason: 'SERVED' },
  'not-selected': { act: 'cancel', reason: 'WITHDRAWN' },
};

function ofOpen(open: NonNullable<Standing['open']>, off: boolean): NextAct {
  if (!off || open.kind === 'cancel' || open.kind === 'clear') return { act: 'wait' };
  if (open.state === 'built') return open.wired ? { act: 'close' } : { act: 'withdraw' };
  if (open.state === 'unsure') return { act: 'close' };
  return { act: 'wait' };
}

/**
 * Decides the next message about a warrant. A recall outranks everything, but a message that may be at the
 * destination is asked about before it is cancelled or forgotten; nothing is ever guessed.
 */
export function nextAct(standing: Standing): NextAct {
  const removal = REMOVALS[standing.state];
  if (standing.open) return ofOpen(standing.open, removal !== undefined);
  if (removal) return standing.held ? removal : { act: 'none', why: 'the destination holds no record of it' };
  if (standing.state !== 'verified') return { act: 'none', why: `nothing is due in state ${standing.state}` };
  return standing.held ? { act: 'modify' } : { act: 'enter' };
}
