import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../../src/clock.ts';
import type { Warrant, WarrantState } from '../../../src/domain/index.ts';
import {
  getWarrant,
  insertWarrants,
  move,
  Store,
  submissionsOf,
  warrantId,
} from '../../../src/store/index.ts';
import {
  type Packager,
  type TransmitCounts,
  type TransmitRun,
  transmit,
} from '../../../src/transmit/index.ts';
import { type Intake, startIntake } from '../../../src/transmit/intake/index.ts';
import { NIEM_6 } from '../../../src/transmit/package/index.ts';
import { packagerOf } from '../../../src/transmit/packager.ts';
import { HttpsTransport } from '../../../src/transmit/transports/https.ts';
import type { Transport } from '../../../src/transmit/transports/transport.ts';
import { certs } from './intake.ts';
import { readJson } from './messages.ts';
import { jsonPackager } from './packager.ts';
import { testWarrant } from './warrants.ts';

const ZONE = 'America/Los_Angeles';

export interface World {
  readonly store: Store;
  readonly intake: Intake;
  readonly transport: HttpsTransport;
  readonly packager: Packager;
  readonly clock: FixedClock;
  readonly folder: string;
  /** Adds a warrant that has been matched and waits to be sent. */
  add(n: number, over?: Partial<Warrant>): Promise<string>;
  /** Moves a warrant as the court's events do. */
  court(id: string, to: WarrantState, from?: WarrantState): Promise<void>;
  run(over?: Partial<TransmitRun>): Promise<TransmitCounts>;
  /** What a command that sends is given. */
  sending(over?: Partial<TransmitRun>): TransmitRun;
  state(id: string): Promise<WarrantState | undefined>;
  /** Submission kinds and states of a warrant in order. */
  messages(id: string): Promise<string[]>;
  active(): Promise<{ oca: string; fcn: string; nam: string }[]>;
  close(): Promise<void>;
}

export function identityOf(n: number): string {
  return `test:${n}`;
}

/** A store and an intake in one folder, with a clock that only the sender's waiting moves. */
export interface WorldOptions {
  readonly timeoutMs?: number;
  readonly transport?: (t: Transport) => Transport;
  /** The real format instead of JSON. */
  readonly niem?: boolean;
  /** A drop folder the intake serves as well. */
  readonly drop?: string;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-transmit-'));
  const clock = new FixedClock('2026-01-15T18:00:00.000Z');
  const set = await certs();
  const store = await Store.open({
    database: `sqlite:${join(folder, 'db.sqlite')}`,
    blobs: join(folder, 'blobs'),
    clock,
  });
  const intake = await startIntake({
    data: join(folder, 'intake'),
    tls: { ca: set.ca, ...set.server },
    ...(options.niem ? {} : { read: readJson }),
    ...(options.drop ? { drop: options.drop } : {}),
    clock,
  });
  const https = new HttpsTransport({
    url: intake.url,
    ca: set.ca,
    ...set.client,
    responseTimeoutMs: options.timeoutMs ?? 400,
  });
  const transport = options.transport?.(https) ?? https;
  const packager = options.niem ? packagerOf({ profile: NIEM_6, clock, zone: ZONE }) : jsonPackager;
  let runs = 0;
  const sending = (over: Partial<TransmitRun> = {}): TransmitRun => {
    runs += 1;
    return {
      store,
      transport,
      packager,
      ports: { attachPrint: async () => undefined },
      destination: 'test',
      actor: 'test',
      owner: `worker-${runs}`,
      clock,
      random: () => 0.5,
      sleep: async (ms) => {
        clock.advance(ms);
        // Things on the wire need real time, however fast our clock runs.
        await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 60)));
      },
      zone: ZONE,
      policy: { rate: { perSecond: 100_000, burst: 100_000 }, concurrency: 8, patienceMs: 120_000 },
      ...over,
    };
  };
  const run = (over: Partial<TransmitRun> = {}) => transmit(sending(over));
  return {
    store,
    intake,
    transport: https,
    packager,
    clock,
    folder,
    run,
    sending,
    add: async (n, over) => {
      const facts = testWarrant(n, over);
      await store.transaction('test', (unit) =>
        insertWarrants(unit, [
          {
            identityKey: identityOf(n),
            source: 'test',
            county: 'LA',
            facts,
            state: 'verified',
            reason: 'SYS-OK',
            recordId: null,
          },
        ]),
      );
      return warrantId(identityOf(n));
    },
    court: async (id, to, from) => {
      await store.transaction('court', async (unit) => {
        const row = await getWarrant(unit.trx, id);
        if (!row) throw new Error(`no warrant ${id}`);
        await move(unit, {
          id,
          from: from ?? row.state,
          to,
          code: 'WAR-RECALLED',
          set: { court_ended_at: unit.at },
        });
      });
    },
    state: async (id) => (await getWarrant(store.db, id))?.state,
    messages: async (id) => (await submissionsOf(store.db, id)).map((sub) => `${sub.kind} ${sub.state}`),
    active: async () => {
      const list = [];
      for await (const { oca, fcn, nam } of https.activeRecords()) list.push({ oca, fcn, nam });
      return list;
    },
    close: async () => {
      await https.shut();
      await intake.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
