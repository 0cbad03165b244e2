import type { Problem } from '../domain/index.ts';

const keyOf = ({ code, field, sourceField, message }: Problem) =>
  [code, field, sourceField, message].join('\n');

/**
 * The problems of a record joined from several rows, in order: one that several rows share (they repeat the whole
 * warrant for each charge) is listed once, at its first line.
 */
export function joinProblems(first: readonly Problem[], next: readonly Problem[]): readonly Problem[] {
  if (next.length === 0) return first;
  const known = new Map([...next, ...first].map((problem) => [keyOf(problem), problem]));
  return [...first, ...next].filter((problem) => known.get(keyOf(problem)) === problem);
}
