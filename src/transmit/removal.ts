import { PRIORITY, type SubmissionRow } from '../store/index.ts';

/** Whether a message takes a record off the file. */
export function isRemoval({ kind }: Pick<SubmissionRow, 'kind'>): boolean {
  return kind === 'cancel' || kind === 'clear';
}

/** Whether a message takes a warrant the court has ended out of the record in which it rides. */
export function takesRiderOut({ kind, priority }: Pick<SubmissionRow, 'kind' | 'priority'>): boolean {
  return kind === 'modify' && priority === PRIORITY.cancel;
}
