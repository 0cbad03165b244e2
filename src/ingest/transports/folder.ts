import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Clock } from '../../clock.ts';
import {
  type CompleteRule,
  isTemporary,
  judgeComplete,
  type Look,
  matchesPattern,
  TAIL_BYTES,
} from './complete.ts';
import { folderError, isMissing, unfinished } from './folder-faults.ts';
import { safeSteps } from './safe-path.ts';
import { sameBytes } from './same-bytes.ts';
import { type Arrival, type Beside, type Fetched, notice, type Transport } from './transport.ts';

export interface FolderSettings {
  /** The folder into which the source writes. */
  readonly folder: string;
  /** Names taken: `*` and `?`, several divided by commas. */
  readonly pattern: string;
  readonly complete: CompleteRule;
  /** Unique for each run: what it claims lies under this name. */
  readonly owner: string;
  /** Whether a run is still alive; what a dead one claimed is taken over. */
  readonly isAlive: (owner: string) => boolean;
  /** Between the two looks at a file, milliseconds; 0 = one look. */
  readonly lookMs: number;
  /** Bytes of one file beside. */
  readonly besideBytes: number;
}

interface Dependencies {
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const CLAIMED = 'claimed';
const DONE = 'done';
const REFUSED = 'refused';
/** A claimed file carries its running number so that two of one name never meet. */
const NUMBERED = /^\d{6}-/;

async function look(path: string, name: string): Promise<Look | undefined> {
  try {
    const stat = await lstat(path);
    return stat.isFile() ? { name, size: stat.size, modified: stat.mtimeMs } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * A drop folder. Whole files are claimed by renaming them into `claimed/<run>/`, and leave to `done/` or
 * `refused/`. Rename is atomic on one file system, so of two runs only one gets a file, and a file is always
 * in exactly one place: whatever moment a run dies at, the next one finds what it held.
 */
export class FolderTransport implements Transport {
  readonly #settings: FolderSettings;
  readonly #dependencies: Dependencies;
  #count = 0;

  constructor(settings: FolderSettings, dependencies: Dependencies) {
    this.#settings = settings;
    this.#dependencies = dependencies;
  }

  #path(...steps: readonly string[]): string {
    return join(this.#settings.folder, ...steps);
  }

  async *fetch(): AsyncGenerator<Fetched> {
    await this.#prepare();
    yield* this.#recover();
    const names = await this.#candidates();
    const first = new Map<string, Look>();
    for (const name of names) {
      const seen = await look(this.#path(name), name);
      if (seen) first.set(name, seen);
      else
        yield notice(
          name,
          'SRC-UNREADABLE',
          'warning',
          'Not a plain file (a link or a device); it is left alone.',
        );
    }
    if (this.#settings.lookMs > 0 && first.size > 0) await this.#dependencies.sleep(this.#settings.lookMs);
    for (const seen of first.values()) yield* this.#take(seen);
  }

  async close(): Promise<void> {
    try {
      await rmdir(this.#path(CLAIMED, this.#settings.owner));
    } catch (error) {
      // Not empty: inputs of this run that were neither done nor refused stay claimed for the next one.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  async #prepare(): Promise<void> {
    try {
      await readdir(this.#settings.folder);
      for (const name of [join(CLAIMED, this.#settings.owner), DONE, REFUSED]) {
        await mkdir(this.#path(name), { recursive: true });
      }
    } catch (error) {
      throw folderError(this.#settings.folder, error);
    }
  }

  async #candidates(): Promise<string[]> {
    const entries = await readdir(this.#settings.folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !isTemporary(entry.name) && !this.#isMarker(entry.name))
      .map((entry) => entry.name)
      .filter((name) => matchesPattern(name, this.#settings.pattern))
      .sort();
  }

  #isMarker(name: string): boolean {
    const { complete } = this.#settings;
    return complete.by === 'marker' && name.endsWith(complete.suffix);
  }

  /** Takes over what dead runs hold: files become this run's, a marker without its file goes back. */
  async *#recover(): AsyncGenerator<Fetched> {
    for (const owner of (await readdir(this.#path(CLAIMED))).sort()) {
      if (owner === this.#settings.owner || this.#settings.isAlive(owner)) continue;
      for (const held of (await readdir(this.#path(CLAIMED, owner))).sort()) {
        const name = held.replace(NUMBERED, '');
        const from = this.#path(CLAIMED, owner, held);
        if (this.#isMarker(name)) {
          await rename(from, this.#path(name));
          continue;
        }
        const claimed = await this.#claimFrom(from, name);
        if (claimed) yield { kind: 'arrival', arrival: await this.#arrival(claimed, name, true) };
      }
      await rmdir(this.#path(CLAIMED, owner));
    }
  }

  async *#take(first: Look): AsyncGenerator<Fetched> {
    const { complete } = this.#settings;
    const { name } = first;
    const marker = complete.by === 'marker' ? name + complete.suffix : undefined;
    const hasMarker = marker !== undefined && (await look(this.#path(marker), marker)) !== undefined;
    const second = await look(this.#path(name), name);
    const tail = complete.by === 'trailer' ? await readTail(this.#path(name), first.size) : '';
    const now = this.#dependencies.clock.now().getTime();
    const state = judgeComplete(complete, { first, second, now, hasMarker, tail });
    if (state === 'gone') return;
    if (state !== 'complete') {
      yield unfinished(name, state);
      return;
    }
    // The marker first: a marker left behind would vouch for the next file of this name.
    if (marker) await this.#claimFrom(this.#path(marker), marker);
    const claimed = await this.#claimFrom(this.#path(name), name);
    if (!claimed) return;
    if (first.size === 0) {
      await this.#putAway(claimed, REFUSED, name);
      yield notice(
        name,
        'SRC-EMPTY',
        'error',
        'The file has 0 bytes. Ask the sender whether there was nothing to send.',
      );
      return;
    }
    const arrival = await this.#arrival(claimed, name, false);
    if (arrival.duplicateOf) {
      yield notice(
        name,
        'SRC-DUPLICATE',
        'warning',
        `The same file arrived before and is kept as ${arrival.duplicateOf}.`,
      );
    }
    yield { kind: 'arrival', arrival };
  }

  /** Renames a file to this run's; undefined where another run was quicker. */
  async #claimFrom(from: string, name: string): Promise<string | undefined> {
    this.#count += 1;
    const to = this.#path(CLAIMED, this.#settings.owner, `${String(this.#count).padStart(6, '0')}-${name}`);
    try {
      await rename(from, to);
      return to;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw folderError(this.#settings.folder, error);
    }
  }

  async #arrival(path: string, name: string, recovered: boolean): Promise<Arrival> {
    const stat = await lstat(path);
    const twin = await look(this.#path(DONE, name), name);
    const same = twin?.size === stat.size && (await sameBytes(path, this.#path(DONE, name)));
    const companions = new Set<string>();
    return {
      name,
      bytes: stat.size,
      recovered,
      ...(same ? { duplicateOf: `${DONE}/${name}` } : {}),
      read: () => createReadStream(path),
      beside: async (wanted) => {
        const found = await this.#beside(wanted);
        if (found.ok) companions.add(wanted);
        return found;
      },
      done: async (treatment = 'keep') => {
        for (const wanted of companions) await this.#retire(wanted, treatment);
        await this.#putAway(path, DONE, name);
        await this.#dropMarker(name);
      },
      refuse: async () => {
        await this.#putAway(path, REFUSED, name);
        await this.#dropMarker(name);
      },
    };
  }

  async #dropMarker(name: string): Promise<void> {
    const { complete, owner } = this.#settings;
    if (complete.by !== 'marker') return;
    const folder = this.#path(CLAIMED, owner);
    const held = (await readdir(folder)).find((one) => one.replace(NUMBERED, '') === name + complete.suffix);
    if (held) await this.#putAway(join(folder, held), DONE, name + complete.suffix);
  }

  /** Moves to `done` or `refused` under a name nobody has there. */
  async #putAway(from: string, folder: string, name: string): Promise<void> {
    let to = this.#path(folder, name);
    for (let n = 2; await look(to, name); n += 1) to = this.#path(folder, `${name}~${n}`);
    await rename(from, to);
  }

  async #beside(wanted: string): Promise<Beside> {
    const steps = safeSteps(wanted);
    if (!steps) return { ok: false, why: 'unsafe' };
    const here = await readInside(this.#settings.folder, steps, this.#settings.besideBytes);
    if (here.ok || here.why !== 'missing') return here;
    // Already put away, by a run that died before its feed was.
    return readInside(this.#path(DONE), steps, this.#settings.besideBytes);
  }

  async #retire(wanted: string, treatment: 'keep' | 'erase'): Promise<void> {
    const steps = safeSteps(wanted) ?? [];
    const from = this.#path(...steps);
    if (!(await look(from, wanted))) return;
    if (treatment === 'erase') {
      await rm(from);
      return;
    }
    await mkdir(this.#path(DONE, ...steps.slice(0, -1)), { recursive: true });
    await rename(from, this.#path(DONE, ...steps));
  }
}

/** Reads a file below `root`; a link that leads out of it is refused. */
async function readInside(root: string, steps: readonly string[], limit: number): Promise<Beside> {
  try {
    const path = await realpath(join(root, ...steps));
    if (!path.startsWith((await realpath(root)) + sep)) return { ok: false, why: 'unsafe' };
    const stat = await lstat(path);
    if (!stat.isFile()) return { ok: false, why: 'unsafe' };
    if (stat.size > limit) return { ok: false, why: 'too-large' };
    return { ok: true, bytes: await readFile(path) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return { ok: false, why: 'missing' };
    }
    throw folderError(root, error);
  }
}

async function readTail(path: string, size: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('latin1');
  } finally {
    await file.close();
  }
}
