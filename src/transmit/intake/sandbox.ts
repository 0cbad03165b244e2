import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { type CertificateSet, makeCertificates } from '../certificates.ts';
import { type Intake, type IntakeOptions, startIntake } from './index.ts';

const FILES = {
  ca: 'ca.pem',
  serverCert: 'server.pem',
  serverKey: 'server.key',
  clientCert: 'client.pem',
  clientKey: 'client.key',
} as const;

/** Days for which a sandbox's own certificates are good. */
const SANDBOX_DAYS = 365;

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function write(folder: string, set: CertificateSet): void {
  mkdirSync(folder, { recursive: true });
  const save = (file: string, text: string, mode: number) =>
    writeFileSync(join(folder, file), text, { mode });
  save(FILES.serverKey, set.server.key, 0o600);
  save(FILES.clientKey, set.client.key, 0o600);
  save(FILES.serverCert, set.server.cert, 0o644);
  save(FILES.clientCert, set.client.cert, 0o644);
  // Last: its presence says that the others are whole.
  save(FILES.ca, set.ca, 0o644);
}

/**
 * The certificates in a folder (`ca.pem`, `server.pem`, `server.key`, `client.pem`, `client.key`), made if
 * the folder has none: a local authority, a server certificate for loopback and one client certificate.
 */
export async function certificatesIn(folder: string, clock: Clock): Promise<CertificateSet> {
  if (!existsSync(join(folder, FILES.ca))) {
    const hosts = ['localhost', '127.0.0.1'];
    write(
      folder,
      await makeCertificates({ now: clock.now(), days: SANDBOX_DAYS, clientName: 'county', hosts }),
    );
  }
  return {
    ca: read(folder, FILES.ca),
    server: { cert: read(folder, FILES.serverCert), key: read(folder, FILES.serverKey) },
    client: { cert: read(folder, FILES.clientCert), key: read(folder, FILES.clientKey) },
  };
}

export interface SandboxOptions extends Omit<IntakeOptions, 'tls' | 'clock'> {
  /** Folder of the certificates; made if empty. */
  readonly certs: string;
  readonly clock: Clock;
}

/** The reference intake with certificates from a folder: what `benchlink intake` runs. */
export async function openSandbox(
  options: SandboxOptions,
): Promise<Intake & { readonly certificates: CertificateSet }> {
  const certificates = await certificatesIn(options.certs, options.clock);
  const intake = await startIntake({ ...options, tls: { ca: certificates.ca, ...certificates.server } });
  return { ...intake, certificates };
}
