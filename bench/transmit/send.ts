import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { systemClock } from '../../src/clock.ts';
import { insertWarrants, Store } from '../../src/store/index.ts';
import type { CertificateSet } from '../../src/transmit/certificates.ts';
import { buildAll, type TransmitRun, transmit } from '../../src/transmit/index.ts';
import { certificatesIn } from '../../src/transmit/intake/sandbox.ts';
import { NIEM_6, type PrintAttachment } from '../../src/transmit/package/index.ts';
import { packagerOf } from '../../src/transmit/packager.ts';
import { HttpsTransport } from '../../src/transmit/transports/https.ts';
import { testWarrant } from '../../test/transmit/support/warrants.ts';

/**
 * Packages built and validated per second, and packages sent and answered per second over mutual TLS on loopback
 * against the reference intake in its own process, beside a bare undici loop that posts the same bytes to the same
 * intake and reads nothing into the answers.
 */
const COUNT = Number(process.argv[2] ?? 3000);
const CONCURRENCY = Number(process.argv[3] ?? 32);
const PRINT_BYTES = 25 * 1024;
const ZONE = 'America/Los_Angeles';

function print(): PrintAttachment {
  const bytes = randomBytes(PRINT_BYTES);
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    finger: 11,
    impression: 0,
    width: 500,
    height: 500,
    ppi: 500,
    compression: 'WSQ20',
    purpose: 'booking',
  };
}

interface Far {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the intake in its own process with an empty database. */
async function farIntake(folder: string, certs: string): Promise<Far> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'intake-process.ts'), folder, certs], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return {
    url,
    close: async () => {
      child.stdin.end();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

const perSecond = (n: number, started: number) => (n / (performance.now() - started)) * 1000;

/** Processor milliseconds a message since a moment: what a busy machine cannot distort much. */
function processor(since: NodeJS.CpuUsage, n: number): string {
  const { user, system } = process.cpuUsage(since);
  return `${((user + system) / 1000 / n).toFixed(2)} ms of processor each`;
}

async function filledStore(folder: string): Promise<Store> {
  const store = await Store.open({
    database: `sqlite:${join(folder, 'db.sqlite')}`,
    blobs: join(folder, 'blobs'),
    clock: systemClock,
  });
  for (let i = 0; i < COUNT; i += 500) {
    const numbers = Array.from({ length: Math.min(500, COUNT - i) }, (_, k) => i + k);
    await store.transaction('bench', (unit) =>
      insertWarrants(
        unit,
        numbers.map((n) => ({
          identityKey: `bench:${n}`,
          source: 'bench',
          county: 'LA',
          facts: testWarrant(n),
          state: 'verified' as const,
          reason: 'SYS-OK' as const,
          recordId: null,
        })),
      ),
    );
  }
  return store;
}

/** Posts packages already built, as fast as a bare loop can. */
async function bareLoop(
  url: string,
  set: CertificateSet,
  packages: readonly [string, Buffer][],
): Promise<number> {
  const agent = new Agent({
    connections: CONCURRENCY,
    allowH2: false,
    connect: { ca: set.ca, cert: set.client.cert, key: set.client.key },
  });
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < packages.length; i = next++) {
      const [id, body] = packages[i]!;
      const headers = { 'content-type': 'application/xml', 'message-id': id };
      const response = await request(`${url}/messages`, { dispatcher: agent, method: 'POST', headers, body });
      await response.body.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const rate = perSecond(packages.length, started);
  await agent.destroy();
  return rate;
}

function runOf(store: Store, transport: HttpsTransport, shared: PrintAttachment): TransmitRun {
  return {
    store,
    transport,
    packager: packagerOf({ profile: NIEM_6, clock: systemClock, zone: ZONE }),
    ports: { attachPrint: async () => shared },
    destination: 'bench',
    actor: 'bench',
    owner: `bench-${process.pid}`,
    clock: systemClock,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    zone: ZONE,
    policy: { rate: { perSecond: 1e6, burst: 1e6 }, concurrency: CONCURRENCY, patienceMs: 10_000 },
  };
}

async function packagesOf(store: Store): Promise<[string, Buffer][]> {
  const rows = (await store.db('submissions').select('message_id', 'package_sha256')) as {
    message_id: string;
    package_sha256: string;
  }[];
  return rows.map((row) => [row.message_id, store.blobs.get(row.package_sha256)]);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-bench-'));
  const certs = join(folder, 'certs');
  const set = await certificatesIn(certs, systemClock);
  const store = await filledStore(folder);
  const far = await farIntake(join(folder, 'intake-1'), certs);
  const transport = new HttpsTransport({ url: far.url, ca: set.ca, ...set.client, connections: CONCURRENCY });
  const run = runOf(store, transport, print());
  let started = performance.now();
  let cpu = process.cpuUsage();
  const { built } = await buildAll(run);
  console.log(
    `built, checked, validated and stored: ${perSecond(built, started).toFixed(0)} messages/s, ${processor(cpu, built)}`,
  );
  const packages = await packagesOf(store);
  started = performance.now();
  cpu = process.cpuUsage();
  const counts = await transmit(run);
  const ours = perSecond(counts.accepted, started);
  console.log(
    `sent, answered and recorded: ${ours.toFixed(0)}/s (${counts.accepted} accepted of ${COUNT}), ${processor(cpu, COUNT)}`,
  );
  await transport.shut();
  await far.close();
  await store.close();
  const second = await farIntake(join(folder, 'intake-2'), certs);
  cpu = process.cpuUsage();
  const bare = await bareLoop(second.url, set, packages);
  const spent = processor(cpu, COUNT);
  await second.close();
  console.log(
    `bare undici loop: ${bare.toFixed(0)}/s, ${spent}; ours is ${((ours / bare) * 100).toFixed(0)} % of it`,
  );
  rmSync(folder, { recursive: true, force: true });
}

await main();
