import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAlerts } from '../src/alerts.ts';
import { parseConfig } from '../src/config.ts';
import { pulse } from '../src/fast-lane.ts';
import { createLog } from '../src/log.ts';
import { readPrintFile } from '../src/ports/read-print-file.ts';
import { run } from '../src/run.ts';
import { report } from './ingest/support/documents.ts';
import { wsq } from './support/print-files.ts';
import { openTestStore } from './support/store.ts';

const FOLDERS = ['court', 'citations', 'repository'];

/** An installation that sends nothing: what its sources, its repository and its calendars do. */
async function world() {
  const { store, clock, folder } = await openTestStore();
  for (const name of FOLDERS) mkdirSync(join(folder, name));
  const drop = (path: string) => ({ type: 'folder', path: `./${path}`, settleMs: 0 });
  const config = parseConfig(
    {
      county: 'fresno',
      data: './data',
      log: 'silent',
      threads: 1,
      sources: [
        { name: 'court', kind: 'court', transport: drop('court'), arrivals: { by: '00:10' } },
        { name: 'police', kind: 'citations', transport: drop('citations') },
      ],
      repository: {
        transactionType: 'CNA',
        agency: 'CADOJ0000',
        transport: { type: 'folder', path: './repository' },
      },
    },
    folder,
  );
  const once = (onlyRecalls = false) =>
    run({
      config,
      store,
      clock,
      log: createLog('silent'),
      onlyRecalls,
      kind: onlyRecalls ? 'recalls' : 'nightly',
    });
  const put = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    // Older than the standing clock: a file that may still grow is left alone.
    const written = new Date('2026-03-01T00:00:00Z');
    utimesSync(join(folder, name), written, written);
  };
  const list = (name: string) =>
    readdirSync(join(folder, name), { withFileTypes: true }).filter((e) => e.isFile());
  return { store, clock, folder, once, put, list };
}

const CITATION =
  'citation_number,ori,citation_date,last_name,first_name,dob,sex,race,print_file,finger,disposed_date\n';
const cited = (disposed = '') =>
  `${CITATION}T1,CA0100500,2026-02-14,DOE,JO,1990-01-02,F,W,t1.wsq,1,${disposed}\n`;

describe('A citation with a thumbprint, in a run', () => {
  it('is stored, forwarded once as an ANSI/NIST transaction, and its print purged on disposition', async () => {
    const { store, once, put, list, folder } = await world();
    put('citations/t1.wsq', wsq(1));
    put('citations/a.csv', cited());
    expect((await once()).forwarded).toEqual({
      forwarded: 1,
      withheld: { broken: 0, disposed: 0, 'no-ori': 0 },
    });
    const [file] = list('repository');
    const sent = await readPrintFile(readFileSync(join(folder, 'repository', file!.name)));
    expect(sent.text?.get('2.009')).toEqual(['T1']);
    expect(sent.prints).toMatchObject([{ finger: 1, ppi: 500 }]);
    expect((await once()).forwarded).toMatchObject({ forwarded: 0 });
    const [print] = (await store.db('prints')) as { image_sha256: string; purpose: string }[];
    expect(print!.purpose).toBe('citation');
    expect(store.blobs.has(print!.image_sha256)).toBe(true);
    put('citations/b.csv', cited('2026-03-01'));
    await once();
    expect(store.blobs.has(print!.image_sha256)).toBe(false);
    expect(list('repository')).toHaveLength(1);
  });

  it('waits for a repository that is away, which is told of once and ends with its return', async () => {
    const { store, once, put, folder } = await world();
    put('citations/t1.wsq', wsq(1));
    put('citations/a.csv', cited());
    renameSync(join(folder, 'repository'), join(folder, 'away'));
    const summary = await once();
    expect(summary.forwarded).toMatchObject({ forwarded: 0, stopped: 'SRC-CONNECT' });
    expect(summary.failed).toBeGreaterThan(0);
    await once();
    const told = (await openAlerts(store)).filter(({ key }) => key === 'repository-stopped');
    expect(told).toHaveLength(1);
    renameSync(join(folder, 'away'), join(folder, 'repository'));
    expect((await once()).forwarded).toMatchObject({ forwarded: 1 });
    expect((await openAlerts(store)).filter(({ key }) => key === 'repository-stopped')).toEqual([]);
  });
});

describe('A run', () => {
  const warrant = (oca: string) =>
    report('Issued', {
      oca,
      courtOri: 'CA010015J',
      agencyOri: 'CA0100000',
      issued: '2026-02-27',
      person: { id: 'P', given: 'A', surname: 'B' },
    });

  it('on the fast lane takes what courts sent and leaves the rest to the night', async () => {
    const { once, put, folder, list } = await world();
    put('court/a.xml', warrant('1'));
    put('citations/a.csv', cited());
    const summary = await once(true);
    expect(summary.sources.map(({ name }) => name)).toEqual(['court']);
    expect(summary.balance.records.received).toBe(1);
    expect(list('citations').map(({ name }) => name)).toEqual(['a.csv']);
    expect(existsSync(join(folder, 'court/done/a.xml'))).toBe(true);
  });

  it('on the fast lane takes a long input too, after the others', async () => {
    const { once, put } = await world();
    const padding = `<!-- ${'x'.repeat(60_000)} -->`;
    put('court/a.xml', warrant('1') + `\n${padding}`.repeat(600));
    put('court/b.xml', warrant('2'));
    const summary = await once(true);
    const order = summary.sources.map(({ files }) => files.done);
    expect(order).toEqual([1, 1]);
    expect(summary.balance.records.received).toBe(2);
    expect(summary.balances).toBe(true);
  });

  it('tells of a source that is gone, once, and of its return', async () => {
    const { store, once, folder } = await world();
    renameSync(join(folder, 'court'), join(folder, 'gone'));
    await once();
    await once();
    const keys = async () => (await openAlerts(store)).map(({ key }) => key);
    expect(await keys()).toContain('source-stopped:court');
    renameSync(join(folder, 'gone'), join(folder, 'court'));
    await once();
    expect(await keys()).not.toContain('source-stopped:court');
    expect(await store.db('alerts').where({ key: 'source-stopped:court' })).toHaveLength(1);
  });

  it('looks at the calendars when it ends: late, then missing, then neither', async () => {
    const { store, clock, once, put } = await world();
    const keys = async () =>
      (await openAlerts(store)).map(({ key }) => key).filter((key) => key.startsWith('arrival'));
    // 00:00 at the court; the file is due at 00:10.
    await once();
    expect(await keys()).toEqual(['arrival:court:missing']);
    put('court/a.xml', warrant('1'));
    await once();
    expect(await keys()).toEqual([]);
    clock.advance(86_400_000 + 45 * 60_000);
    await once();
    expect(await keys()).toEqual(['arrival:court:late']);
    const deliveries = await store.db('alert_deliveries').where({ channel: 'log' });
    expect(deliveries.map(({ alert_id, phase }) => `${alert_id} ${phase}`)).toEqual([
      '1 start',
      '1 end',
      '2 start',
    ]);
  });
});

it('a pulse does its work when its time has passed, and only then', async () => {
  const { clock } = await openTestStore();
  let done = 0;
  const beat = pulse(clock, 1000, async () => {
    done += 1;
  });
  await beat();
  clock.advance(999);
  await beat();
  expect(done).toBe(0);
  clock.advance(1);
  await beat();
  await beat();
  expect(done).toBe(1);
});
