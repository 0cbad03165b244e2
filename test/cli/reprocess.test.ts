import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/store.ts';
import { cli } from './support/cli.ts';

const HEAD =
  'warrant_number,case_number,status,warrant_type,issue_date,bond_amount,level,last_name,first_name,dob,court_ori,agency_ori,oca';
const row = (number: string, status: string, issued: string) =>
  `${number},26-${number},${status},Bench Warrant - FTA,${issued},500.00,M,EXAMPLE,ADA,1980-05-17,CA001015J,CA0010000,OCA${number}`;

let config: string;
let drop: string;

function configure(codes: Record<string, unknown>): void {
  const transport = { type: 'folder', path: drop, settleMs: 0 };
  const source = { name: 'court', kind: 'court', format: 'odyssey-csv', transport, codes };
  writeFileSync(
    config,
    JSON.stringify({ county: 'Example', data: './data', log: 'silent', sources: [source] }),
  );
}

async function answer<T>(...args: readonly string[]): Promise<{ exit: number; data: T }> {
  const { exit, stdout } = await cli(...args, '--config', config, '--json');
  return { exit, data: JSON.parse(stdout) as T };
}

type Failure = { id: string; code: string; next: string };
const failures = async () => (await answer<Failure[]>('failures')).data;
const warrants = async () => (await answer<{ warrants: Record<string, number> }>('status')).data.warrants;

beforeEach(async () => {
  const folder = temporaryFolder();
  config = join(folder, 'benchlink.json');
  drop = join(folder, 'drop');
  mkdirSync(drop);
  configure({});
  const rows = [
    row('A1', 'Issued', '2026-03-02'),
    row('A2', 'WISS', '2026-03-02'),
    row('A3', 'Issued', '2026-02-30'),
  ];
  writeFileSync(join(drop, 'warrants.csv'), `${[HEAD, ...rows].join('\n')}\n`);
});

describe('The one way back', () => {
  it('reads quarantined records again once their code is mapped, and leaves what is still wrong', async () => {
    expect((await answer('run')).exit).toBe(1);
    const before = await failures();
    expect(before.map(({ code }) => code).sort()).toEqual(['FIELD-FORMAT', 'SRC-UNMAPPED']);
    configure({ status: [{ raw: 'WISS', code: 'ISSUED' }] });
    const dry = await answer('reprocess', '--dry-run');
    expect(dry).toMatchObject({ exit: 0, data: { records: { selected: 2, applied: 0 } } });
    expect(await failures()).toHaveLength(2);
    const code = await answer('reprocess', '--code', 'SRC-UNMAPPED');
    expect(code).toMatchObject({ exit: 0, data: { records: { selected: 1, applied: 1 } } });
    const rest = await answer('reprocess', '--state', 'quarantined');
    expect(rest).toMatchObject({ exit: 1, data: { records: { selected: 1, applied: 0, stillWrong: 1 } } });
    expect((await failures()).map((failure) => failure.code)).toEqual(['FIELD-FORMAT']);
  });

  it('corrects a quarantined record by the name the list of failures gives it, once', async () => {
    await answer('run');
    const { id, next } = (await failures()).find(({ code }) => code === 'FIELD-FORMAT')!;
    expect(next).toMatch(/benchlink resubmit/);
    const bad = await cli('resubmit', id, '--set', 'issuedDate=2026-02-31', '--config', config);
    expect(bad.exit).toBe(2);
    expect(bad.stderr).toMatch(/FIELD-FORMAT: .*issuedDate.*day of the calendar/);
    const fix = ['resubmit', id, '--set', 'issuedDate=2026-02-28', '--set', 'bail.cents=75000'];
    expect(await answer(...fix)).toMatchObject({ exit: 0, data: { outcome: 'issued' } });
    const again = await cli(...fix, '--config', config);
    expect(again.exit).toBe(2);
    expect(again.stderr).toMatch(/NOT-RESUBMITTABLE/);
    const { data } = await answer<{ facts: { bail: { cents: number } } }>('status', 'A3');
    expect(data.facts.bail.cents).toBe(75000);
  });

  it('carries on in the next run with what was put right', async () => {
    await answer('run');
    configure({ status: [{ raw: 'WISS', code: 'ISSUED' }] });
    await answer('reprocess', '--code', 'SRC-UNMAPPED');
    expect((await answer('run')).exit).toBe(0);
    expect(await warrants()).toEqual({ verified: 2 });
  });

  it.each([
    ['a state there is not', ['reprocess', '--state', 'entered'], /choices|Allowed/i],
    ['a code there is not', ['reprocess', '--code', 'NO-SUCH'], /docs\/reasons\.md/],
    ['a record there is not', ['resubmit', 'record:99', '--set', 'oca=1'], /NOT-FOUND/],
    ['a field there is not', ['resubmit', 'A1', '--set', 'nose=long'], /FIELD-UNKNOWN|NOT-RESUBMITTABLE/],
    ['a night that has not come', ['run', '--for', '2999-01-01'], /DATE-UNCLEAR/],
    ['a night there is not', ['run', '--for', 'yesterday'], /DATE-UNCLEAR/],
  ])('refuses %s as a usage error', async (_what, args, said) => {
    await answer('run');
    const { exit, stderr } = await cli(...args, '--config', config);
    expect(stderr).toMatch(said);
    expect(exit).toBe(2);
  });

  it('runs a missed night under its own date', async () => {
    await answer('run', '--for', '2026-03-01');
    const { data } = await answer<{ runs: { for_date: string }[] }>('status');
    expect(data.runs[0]!.for_date).toBe('2026-03-01');
  });
});
