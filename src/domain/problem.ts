import type { ReasonCode } from './reasons.ts';

/** One thing wrong with a file or record, in words a clerk understands. All problems are listed at once. */
export interface Problem {
  readonly code: ReasonCode;
  /** `error` stops the record; `warning` travels with it. */
  readonly severity: 'error' | 'warning';
  /** Canonical field path, e.g. `person.birthDate`; absent for a whole file. */
  readonly field?: string;
  /** Where in the source, e.g. an element path, a column name. */
  readonly sourceField?: string;
  readonly line?: number;
  /** What is wrong and what to do next; never a name, birth date or number of a person. */
  readonly message: string;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
