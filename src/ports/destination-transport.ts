import type { Clock } from '../clock.ts';
import type { DestinationConfig } from '../config.ts';
import { type CertificateAlert, expiringCertificates } from '../transmit/certificates.ts';
import { DropTransport } from '../transmit/transports/drop.ts';
import { suffixFor } from '../transmit/transports/drop-store.ts';
import { FolderStore } from '../transmit/transports/folder-store.ts';
import { HttpsTransport } from '../transmit/transports/https.ts';
import { SftpStore } from '../transmit/transports/sftp-store.ts';
import type { Transport } from '../transmit/transports/transport.ts';
import { readSecret } from './source-transport.ts';

/** The SFTP side of a configured drop. */
export function sftpStore(config: Extract<DestinationConfig, { type: 'sftp' }>): SftpStore {
  const { host, port, username, hostKeySha256, folder, timeoutMs, passphraseFile } = config;
  return new SftpStore({
    host,
    port,
    username,
    hostKeySha256,
    folder,
    timeoutMs,
    privateKey: readSecret(config.keyFile, 'destination.keyFile'),
    ...(passphraseFile
      ? { passphrase: readSecret(passphraseFile, 'destination.passphraseFile').trim() }
      : {}),
  });
}

/** How a configured destination is reached. @throws BenchlinkError CONFIG-INVALID for a file that cannot be read */
export function openTransport(config: DestinationConfig, contentType: string, clock: Clock): Transport {
  const now = () => clock.now().toISOString();
  switch (config.type) {
    case 'folder':
      return new DropTransport(new FolderStore(config.path), now, suffixFor(contentType));
    case 'sftp':
      return new DropTransport(sftpStore(config), now, suffixFor(contentType));
    default:
      return new HttpsTransport({
        url: config.url,
        ca: readSecret(config.caFile, 'destination.caFile'),
        cert: readSecret(config.certFile, 'destination.certFile'),
        key: readSecret(config.keyFile, 'destination.keyFile'),
        responseTimeoutMs: config.timeoutMs,
        connections: config.concurrency,
      });
  }
}

/** The destination's certificates that end soon, named by their place in the configuration. */
export function endingCertificates(config: DestinationConfig, now: Date): CertificateAlert[] {
  if (config.type === 'folder' || config.type === 'sftp') return [];
  const named = {
    'destination.certFile': readSecret(config.certFile, 'destination.certFile'),
    'destination.caFile': readSecret(config.caFile, 'destination.caFile'),
  };
  try {
    return expiringCertificates(named, now, config.clocks.certificateDays);
  } catch {
    // What is no certificate is told when the destination is tried.
    return [];
  }
}
