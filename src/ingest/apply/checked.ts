import type { CourtRecord, Problem } from '../../domain/index.ts';

/** A record with all its problems, ready to be applied. */
export interface Checked {
  readonly record: CourtRecord;
  readonly problems: readonly Problem[];
}
