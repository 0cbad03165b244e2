import type { Clock } from '../../clock.ts';
import type { RepositoryConfig } from '../../config.ts';
import { httpsAccount, type ReadSecret, sftpAccount } from './accounts.ts';
import { drain, HttpsClient } from './https-client.ts';
import { httpsError, statusWords } from './https-faults.ts';
import { LocalFiles } from './local-files.ts';
import { SftpFiles } from './sftp-files.ts';

/** Where whole files are handed over, each under its own name; a name that is there already changes nothing. */
export interface Outbox {
  /** @throws BenchlinkError retry SRC-CONNECT where it could not be handed over */
  write(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Statuses of a PUT that say: it is here. 409 and 412 answer `If-None-Match: *` where it was here before. */
const HERE = [200, 201, 202, 204, 409, 412];

function httpsOutbox(client: HttpsClient, base: string): Outbox {
  return {
    write: async (name, bytes) => {
      const url = new URL(`${base.replace(/\/$/, '')}/${encodeURIComponent(name)}`);
      const headers = { 'content-type': 'application/octet-stream', 'if-none-match': '*' };
      const answer = await client.send('PUT', url, headers, bytes);
      await drain(answer.body);
      if (!HERE.includes(answer.status)) throw httpsError(url, statusWords(answer.status));
    },
    close: () => client.close(),
  };
}

/** The outbox of the configured repository. @throws BenchlinkError usage for a secret that cannot be read */
export function openOutbox(
  transport: RepositoryConfig['transport'],
  readSecret: ReadSecret,
  clock: Clock,
): Outbox {
  switch (transport.type) {
    case 'folder':
      return new LocalFiles(transport.path);
    case 'sftp':
      return new SftpFiles(sftpAccount(transport, readSecret));
    case 'https':
      return httpsOutbox(new HttpsClient(httpsAccount(transport, readSecret), clock), transport.url);
  }
}
