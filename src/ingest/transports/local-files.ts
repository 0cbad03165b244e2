import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { BenchlinkError } from '../../errors.ts';
import type { Look } from './complete.ts';
import type { DropEntry, DropFiles } from './drop-files.ts';
import { codeOf, folderError } from './folder-faults.ts';
import { safeSteps } from './safe-path.ts';
import type { Beside } from './transport.ts';

/** Bytes of one print file beside a feed: a tenprint card with slaps is about 700 KB. */
export const BESIDE_BYTES = 16 * 1024 ** 2;

/** Reads the print files that lie beside a feed in a folder, under the rules of a drop folder. */
export function printsBeside(folder: string): (path: string) => Promise<Beside> {
  const files = new LocalFiles(folder);
  return async (path) => {
    const steps = safeSteps(path);
    return steps ? files.readInside('.', steps, BESIDE_BYTES) : { ok: false, why: 'unsafe' };
  };
}

/** A drop folder on this machine's disks. */
export class LocalFiles implements DropFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  #at(path: string): string {
    return join(this.#root, path);
  }

  #fault(error: unknown): BenchlinkError {
    return folderError(this.#root, error);
  }

  async list(path: string): Promise<DropEntry[]> {
    try {
      const entries = await readdir(this.#at(path), { withFileTypes: true });
      return await Promise.all(
        entries.map(async (entry): Promise<DropEntry> => {
          const seen = entry.isFile() ? await this.look(join(path, entry.name)) : undefined;
          const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
          return { size: 0, modified: 0, ...seen, name: entry.name, kind };
        }),
      );
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async look(path: string): Promise<Look | undefined> {
    try {
      const stat = await lstat(this.#at(path));
      return stat.isFile() ? { name: path, size: stat.size, modified: stat.mtimeMs } : undefined;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw this.#fault(error);
    }
  }

  async makeFolder(path: string): Promise<void> {
    try {
      await mkdir(this.#at(path), { recursive: true });
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async removeFolder(path: string): Promise<void> {
    try {
      await rmdir(this.#at(path));
    } catch (error) {
      if (!['ENOTEMPTY', 'ENOENT', 'EEXIST'].includes(codeOf(error))) throw this.#fault(error);
    }
  }

  async rename(from: string, to: string): Promise<boolean> {
    try {
      await rename(this.#at(from), this.#at(to));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw this.#fault(error);
    }
  }

  async remove(path: string): Promise<void> {
    await rm(this.#at(path), { force: true });
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.#at(path)) as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw codeOf(error) === '' ? error : this.#fault(error);
    }
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (await this.look(path)) return;
    const temporary = `${path}.part`;
    try {
      const file = await open(this.#at(temporary), 'w', 0o640);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw this.#fault(error);
    }
    await this.rename(temporary, path);
  }

  async tail(path: string, size: number, length: number): Promise<string> {
    const file = await open(this.#at(path), 'r');
    try {
      const wanted = Math.min(size, length);
      const { buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, size - wanted);
      return buffer.toString('latin1');
    } finally {
      await file.close();
    }
  }

  async readInside(root: string, steps: readonly string[], limit: number): Promise<Beside> {
    try {
      const folder = await realpath(this.#at(root));
      const path = await realpath(join(folder, ...steps));
      const stat = await lstat(path);
      if (!path.startsWith(folder + sep) || !stat.isFile()) return { ok: false, why: 'unsafe' };
      if (stat.size > limit) return { ok: false, why: 'too-large' };
      return { ok: true, bytes: await readFile(path) };
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return { ok: false, why: 'missing' };
      throw this.#fault(error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
