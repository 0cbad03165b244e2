import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  mayMove,
  mayMoveSubmission,
  REASONS,
  SUBMISSION_STATES,
  VERDICTS,
  WARRANT_STATES,
} from '../../src/domain/index.ts';

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

describe('docs/reasons.md', () => {
  const text = page('reasons.md');

  it.each(Object.entries(REASONS))('tells %s', (code, { meaning, fix, retry }) => {
    expect(text).toContain(`| \`${code}\` | ${meaning} | ${fix} | ${retry} |`);
  });

  it('tells no code there is not', () => {
    const told = [...text.matchAll(/^\| `([A-Z]+-[A-Z0-9-]+)` \|/gm)].map((match) => match[1]!);
    expect(told.filter((code) => !(code in REASONS))).toEqual([]);
  });
});

describe('docs/states.md', () => {
  const text = page('states.md');
  /** Ends that every state may move to are told once, in words. */
  const OUTRANKING: readonly string[] = ['recalled', 'served', 'expired'];
  const cell = (states: readonly string[]) => states.map((state) => `\`${state}\` `).join('');

  it.each(WARRANT_STATES)('tells what may follow %s', (state) => {
    const next = WARRANT_STATES.filter((to) => mayMove(state, to) && !OUTRANKING.includes(to));
    const line = text.split('\n').find((candidate) => candidate.startsWith(`| \`${state}\` |`));
    expect(line?.endsWith(`| ${cell(next)}|`)).toBe(true);
  });

  it.each(SUBMISSION_STATES)('tells what may follow a message that is %s', (state) => {
    const messages = text.slice(text.indexOf('## A message'));
    const line = messages.split('\n').find((candidate) => candidate.startsWith(`| \`${state}\` |`));
    const next = SUBMISSION_STATES.filter((to) => mayMoveSubmission(state, to));
    expect(line?.endsWith(`| ${cell(next)}|`)).toBe(true);
  });
});

it.each(VERDICTS)('docs/verdicts.md tells the verdict %s', (verdict) => {
  expect(page('verdicts.md')).toContain(`| \`${verdict}\` |`);
});
