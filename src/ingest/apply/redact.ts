import { NO_WARRANT, type Problem, type Warrant } from '../../domain/index.ts';
import type { Checked } from './checked.ts';

/**
 * What may stay of a sealed or juvenile record: its form, its place, and that it was stopped. Nothing of the
 * person or case is kept beside the raw file.
 */
export function redacted({ record, problems }: Checked): Checked {
  const { sealed, juvenile, status } = record.warrant;
  const warrant: Warrant = {
    ...NO_WARRANT,
    status,
    ...(sealed === undefined ? {} : { sealed }),
    ...(juvenile === undefined ? {} : { juvenile }),
  };
  const codesOnly = problems.map(({ code, severity }): Problem => ({ code, severity, message: code }));
  return { record: { ...record, warrant, cleared: [], extra: [] }, problems: codesOnly };
}
