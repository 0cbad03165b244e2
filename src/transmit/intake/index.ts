import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Knex } from 'knex';
import { type Clock, isoInstant, systemClock } from '../../clock.ts';
import { openDatabase } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { buildAdmin, type Operated } from './admin.ts';
import { Counter } from './counter.ts';
import { DropDesk } from './drop-desk.ts';
import { allRecords, fcnOfCase } from './lists.ts';
import { type Misbehaviour, Mood } from './misbehave.ts';
import { DROP_PASS_MS, QUEUE_MS } from './parameters.ts';
import { readAnyMessage } from './read-any.ts';
import type { MessageReader } from './read-message.ts';
import { INTAKE_MIGRATIONS } from './schema.ts';
import { buildServer } from './server.ts';
import { readStats } from './stats.ts';
import { drift, locate, purgeUnvalidated, requestHitConfirmation } from './unsolicited.ts';

export { isMisbehaviour, MISBEHAVIOURS, type Misbehaviour } from './misbehave.ts';
export type { IntakeStats } from './stats.ts';

export interface IntakeOptions {
  /** Folder of the intake's own database. */
  readonly data: string;
  /** PEM: our certificate and key, and the authority whose clients are let in. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Port of the plain HTTP admin routes, on loopback only; none if absent. */
  readonly adminPort?: number;
  /** The destination's zone: its dates are local dates. */
  readonly zone?: string;
  readonly clock?: Clock;
  readonly misbehave?: Misbehaviour;
  readonly read?: MessageReader;
  /** A drop folder (of its SFTP server) the intake serves as well; it is looked through on `passDrop`. */
  readonly drop?: string;
}

/** A running reference intake. */
export interface Intake extends Operated {
  /** `https://host:port` */
  readonly url: string;
  readonly adminUrl: string | undefined;
  /** Takes up and acknowledges what lies in the drop folder; also done by itself every second. */
  passDrop(): Promise<number>;
  close(): Promise<void>;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port });
  return (app.server.address() as AddressInfo).port;
}

async function openIntakeDatabase(data: string, clock: Clock): Promise<Knex> {
  mkdirSync(data, { recursive: true });
  const db = openDatabase(`sqlite:${join(data, 'intake.db')}`);
  await migrate(db, isoInstant(clock.now()), INTAKE_MIGRATIONS);
  return db;
}

/**
 * Starts the reference intake: a destination as the department's could be, over HTTPS with mutual TLS, with its
 * own store, its own edits and every misbehaviour on command (docs/intake.md). It runs inside a process (tests,
 * demo) or as its own (`benchlink intake`).
 */
export async function startIntake(options: IntakeOptions): Promise<Intake> {
  const clock = options.clock ?? systemClock;
  const host = options.host ?? '127.0.0.1';
  const db = await openIntakeDatabase(options.data, clock);
  const counter = new Counter(db, clock, options.zone ?? 'America/Los_Angeles');
  const mood = new Mood();
  if (options.misbehave) mood.set(options.misbehave);
  const counts = { posts: 0, asks: 0, repeats: 0 };
  const read = options.read ?? readAnyMessage;
  const app = buildServer({
    counter,
    db,
    mood,
    read,
    now: () => isoInstant(clock.now()),
    tls: options.tls,
    count: (what) => {
      counts[what] += 1;
    },
  });
  const drop = options.drop ? new DropDesk({ root: options.drop, counter, db, read }) : undefined;
  const port = await listen(app, host, options.port ?? 0);
  let passing = Promise.resolve(0);
  const passDrop = () => {
    // A pass that failed is made again by the next one; whoever asked for it learns why.
    passing = passing.catch(() => 0).then(() => drop?.pass() ?? 0);
    return passing;
  };
  const passes = setInterval(() => void passDrop().catch(() => 0), DROP_PASS_MS);
  passes.unref();
  const release = setInterval(() => void counter.release(), QUEUE_MS / 2);
  release.unref();
  const intake: Omit<Intake, 'adminUrl'> = {
    url: `https://${host}:${port}`,
    misbehave: (mode, times) => mood.set(mode, times),
    stats: () => readStats(db, counts),
    purge: (before) => purgeUnvalidated(counter, before),
    locate: (fcn, byOri) => locate(counter, fcn, byOri),
    requestHitConfirmation: (fcn, byOri, hit) => requestHitConfirmation(counter, fcn, byOri, hit),
    drift: (fcn, state) => drift(counter, fcn, state),
    findByCase: (oca) => fcnOfCase(db, oca),
    records: (limit) => allRecords(db, limit),
    passDrop,
    close: async () => {
      clearInterval(release);
      clearInterval(passes);
      await passing.catch(() => 0);
      await app.close();
      await counter.idle();
      await db.destroy();
    },
  };
  if (options.adminPort === undefined) return { ...intake, adminUrl: undefined };
  const admin = buildAdmin(intake);
  const adminPort = await listen(admin, '127.0.0.1', options.adminPort);
  return {
    ...intake,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    close: async () => {
      await admin.close();
      await intake.close();
    },
  };
}
