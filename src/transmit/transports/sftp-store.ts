import { createHash, randomBytes } from 'node:crypto';
import SftpClient from 'ssh2-sftp-client';
import { BenchlinkError } from '../../errors.ts';
import type { DropStore } from './drop-store.ts';

export interface SftpDropOptions {
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

/** The ssh2 client beneath; without TCP_NODELAY each round trip waits up to 100 ms. */
interface Beneath {
  readonly client: { setNoDelay(on: boolean): void };
}

function fingerprint(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
}

/** A drop on an SFTP server, which is known by its key. The connection is made at first use and after a cut. */
export class SftpStore implements DropStore {
  readonly #options: SftpDropOptions;
  #connection: Promise<SftpClient> | undefined;
  readonly #folders = new Set<string>();
  /** SHA-256 of the key the server showed last, base64; empty before. */
  seenKey = '';

  constructor(options: SftpDropOptions) {
    this.#options = options;
  }

  #at(path: string): string {
    return `${this.#options.folder.replace(/\/$/, '')}/${path}`;
  }

  #forget(): void {
    this.#connection = undefined;
  }

  async #open(): Promise<SftpClient> {
    const { host, port, username, privateKey, passphrase, timeoutMs, hostKeySha256 } = this.#options;
    const wanted = hostKeySha256.replace(/^SHA256:/, '').replace(/=+$/, '');
    const forget = () => this.#forget();
    const client = new SftpClient('benchlink-drop', { error: forget, end: forget, close: forget });
    try {
      await client.connect({
        host,
        port,
        username,
        privateKey,
        ...(passphrase ? { passphrase } : {}),
        readyTimeout: timeoutMs,
        keepaliveInterval: timeoutMs,
        hostVerifier: (key: Buffer) => {
          this.seenKey = fingerprint(key);
          return this.seenKey === wanted;
        },
        retries: 0,
      });
    } catch (error) {
      this.#forget();
      throw new BenchlinkError(
        'retry',
        'DROP-SFTP',
        `The drop at ${host}:${port} cannot be reached.`,
        {},
        { cause: error },
      );
    }
    (client as unknown as Beneath).client.setNoDelay(true);
    return client;
  }

  #connect(): Promise<SftpClient> {
    this.#connection ??= this.#open();
    return this.#connection;
  }

  async #folder(client: SftpClient, path: string): Promise<void> {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (this.#folders.has(folder)) return;
    if (!(await client.exists(folder))) await client.mkdir(folder, true);
    this.#folders.add(folder);
  }

  /** Connects, and makes sure that the drop is there. @throws what keeps it from being used */
  async check(): Promise<void> {
    const client = await this.#connect();
    if (await client.exists(this.#options.folder)) return;
    throw new BenchlinkError('usage', 'DROP-SFTP', `No such file: ${this.#options.folder}`);
  }

  async put(path: string, bytes: Uint8Array): Promise<void> {
    const client = await this.#connect();
    const whole = this.#at(path);
    await this.#folder(client, whole);
    if (await client.exists(whole)) return;
    const cut = whole.lastIndexOf('/') + 1;
    const temporary = `${whole.slice(0, cut)}.${whole.slice(cut)}.${randomBytes(6).toString('hex')}.tmp`;
    await client.put(Buffer.from(bytes), temporary);
    await client.rename(temporary, whole);
  }

  async get(path: string): Promise<Uint8Array | undefined> {
    const client = await this.#connect();
    if (!(await client.exists(this.#at(path)))) return undefined;
    const bytes = await client.get(this.#at(path));
    if (!Buffer.isBuffer(bytes)) throw new BenchlinkError('fault', 'DROP-SFTP', 'The drop gave no bytes.');
    return bytes;
  }

  async move(from: string, to: string): Promise<boolean> {
    const client = await this.#connect();
    await this.#folder(client, this.#at(to));
    if (!(await client.exists(this.#at(from)))) return false;
    try {
      await client.rename(this.#at(from), this.#at(to));
      return true;
    } catch (error) {
      // Between the look and the rename the destination took it up.
      if (!(await client.exists(this.#at(from)))) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = await this.#connection?.catch(() => undefined);
    await client?.end();
    this.#forget();
  }
}
