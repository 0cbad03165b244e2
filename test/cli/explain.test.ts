import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { explainCommand } from '../../src/cli/explain.ts';
import { addLink, bookingId, insertWarrants, upsertBookings } from '../../src/store/index.ts';
import { aWarrant, openTestStore } from '../support/store.ts';

const ROWS = [
  { field: 'prior', left: '', right: '', level: 'before anything is compared', weight: -5, total: -5 },
  {
    field: 'surname',
    left: 'EXAMPLE',
    right: 'EXAMPLE',
    level: 'exact',
    m: 0.9,
    u: 0.01,
    frequency: 0.0005,
    weight: 10.8,
    total: 5.8,
  },
];

/** A store with one warrant linked as given, and `explain` run on it. */
async function explained(link: { rule: string; explanation: object; booking?: boolean }, ...args: string[]) {
  const { store, folder } = await openTestStore();
  const facts = aWarrant();
  const booking = {
    kind: 'booking',
    system: 'jail',
    number: 'B-1',
    caseNumbers: [],
    charges: [],
    person: facts.person,
  } as const;
  await store.transaction('test', async (unit) => {
    await upsertBookings(unit, [booking]);
    const [id = ''] = await insertWarrants(unit, [
      {
        identityKey: 'k',
        source: 'court',
        county: '',
        facts,
        state: 'linked',
        reason: 'SYS-OK',
        recordId: null,
      },
    ]);
    await addLink(unit, {
      warrant_id: id,
      version: 1,
      booking_id: link.booking === false ? null : bookingId(booking),
      kind: 'certain',
      rule: link.rule,
      probability: null,
      explanation: JSON.stringify(link.explanation),
      decided_by: 'match',
    });
  });
  writeFileSync(join(folder, 'benchlink.json'), JSON.stringify({ data: '.' }));
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  try {
    const program = new Command('benchlink').exitOverride();
    explainCommand(program, () => undefined);
    await program.parseAsync([
      'node',
      'benchlink',
      'explain',
      'FTA-0001',
      '--config',
      join(folder, 'benchlink.json'),
      ...args,
    ]);
    return text;
  } finally {
    write.mockRestore();
  }
}

describe('benchlink explain', () => {
  const kept = {
    rule: 'linkage',
    explanation: { why: 'For this booking: surname.', rows: ROWS, reasons: [], candidates: [], model: 'm' },
  };

  test('shows the sentence and every row with m, u, frequency, weight and running total', async () => {
    const text = await explained(kept);
    expect(text).toContain('For this booking: surname.');
    expect(text).toMatch(/surname +EXAMPLE +EXAMPLE +exact +0\.9000 +0\.0100 +5\.0e-4 +\+10\.8 +\+5\.8/);
  });

  test('masks personal values, in words and in JSON', async () => {
    expect(await explained(kept, '--mask')).not.toContain('EXAMPLE');
    const json = JSON.parse(await explained(kept, '--mask', '--json')) as {
      link: { rows: { left: string }[] };
    };
    expect(json.link.rows[1]?.left).toBe('E······');
  });

  test('sets warrant and booking side by side where an exact key decided', async () => {
    const json = JSON.parse(
      await explained({ rule: 'tcn', explanation: { why: 'The TCN is the same.', rows: null } }, '--json'),
    );
    expect(json.link).toMatchObject({ rule: 'tcn', rowsFrom: 'model', sentence: 'The TCN is the same.' });
    expect(json.link.rows.map(({ field }: { field: string }) => field)).toContain('surname');
  });

  test('says so where there is no booking', async () => {
    const text = await explained({
      rule: 'linkage',
      booking: false,
      explanation: { why: 'No booking shares enough.', rows: [] },
    });
    expect(text).toContain('No booking shares enough.');
  });
});
