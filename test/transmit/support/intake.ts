import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../../src/clock.ts';
import { type Reading, readAnswer } from '../../../src/transmit/answers.ts';
import { type CertificateSet, makeCertificates } from '../../../src/transmit/certificates.ts';
import { type Intake, type IntakeOptions, startIntake } from '../../../src/transmit/intake/index.ts';
import { HttpsTransport } from '../../../src/transmit/transports/https.ts';
import type { Attempt } from '../../../src/transmit/transports/transport.ts';
import { readJson } from './messages.ts';

let certificates: Promise<CertificateSet> | undefined;

/** One set of local certificates for a whole test process. */
export function certs(): Promise<CertificateSet> {
  certificates ??= makeCertificates({
    now: new Date(),
    days: 30,
    clientName: 'county',
    hosts: ['localhost', '127.0.0.1'],
  });
  return certificates;
}

export interface Bench {
  readonly intake: Intake;
  readonly transport: HttpsTransport;
  readonly folder: string;
  readonly clock: FixedClock;
  close(): Promise<void>;
}

/** A real intake over mutual TLS on loopback, in a folder of its own, with a transport to it. */
export async function openBench(
  options: Partial<IntakeOptions> & { readonly timeoutMs?: number } = {},
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-intake-'));
  const set = await certs();
  const clock = new FixedClock('2026-01-15T18:00:00.000Z');
  const intake = await startIntake({
    data: folder,
    tls: { ca: set.ca, ...set.server },
    read: readJson,
    clock,
    ...options,
  });
  const transport = new HttpsTransport({
    url: intake.url,
    ca: set.ca,
    ...set.client,
    responseTimeoutMs: options.timeoutMs ?? 1000,
  });
  return {
    intake,
    transport,
    folder,
    clock,
    close: async () => {
      await transport.shut();
      await intake.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads an attempt as an answer about given bytes. */
export function reading(attempt: Attempt, messageId: string, bytes: Uint8Array): Reading | Attempt {
  if (attempt.kind !== 'answered') return attempt;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return readAnswer(attempt.bytes, { messageId, sha256 });
}
