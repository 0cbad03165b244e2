import { sha256 } from '../store/index.ts';
import type { TransmitRun } from './context.ts';

/** What an answer rests on, kept with the message. */
export interface Evidence {
  /** Instant of the decision, epoch milliseconds. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** The answer exactly as it came. */
  readonly raw?: string;
  /** Days until a record must be validated; the default if absent. */
  readonly validateDays?: number;
}

/** The instant and chance of a decision, with what the installation sets. */
export function evidenceOf(run: Pick<TransmitRun, 'random' | 'policy'>, at: string): Evidence {
  const { validateDays } = run.policy ?? {};
  const set = validateDays === undefined ? {} : { validateDays };
  return { now: Date.parse(at), random: run.random(), ...set };
}

/** The columns that keep an answer: what was understood, and the exact text it was understood from. */
export function kept(
  evidence: Evidence,
  understood: object,
): { answer: string; answer_sha256: string | null } {
  const { raw } = evidence;
  return {
    answer: JSON.stringify(raw === undefined ? understood : { ...understood, raw }),
    answer_sha256: raw === undefined ? null : sha256(raw),
  };
}
