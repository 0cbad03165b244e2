import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import type { WarrantState } from '../../src/domain/index.ts';
import {
  countByState,
  getWarrant,
  insertWarrants,
  move,
  Store,
  verifyAudit,
  warrantId,
} from '../../src/store/index.ts';
import { openSandbox } from '../../src/transmit/intake/sandbox.ts';
import { HttpsTransport } from '../../src/transmit/transports/https.ts';
import { readJson } from '../transmit/support/messages.ts';
import { testWarrant } from '../transmit/support/warrants.ts';

/** A folder with a store and an intake that outlive any number of workers, each a process of its own. */
export async function openCrashWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-crash-'));
  const store = await Store.open({
    database: `sqlite:${join(folder, 'db.sqlite')}`,
    blobs: join(folder, 'blobs'),
    clock: systemClock,
  });
  const intake = await openSandbox({
    data: join(folder, 'intake'),
    certs: folder,
    clock: systemClock,
    read: readJson,
  });
  const { ca, client } = intake.certificates;
  const transport = new HttpsTransport({ url: intake.url, ca, ...client });
  let workers = 0;

  const add = async (numbers: readonly number[]): Promise<string[]> =>
    store.transaction('test', (unit) =>
      insertWarrants(
        unit,
        numbers.map((n) => ({
          identityKey: `crash:${n}`,
          source: 'test',
          county: 'LA',
          facts: testWarrant(n),
          state: 'verified' as const,
          reason: 'SYS-OK' as const,
          recordId: null,
        })),
      ),
    );

  const court = async (n: number, to: WarrantState): Promise<void> => {
    const id = warrantId(`crash:${n}`);
    await store.transaction('court', async (unit) => {
      const row = await getWarrant(unit.trx, id);
      if (row)
        await move(unit, { id, from: row.state, to, code: 'WAR-RECALLED', set: { court_ended_at: unit.at } });
    });
  };

  /** Starts a worker that dies at its n-th effect; 0 lets it live. */
  const start = (n: number, concurrency = 2): { child: ChildProcess; ended: Promise<string> } => {
    workers += 1;
    const script = join(import.meta.dirname, 'transmit-worker.ts');
    const args = [script, folder, intake.url, `worker-${workers}`, String(n), String(concurrency)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL' ? 'killed' : output));
    });
    return { child, ended };
  };

  /** A dead worker's lease is over: what a minute of waiting would do. */
  const buryTheDead = () => store.db('leases').update({ expires_at: '2000-01-01T00:00:00.000Z' });

  const active = async (): Promise<string[]> => {
    const list: string[] = [];
    for await (const record of transport.activeRecords()) list.push(record.oca);
    return list;
  };

  const close = async (): Promise<void> => {
    await transport.shut();
    await intake.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };

  return {
    folder,
    store,
    intake,
    add,
    court,
    start,
    buryTheDead,
    active,
    close,
    states: () => countByState(store.db),
    audit: () => verifyAudit(store.db),
  };
}

export type CrashWorld = Awaited<ReturnType<typeof openCrashWorld>>;
