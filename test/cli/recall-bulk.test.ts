import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/store.ts';
import { cli } from './support/cli.ts';

const HEAD =
  'warrant_number,case_number,status,warrant_type,issue_date,bond_amount,level,last_name,first_name,dob,court_ori,agency_ori,oca';
const row = (number: string, level: string, issued: string) =>
  `${number},26-${number},Issued,Bench Warrant - FTA,${issued},500.00,${level},EXAMPLE,ADA,1980-05-17,CA001015J,CA0010000,OCA${number}`;
const ROWS = [row('A1', 'M', '2025-03-02'), row('A2', 'I', '2025-03-02'), row('A3', 'I', '2026-02-27')];

let folder: string;
let config: string;

interface Answer {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly unknown: string[];
  readonly recalled: number;
  readonly undone: number;
  readonly preview: { readonly total: number };
  readonly error: { readonly code: string };
}

async function answer(...args: readonly string[]): Promise<{ exit: number; data: Answer }> {
  const { exit, stdout } = await cli(...args, '--config', config, '--json');
  return { exit, data: JSON.parse(stdout) as Answer };
}

const bulk = (...args: readonly string[]) => answer('recall-bulk', ...args);
const states = async () =>
  (await answer('status')).data as unknown as { warrants: Readonly<Record<string, number>> };

beforeEach(async () => {
  folder = temporaryFolder();
  config = join(folder, 'benchlink.json');
  mkdirSync(join(folder, 'drop'));
  const source = {
    name: 'court',
    kind: 'court',
    transport: { type: 'folder', path: './drop', settleMs: 0 },
  };
  writeFileSync(config, JSON.stringify({ county: 'Example', log: 'silent', sources: [source] }));
  writeFileSync(join(folder, 'drop/w.csv'), `${[HEAD, ...ROWS].join('\n')}\n`);
  await answer('run');
});

const order = ['--title', 'Infractions', '--authority', 'Standing order 26-14', '--per-minute', '60000'];

describe('A bulk recall', () => {
  it('by a rule is seen by two people, carried out, and taken back while nothing of it was sent', async () => {
    const rule = ['--court', 'CA001015J', '--level', 'I'];
    expect((await bulk('preview', ...rule)).data).toMatchObject({ total: 2, unknown: [] });
    const { id } = (await bulk('propose', ...rule, ...order, '--by', 'A. Clerk')).data;
    expect((await bulk('run', id)).data.error.code).toBe('BULK-STATE');
    expect((await bulk('approve', id, '--by', ' a clerk ')).data.error.code).toBe('BULK-SAME-PERSON');
    expect((await bulk('approve', id, '--by', 'B. Judge')).exit).toBe(0);
    expect((await bulk('run', id)).data).toMatchObject({ state: 'done', recalled: 2 });
    expect((await states()).warrants).toEqual({ recalled: 2, verified: 1 });
    expect((await bulk('status', id)).data).toMatchObject({ state: 'done', total: 2, recalled: 2 });
    expect((await bulk('undo', id)).data).toMatchObject({ undone: 2 });
    expect((await states()).warrants).toEqual({ checked: 2, verified: 1 });
  });

  it('by a list names what it cannot find, and takes each number once', async () => {
    const list = join(folder, 'list.csv');
    writeFileSync(list, '\uFEFF# order 26-14\r\n"A1",EXAMPLE\r\nOCAA2\r\nA1\r\n\r\nA9\r\n');
    const preview = await bulk('preview', '--list', list);
    expect(preview).toMatchObject({ exit: 1, data: { total: 2, unknown: ['A9'] } });
    const { id, preview: fixed } = (await bulk('propose', '--list', list, ...order, '--by', 'A')).data;
    expect(fixed.total).toBe(2);
    expect((await bulk('reject', id, '--by', 'B')).exit).toBe(0);
    expect((await bulk('run', id)).data.error.code).toBe('BULK-STATE');
    expect((await states()).warrants).toEqual({ verified: 3 });
  });

  it.each([
    ['a list and a rule', ['--list', 'x', '--level', 'I'], 'BULK-RULE'],
    ['neither', [], 'BULK-RULE'],
    ['a list that is not there', ['--list', 'nowhere'], 'FILE-UNREADABLE'],
  ])('with %s is refused in words', async (_what, args, code) => {
    expect(await bulk('preview', ...args)).toMatchObject({ exit: 2, data: { error: { code } } });
  });
});

it('the scorecard of each court says how much was right the first time, as JSON and as a page', async () => {
  const page = join(folder, 'card.html');
  const { data } = await answer('scorecard', '--html', page);
  expect(data).toMatchObject([{ source: 'court', judged: 3, firstTimeRight: 1, files: { done: 1 } }]);
});

it('alerts and calendars can be looked at, and every channel tried', async () => {
  const raw = JSON.stringify({
    county: 'Example',
    log: 'silent',
    alerts: { webhook: { url: 'https://127.0.0.1:9/secret', timeoutMs: 2000 } },
    sources: [
      {
        name: 'court',
        kind: 'court',
        transport: { type: 'folder', path: './drop', settleMs: 0 },
        arrivals: { by: '00:00', lateAfter: 0, missingAfter: 1 },
      },
    ],
  });
  writeFileSync(config, raw);
  const arrivals = (await answer('arrivals')).data as unknown as { source: string; files: number }[];
  expect(arrivals).toMatchObject([{ source: 'court', findings: [] }]);
  const alerts = await answer('alerts');
  expect(alerts).toMatchObject({ exit: 1, data: [{ severity: 'amber', closed_at: null }] });
  const { exit, data } = await answer('alerts', 'test');
  expect(exit).toBe(1);
  expect(data).toMatchObject([
    { channel: 'log' },
    { channel: 'webhook', error: expect.stringContaining('127.0.0.1:9') },
  ]);
  expect(JSON.stringify(data)).not.toContain('secret');
});

it('a stopped record is shown with its problems, its own line, and the version a person made of it', async () => {
  writeFileSync(
    join(folder, 'drop/x.csv'),
    `${[HEAD, row('A8', 'M', '2026-02-27'), row('A9', 'M', '2026-02-30')].join('\n')}\n`,
  );
  await answer('run');
  const [failure] = (await answer('failures')).data as unknown as { id: string }[];
  const show = async () =>
    (await answer('quarantine', 'show', failure!.id)).data as unknown as Record<string, unknown>;
  expect(await show()).toMatchObject({ state: 'quarantined', file: 'x.csv', line: 3, versions: [] });
  expect((await show()).raw).toEqual([row('A9', 'M', '2026-02-30')]);
  const fixed = ['--set', 'issuedDate=2026-02-28', '--by', 'A. Clerk'];
  expect((await answer('resubmit', failure!.id, ...fixed)).exit).toBe(0);
  expect(await show()).toMatchObject({
    state: 'replaced',
    versions: [{ by: 'A. Clerk', changed: ['issuedDate'] }],
  });
  expect((await bulk('status', 'nothing')).data.error.code).toBe('NOT-FOUND');
});
