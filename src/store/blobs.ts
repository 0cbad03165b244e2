import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BenchlinkError } from '../errors.ts';

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function fsyncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const file = await open(folder, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function temporaryName(hash: string): string {
  return `.${hash.slice(0, 12)}-${randomBytes(6).toString('hex')}.tmp`;
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(fd, bytes, offset);
}

/**
 * Bytes kept by their SHA-256: raw input, print images, templates, packages sent and answers got.
 * Written once (temporary file, fsync, rename, fsync of the folder) and never changed. A blob is written
 * before the row that names it, so a row never points at nothing; `get` proves the bytes on every read.
 */
export class BlobStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    mkdirSync(root, { recursive: true });
  }

  #path(hash: string): string {
    return join(this.#root, hash.slice(0, 2), hash.slice(2, 4), hash);
  }

  has(hash: string): boolean {
    return existsSync(this.#path(hash));
  }

  /** Stores bytes and returns their SHA-256 in hex. Storing the same bytes again does nothing. */
  put(bytes: Uint8Array): string {
    const hash = sha256(bytes);
    const path = this.#path(hash);
    if (existsSync(path)) return hash;
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, temporaryName(hash));
    const fd = openSync(temporary, 'wx', 0o600);
    try {
      writeAll(fd, bytes);
      fsyncSync(fd);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
    fsyncFolder(folder);
    return hash;
  }

  /**
   * The same as `put` without waiting for the disk in this thread: many at once share its turns, and the caller goes
   * on with other work. Durable when the promise is kept.
   */
  async write(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    const path = this.#path(hash);
    if (existsSync(path)) return hash;
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, temporaryName(hash));
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
    return hash;
  }

  /** The same for input too large to hold: bytes go to disk as they come, and are hashed on the way. */
  async putStream(
    source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<{ sha256: string; bytes: number }> {
    const temporary = join(this.#root, `.stream-${randomBytes(8).toString('hex')}.tmp`);
    const digest = createHash('sha256');
    let bytes = 0;
    const fd = openSync(temporary, 'wx', 0o600);
    try {
      for await (const chunk of source) {
        digest.update(chunk);
        writeAll(fd, chunk);
        bytes += chunk.length;
      }
      fsyncSync(fd);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    const hash = digest.digest('hex');
    const path = this.#path(hash);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(temporary, path);
    fsyncFolder(dirname(path));
    return { sha256: hash, bytes };
  }

  /** The bytes in chunks, in flat memory. Unlike `get` it does not prove them. */
  stream(hash: string): AsyncIterable<Uint8Array> {
    return createReadStream(this.#path(hash), { highWaterMark: 1 << 18 });
  }

  /** @throws BenchlinkError BLOB-MISSING or BLOB-DAMAGED */
  get(hash: string): Buffer {
    const path = this.#path(hash);
    if (!existsSync(path)) {
      throw new BenchlinkError(
        'fault',
        'BLOB-MISSING',
        `Blob ${hash} is missing from ${this.#root}. Restore it from a backup.`,
      );
    }
    const bytes = readFileSync(path);
    if (sha256(bytes) !== hash) {
      throw new BenchlinkError(
        'fault',
        'BLOB-DAMAGED',
        `Blob ${hash} no longer has the bytes it was stored with. Restore it from a backup.`,
      );
    }
    return bytes;
  }

  /** Removes a blob whose retention has ended; the caller has committed the row that freed it. */
  remove(hash: string): void {
    rmSync(this.#path(hash), { force: true });
  }
}
