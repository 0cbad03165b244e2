import { type CourtRecord, isConfidential, type Problem } from '../../domain/index.ts';
import { isEnd, meaningOf } from '../lifecycle/meaning.ts';
import type { CheckContext } from './context.ts';
import { checkDates } from './dates.ts';
import { checkOrder } from './order.ts';
import { checkPerson } from './person.ts';

/** Fields without which an end cannot be applied to the right warrant. */
const NAMING: ReadonlySet<string> = new Set(['number', 'oca', 'status']);

/** What is acted on at once: ends, stays, and that the case is sealed or a juvenile's. */
function isUrgent(record: CourtRecord): boolean {
  const meaning = meaningOf(record);
  return isEnd(meaning) || meaning === 'stayed' || meaning === 'evidence' || isConfidential(record.warrant);
}

/** An end is acted on although its other fields are bad: they are told, but as warnings. */
function forEnd(problem: Problem): Problem {
  const naming = problem.field !== undefined && NAMING.has(problem.field);
  return problem.severity === 'error' && !naming ? { ...problem, severity: 'warning' } : problem;
}

/**
 * All problems of a record at once: the parser's, then whatever is impossible, missing or unlike what the
 * wanted-persons file takes. Errors stop the record; for an end of a warrant only those that leave unclear
 * which warrant is meant, because a recall outranks everything.
 */
export function checkRecord(
  record: CourtRecord,
  parsed: readonly Problem[],
  context: CheckContext,
): Problem[] {
  const found = [...checkOrder(record, context), ...checkPerson(record), ...checkDates(record, context)];
  const line = record.place.line === undefined ? {} : { line: record.place.line };
  const stopped = new Set(parsed.filter((p) => p.severity === 'error').map((p) => p.field));
  const told = new Set(parsed.map((problem) => `${problem.code} ${problem.field}`));
  const fresh = found
    .filter((problem) => !stopped.has(problem.field) && !told.has(`${problem.code} ${problem.field}`))
    .map((problem) => ({ ...line, ...problem }));
  const all = [...parsed, ...fresh];
  return isUrgent(record) ? all.map(forEnd) : all;
}
