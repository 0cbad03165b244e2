import { BenchlinkError, errorText } from '../../errors.ts';
import { codeOf } from './folder-faults.ts';

interface Server {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeySha256: string;
  readonly folder: string;
}

/** SFTP status codes 2 and 3 (draft-ietf-secsh-filexfer-02, 7): no such file, permission denied. */
const BY_CODE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; correct it',
  EAI_AGAIN: 'the host name cannot be looked up now; check the network',
  ECONNREFUSED: 'nothing answers on that port; check host and port, and whether the server is up',
  ETIMEDOUT: 'the server does not answer; check the firewall',
  EHOSTUNREACH: 'the server cannot be reached; check the network',
  ECONNRESET: 'the server cut the connection; what was claimed is taken up again by the next run',
  ERR_NOT_CONNECTED: 'the server cut the connection; what was claimed is taken up again by the next run',
  ENOENT: 'the folder does not exist there; correct the path',
  EACCES: 'the account may not read, write and rename there; ask for the permissions',
  2: 'the folder or file does not exist there; correct the path',
  3: 'the account may not read, write and rename there; ask for the permissions',
};

function why(server: Server, error: unknown, seenKey: string): string {
  const text = errorText(error);
  const wanted = server.hostKeySha256.replace(/^SHA256:/, '').replace(/=+$/, '');
  if (seenKey !== '' && seenKey !== wanted) {
    return `the server shows another host key (SHA256:${seenKey}) than the one configured; find out why before you trust it`;
  }
  if (/authentication methods failed|Authentication failure/i.test(text)) {
    return `the server does not accept the key of user "${server.username}"; have its public half entered there`;
  }
  if (/passphrase|parse privateKey|private key/i.test(text)) {
    return 'the private key cannot be read; check the key file and its passphrase';
  }
  if (/No such file/i.test(text)) return BY_CODE[2]!;
  if (/Permission denied/i.test(text)) return BY_CODE[3]!;
  if (/Timed out/i.test(text)) return BY_CODE.ETIMEDOUT!;
  return BY_CODE[codeOf(error)] ?? text.replace(/\.$/, '');
}

/** An SFTP fault in words an operator can act on; always worth another try. */
export function sftpError(server: Server, error: unknown, seenKey: string): BenchlinkError {
  const at = `${server.host}:${server.port}${server.folder.startsWith('/') ? '' : '/'}${server.folder}`;
  const details = { cause: codeOf(error) };
  const message = `SFTP ${at}: ${why(server, error, seenKey)}.`;
  return new BenchlinkError('retry', 'SRC-CONNECT', message, details, { cause: error });
}
