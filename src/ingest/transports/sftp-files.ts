import { createHash } from 'node:crypto';
import SftpClient from 'ssh2-sftp-client';
import { BenchlinkError } from '../../errors.ts';
import { readAll } from '../bytes.ts';
import type { Look } from './complete.ts';
import type { DropEntry, DropFiles } from './drop-files.ts';
import { sftpError } from './sftp-faults.ts';
import type { Beside } from './transport.ts';

export interface SftpAccount {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly privateKey: string;
  readonly passphrase?: string;
  /** SHA-256 of the server's key in base64, as `ssh-keygen -lf` prints it; the `SHA256:` in front may stay. */
  readonly hostKeySha256: string;
  /** The drop folder on the server. */
  readonly folder: string;
  readonly timeoutMs: number;
}

/** Times a download is taken up again where a cut connection left it. */
const RESUMES = 2;
const KINDS = { '-': 'file', d: 'folder', l: 'other' } as const;

function fingerprint(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
}

/** The ssh2 client beneath; without TCP_NODELAY each round trip waits up to 100 ms. */
interface Socket {
  readonly client: { setNoDelay(on: boolean): void };
}

/** A drop folder on an SFTP server. The connection is made at first use and again after a cut. */
export class SftpFiles implements DropFiles {
  readonly #account: SftpAccount;
  #connection: Promise<SftpClient> | undefined;
  #seenKey = '';

  constructor(account: SftpAccount) {
    this.#account = account;
  }

  #at(path: string): string {
    const { folder } = this.#account;
    return path === '.' ? folder : `${folder.replace(/\/$/, '')}/${path}`;
  }

  #fault(error: unknown): BenchlinkError {
    return error instanceof BenchlinkError ? error : sftpError(this.#account, error, this.#seenKey);
  }

  #connect(): Promise<SftpClient> {
    this.#connection ??= this.#open();
    return this.#connection;
  }

  async #open(): Promise<SftpClient> {
    const { host, port, username, privateKey, passphrase, timeoutMs } = this.#account;
    const client = new SftpClient('benchlink', {
      error: () => this.#drop(),
      end: () => this.#drop(),
      close: () => this.#drop(),
    });
    const wanted = this.#account.hostKeySha256.replace(/^SHA256:/, '').replace(/=+$/, '');
    const hostVerifier = (key: Buffer): boolean => {
      this.#seenKey = fingerprint(key);
      return this.#seenKey === wanted;
    };
    try {
      await client.connect({
        host,
        port,
        username,
        privateKey,
        ...(passphrase ? { passphrase } : {}),
        readyTimeout: timeoutMs,
        keepaliveInterval: timeoutMs,
        hostVerifier,
        retries: 0,
      });
    } catch (error) {
      this.#drop();
      throw this.#fault(error);
    }
    (client as unknown as Socket).client.setNoDelay(true);
    return client;
  }

  #drop(): void {
    this.#connection = undefined;
  }

  async #do<T>(work: (client: SftpClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    try {
      return await work(client);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  list(path: string): Promise<DropEntry[]> {
    return this.#do(async (client) => {
      const entries = await client.list(this.#at(path));
      return entries.map(({ name, size, modifyTime, type }) => ({
        name,
        size,
        modified: modifyTime,
        kind: KINDS[type],
      }));
    });
  }

  look(path: string): Promise<Look | undefined> {
    return this.#do(async (client) => {
      if ((await client.exists(this.#at(path))) !== '-') return undefined;
      const { size, modifyTime } = await client.stat(this.#at(path));
      return { name: path, size, modified: modifyTime };
    });
  }

  makeFolder(path: string): Promise<void> {
    return this.#do(async (client) => {
      if (!(await client.exists(this.#at(path)))) await client.mkdir(this.#at(path), true);
    });
  }

  removeFolder(path: string): Promise<void> {
    return this.#do(async (client) => {
      if ((await client.exists(this.#at(path))) !== 'd') return;
      if ((await client.list(this.#at(path))).length === 0) await client.rmdir(this.#at(path));
    });
  }

  rename(from: string, to: string): Promise<boolean> {
    return this.#do(async (client) => {
      if (!(await client.exists(this.#at(from)))) return false;
      try {
        await client.rename(this.#at(from), this.#at(to));
      } catch (error) {
        // Between the look and the rename another run took it.
        if (!(await client.exists(this.#at(from)))) return false;
        throw error;
      }
      return true;
    });
  }

  remove(path: string): Promise<void> {
    return this.#do(async (client) => {
      await client.delete(this.#at(path), true);
    });
  }

  /** Takes the download up where a cut left it, a few times; the length must come out right in the end. */
  async *read(path: string): AsyncGenerator<Uint8Array> {
    const whole = await this.look(path);
    if (!whole) throw this.#fault(Object.assign(new Error('no such file'), { code: 2 }));
    let got = 0;
    for (let attempt = 0; got < whole.size; attempt += 1) {
      try {
        const client = await this.#connect();
        const stream = client.createReadStream(this.#at(path), { start: got });
        client.on('close', () => stream.destroy(new Error('The connection was closed.')));
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          got += chunk.length;
          yield chunk;
        }
        if (got < whole.size) throw new Error('The connection was closed.');
      } catch (error) {
        if (attempt >= RESUMES) throw this.#fault(error);
        this.#drop();
      }
    }
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#do(async (client) => {
      if (await client.exists(this.#at(path))) return;
      const temporary = this.#at(`${path}.part`);
      await client.put(Buffer.from(bytes), temporary);
      await client.rename(temporary, this.#at(path));
    });
  }

  tail(path: string, size: number, length: number): Promise<string> {
    return this.#do(async (client) => {
      const stream = client.createReadStream(this.#at(path), { start: Math.max(0, size - length) });
      return Buffer.from(await readAll(stream as AsyncIterable<Uint8Array>)).toString('latin1');
    });
  }

  readInside(root: string, steps: readonly string[], limit: number): Promise<Beside> {
    return this.#do(async (client): Promise<Beside> => {
      const wanted = this.#at([root, ...steps].join('/').replace(/^\.\//, ''));
      if (!(await client.exists(wanted))) return { ok: false, why: 'missing' };
      const folder = await client.realPath(this.#at(root));
      const path = await client.realPath(wanted);
      const { isFile, size } = await client.stat(path);
      if (!path.startsWith(`${folder.replace(/\/$/, '')}/`) || !isFile) return { ok: false, why: 'unsafe' };
      if (size > limit) return { ok: false, why: 'too-large' };
      const bytes = await readAll(this.read(path.slice(this.#prefix(folder, root).length)));
      return { ok: true, bytes };
    });
  }

  /** What a real path has in front of its steps below the drop folder. */
  #prefix(folder: string, root: string): string {
    const base = root === '.' ? folder : folder.slice(0, -root.length - 1);
    return `${base.replace(/\/$/, '')}/`;
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#drop();
    if (!connection) return;
    try {
      await (await connection).end();
    } catch (error) {
      throw this.#fault(error);
    }
  }
}
