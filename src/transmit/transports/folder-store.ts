import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DropStore } from './drop-store.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A drop on a disk of this machine or a mounted share. */
export class FolderStore implements DropStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async #at(path: string): Promise<string> {
    const whole = join(this.#root, path);
    await mkdir(dirname(whole), { recursive: true });
    return whole;
  }

  /** Gives a complete file its name, unless the name is taken. Links where the file system can, else copies. */
  async #name(temporary: string, whole: string): Promise<void> {
    try {
      await link(temporary, whole);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return;
      if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOTSUP') throw error;
      await copyFile(temporary, whole, constants.COPYFILE_EXCL);
    }
  }

  async put(path: string, bytes: Uint8Array): Promise<void> {
    const whole = await this.#at(path);
    const temporary = join(dirname(whole), `.${basename(whole)}.${randomBytes(6).toString('hex')}.tmp`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#name(temporary, whole);
    await rm(temporary, { force: true });
  }

  async get(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#root, path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async move(from: string, to: string): Promise<boolean> {
    try {
      await rename(await this.#at(from), await this.#at(to));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    // A disk needs no farewell.
  }
}
