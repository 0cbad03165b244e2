import { describe, expect, it } from 'vitest';
import { COURT_FORMATS } from '../../../src/ingest/courts/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { openTestStore } from '../../support/store.ts';
import { numbers } from '../attacks/mutations.ts';
import { take, warrants } from '../support/arrivals.ts';
import { COURTS, type Court, type Step } from './court-documents.ts';

const ISSUE: Step = { status: 'issued', issued: '2026-05-01', on: '2026-05-01', bail: 500 };
const CHANGED: Step = { ...ISSUE, on: '2026-05-03', bail: 750 };
const RECALL: Step = { ...CHANGED, status: 'recalled', on: '2026-05-10' };
const SERVED: Step = { ...CHANGED, status: 'served', on: '2026-05-10' };
const NEW_ISSUE: Step = { ...ISSUE, issued: '2026-06-01', on: '2026-06-01', bail: 900 };

/** Sends one step as a file of its own and answers the states of all warrants after it. */
async function send(store: Store, court: Court, step: Step): Promise<string[]> {
  const text = court.draw(step);
  const outcome = await take(store, text, { ...court.context, source: 'court' });
  expect(outcome.state, outcome.problems.map((p) => p.message).join(' ')).not.toBe('refused');
  expect(outcome.counts.quarantined, outcome.problems.map((p) => p.message).join(' ')).toBe(0);
  return (await warrants(store)).map((row) => row.state).sort();
}

async function states(court: Court, steps: readonly Step[]): Promise<string[][]> {
  const { store } = await openTestStore();
  const after: string[][] = [];
  for (const step of steps) after.push(await send(store, court, step));
  return after;
}

describe('Each court system, event by event', () => {
  it('is in this table, whichever format it has', () => {
    const events = COURT_FORMATS.map((format) => format.name).filter(
      (name) => !/^ojbc-warrant-(?!issued)/.test(name),
    );
    expect(Object.keys(COURTS).sort()).toEqual(events.sort());
  });

  describe.each(Object.entries(COURTS))('%s', (name, court) => {
    it('issues, changes and recalls', async () => {
      expect(await states(court, [ISSUE, CHANGED, RECALL])).toEqual([['checked'], ['checked'], ['recalled']]);
    });

    it('repeats without effect', async () => {
      expect(await states(court, [ISSUE, ISSUE, RECALL, RECALL])).toEqual([
        ['checked'],
        ['checked'],
        ['recalled'],
        ['recalled'],
      ]);
    });

    it('never brings a recalled warrant back by its old issue, only by a new one', async () => {
      const after = await states(court, [ISSUE, RECALL, ISSUE, CHANGED, NEW_ISSUE]);
      expect(after.slice(0, 4)).toEqual([['checked'], ['recalled'], ['recalled'], ['recalled']]);
      expect(after[4]).toContain('checked');
    });

    it('applies a recall that comes before its issue', async () => {
      expect((await states(court, [RECALL, ISSUE])).at(-1)).toEqual(['recalled']);
    });

    // The reports of this family know a cancellation only.
    if (!name.startsWith('ojbc')) {
      it('ends by service', async () => {
        expect((await states(court, [ISSUE, SERVED])).at(-1)).toEqual(['served']);
      });
    }

    it('keeps its invariants in random sequences', async () => {
      const next = numbers(7);
      const all = name.startsWith('ojbc') ? [ISSUE, CHANGED, RECALL] : [ISSUE, CHANGED, RECALL, SERVED];
      for (let run = 0; run < 3; run++) {
        const steps = Array.from({ length: 6 }, () => all[next(all.length)]!);
        const after = await states(court, steps);
        const firstEnd = steps.findIndex((step) => step.status !== 'issued');
        if (firstEnd < 0) continue;
        for (const state of after.slice(firstEnd)) expect(state).not.toContain('checked');
      }
    });
  });
});
