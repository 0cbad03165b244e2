import type { HttpsAccount } from './https-client.ts';
import type { SftpAccount } from './sftp-files.ts';

/** The text of a secret or certificate file; throws a `usage` error that names it. */
export type ReadSecret = (file: string, what: string) => string;

/** An SFTP account as configuration has it. */
export interface SftpConfig {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly keyFile: string;
  readonly passphraseFile?: string | undefined;
  readonly hostKeySha256: string;
  readonly folder: string;
  readonly timeoutMs: number;
}

/** An HTTPS account as configuration has it. */
export interface HttpsConfig {
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly oauth?:
    | {
        readonly tokenUrl: string;
        readonly clientId: string;
        readonly secretFile: string;
        readonly scope?: string | undefined;
      }
    | undefined;
  readonly timeoutMs: number;
}

/** The account with its key read. @throws BenchlinkError usage naming the file that cannot be read */
export function sftpAccount(config: SftpConfig, readSecret: ReadSecret): SftpAccount {
  const { host, port, username, hostKeySha256, folder, keyFile, passphraseFile, timeoutMs } = config;
  const passphrase = passphraseFile ? readSecret(passphraseFile, 'key passphrase').trim() : undefined;
  return {
    host,
    port,
    username,
    hostKeySha256,
    folder,
    privateKey: readSecret(keyFile, 'private key'),
    ...(passphrase ? { passphrase } : {}),
    timeoutMs,
  };
}

/** The account with its certificates and secrets read. @throws BenchlinkError usage naming the file that cannot be read */
export function httpsAccount(config: HttpsConfig, readSecret: ReadSecret): HttpsAccount {
  const { url, caFile, certFile, keyFile, oauth, timeoutMs } = config;
  return {
    url,
    timeoutMs,
    ...(caFile ? { ca: readSecret(caFile, 'authority') } : {}),
    ...(certFile ? { cert: readSecret(certFile, 'client certificate') } : {}),
    ...(keyFile ? { key: readSecret(keyFile, 'client key') } : {}),
    ...(oauth
      ? {
          oauth: {
            tokenUrl: oauth.tokenUrl,
            clientId: oauth.clientId,
            secret: readSecret(oauth.secretFile, 'client secret').trim(),
            ...(oauth.scope ? { scope: oauth.scope } : {}),
          },
        }
      : {}),
  };
}
