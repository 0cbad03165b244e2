import { createPrivateKey, X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Agent, request } from 'undici';
import type { Clock } from '../clock.ts';
import type { DestinationConfig } from '../config.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import { connectionError } from '../ingest/transports/https-faults.ts';
import { sftpError } from '../ingest/transports/sftp-faults.ts';
import { sftpStore } from './destination-transport.ts';
import { editRules } from './profiles.ts';
import { readSecret } from './source-transport.ts';

/** Why the destination cannot be used. */
export interface Trouble {
  /** `configuration`: somebody must put something right first; `unreachable`: it may come back by itself. */
  readonly kind: 'configuration' | 'unreachable';
  readonly code: 'DST-CONNECT';
  /** What is wrong and what to do, with the key of the configuration where one is to be corrected. */
  readonly message: string;
}

type Https = Exclude<DestinationConfig, { type: 'sftp' | 'folder' }>;

const CONNECT_MS = 10_000;
/** A sequence number no notice has: the question is answered and nothing is taken. */
const BEYOND = 999_999_999;

function configuration(message: string): Trouble {
  return { kind: 'configuration', code: 'DST-CONNECT', message };
}

/** What our own certificate files say already, before anybody is asked. */
function fileTrouble(config: Https, now: Date): Trouble | undefined {
  const pem = readSecret(config.certFile, 'destination.certFile');
  const key = readSecret(config.keyFile, 'destination.keyFile');
  try {
    new X509Certificate(readSecret(config.caFile, 'destination.caFile'));
  } catch {
    return configuration(`destination.caFile: ${config.caFile} is no PEM certificate.`);
  }
  try {
    const own = new X509Certificate(pem);
    const until = own.validToDate;
    if (until < now)
      return configuration(
        `destination.certFile: our client certificate expired on ${until.toISOString().slice(0, 10)}; without a new one nothing can be sent.`,
      );
    if (own.validFromDate > now)
      return configuration(
        `destination.certFile: our client certificate holds only from ${own.validFromDate.toISOString().slice(0, 10)}.`,
      );
    if (!own.checkPrivateKey(createPrivateKey(key)))
      return configuration(`destination.keyFile: the key does not belong to destination.certFile.`);
    return undefined;
  } catch (error) {
    return configuration(
      `destination.certFile and keyFile cannot be used together: ${errorText(error).slice(0, 100)}.`,
    );
  }
}

/** Faults that no waiting cures. */
const TLS = /^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/;

async function httpsTrouble(config: Https, now: Date): Promise<Trouble | undefined> {
  const ofFiles = fileTrouble(config, now);
  if (ofFiles) return ofFiles;
  const agent = new Agent({
    connect: {
      ca: readSecret(config.caFile, 'destination.caFile'),
      cert: readSecret(config.certFile, 'destination.certFile'),
      key: readSecret(config.keyFile, 'destination.keyFile'),
      timeout: CONNECT_MS,
    },
  });
  const url = new URL(`/notices?after=${BEYOND}`, config.url);
  try {
    const response = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(Math.min(config.timeoutMs, CONNECT_MS)),
    });
    await response.body.dump();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A refused client certificate shows as a cut right after the handshake (TLS 1.3 has no other way).
    const refused = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
    const { message } = connectionError(url, error);
    const hint = refused ? ' Ask the destination whether it accepts destination.certFile.' : '';
    return {
      kind: TLS.test(code) ? 'configuration' : 'unreachable',
      code: 'DST-CONNECT',
      message: `${message}${hint}`,
    };
  } finally {
    await agent.destroy();
  }
}

async function sftpTrouble(
  config: Extract<DestinationConfig, { type: 'sftp' }>,
): Promise<Trouble | undefined> {
  const store = sftpStore(config);
  try {
    await store.check();
    return undefined;
  } catch (error) {
    const cause = error instanceof BenchlinkError && error.cause ? error.cause : error;
    const { message } = sftpError(config, cause, store.seenKey);
    const waits = /does not answer|cannot be reached|nothing answers|looked up now/.test(message);
    return { kind: waits ? 'unreachable' : 'configuration', code: 'DST-CONNECT', message };
  } finally {
    await store.close();
  }
}

async function folderTrouble(path: string): Promise<Trouble | undefined> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing
      ? 'does not exist; correct the path or mount the share'
      : 'cannot be read and written';
    return configuration(`destination.path: ${path} ${why}.`);
  }
}

/** Asks the destination whether it is there and takes us; undefined when it does. Nothing is sent. @throws BenchlinkError CONFIG-INVALID */
export function probeDestination(config: DestinationConfig, clock: Clock): Promise<Trouble | undefined> {
  editRules(config);
  switch (config.type) {
    case 'folder':
      return folderTrouble(config.path);
    case 'sftp':
      return sftpTrouble(config);
    default:
      return httpsTrouble(config, clock.now());
  }
}
