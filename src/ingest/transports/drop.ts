import type { Clock } from '../../clock.ts';
import { BenchlinkError } from '../../errors.ts';
import {
  type CompleteRule,
  isTemporary,
  judgeComplete,
  type Look,
  matchesPattern,
  TAIL_BYTES,
} from './complete.ts';
import type { DropFiles } from './drop-files.ts';
import { unfinished } from './folder-faults.ts';
import { safeSteps } from './safe-path.ts';
import { sameBytes } from './same-bytes.ts';
import { type Arrival, type Beside, type Fetched, notice, type Transport } from './transport.ts';

export interface DropSettings {
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

export interface DropDependencies {
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const CLAIMED = 'claimed';
const DONE = 'done';
const REFUSED = 'refused';
/** A claimed file carries its running number so that two of one name never meet. */
const NUMBERED = /^\d{6}-/;

/**
 * A folder into which a source drops files, on a disk or a server. Whole files are claimed by renaming them into
 * `claimed/<run>/`, and leave to `done/` or `refused/`. Rename is atomic, so of two runs only one gets a file, and a
 * file is always in exactly one place: whatever moment a run dies at, the next one finds what it held.
 */
export class DropTransport implements Transport {
  readonly #settings: DropSettings;
  readonly #files: DropFiles;
  readonly #dependencies: DropDependencies;
  #count = 0;

  constructor(settings: DropSettings, files: DropFiles, dependencies: DropDependencies) {
    this.#settings = settings;
    this.#files = files;
    this.#dependencies = dependencies;
  }

  get #mine(): string {
    return `${CLAIMED}/${this.#settings.owner}`;
  }

  async *fetch(): AsyncGenerator<Fetched> {
    const entries = await this.#files.list('.');
    for (const folder of [this.#mine, DONE, REFUSED]) await this.#files.makeFolder(folder);
    yield* this.#recover();
    const wanted = entries
      .filter(({ kind, name }) => kind !== 'folder' && !isTemporary(name) && !this.#isMarker(name))
      .filter(({ name }) => matchesPattern(name, this.#settings.pattern))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (this.#settings.lookMs > 0 && wanted.length > 0) await this.#dependencies.sleep(this.#settings.lookMs);
    for (const entry of wanted) {
      if (entry.kind === 'file') yield* this.#take(entry);
      else
        yield notice(
          entry.name,
          'SRC-UNREADABLE',
          'warning',
          'Not a plain file (a link or a device); it is left alone.',
        );
    }
  }

  /**
   * Inputs that were neither done nor refused stay claimed, for the next run to find. A source that has gone away
   * was told of when it went; that its empty folder cannot be removed now must not hide the report.
   */
  async close(): Promise<void> {
    try {
      await this.#files.removeFolder(this.#mine);
      await this.#files.close();
    } catch (error) {
      if (!(error instanceof BenchlinkError) || error.kind !== 'retry') throw error;
    }
  }

  #isMarker(name: string): boolean {
    const { complete } = this.#settings;
    return complete.by === 'marker' && name.endsWith(complete.suffix);
  }

  /** Takes over what dead runs hold: files become this run's, a marker without its file goes back. */
  async *#recover(): AsyncGenerator<Fetched> {
    const { owner: self, isAlive } = this.#settings;
    const owners = (await this.#files.list(CLAIMED)).map(({ name }) => name).sort();
    for (const owner of owners.filter((name) => name !== self && !isAlive(name))) {
      const folder = `${CLAIMED}/${owner}`;
      const held = (await this.#files.list(folder)).map(({ name }) => name).sort();
      for (const entry of held) {
        const name = entry.replace(NUMBERED, '');
        if (this.#isMarker(name)) {
          await this.#files.rename(`${folder}/${entry}`, name);
          continue;
        }
        const claimed = await this.#claim(`${folder}/${entry}`, name);
        if (claimed) yield { kind: 'arrival', arrival: await this.#arrival(claimed, name, true) };
      }
      await this.#files.removeFolder(folder);
    }
  }

  async *#take(first: Look): AsyncGenerator<Fetched> {
    const { complete } = this.#settings;
    const { name } = first;
    const marker = complete.by === 'marker' ? name + complete.suffix : undefined;
    const hasMarker = marker !== undefined && (await this.#files.look(marker)) !== undefined;
    const second = await this.#files.look(name);
    const tail =
      complete.by === 'trailer' && second ? await this.#files.tail(name, second.size, TAIL_BYTES) : '';
    const now = this.#dependencies.clock.now().getTime();
    const state = judgeComplete(complete, { first, second, now, hasMarker, tail });
    if (state === 'gone') return;
    if (state !== 'complete') {
      yield unfinished(name, state);
      return;
    }
    // The marker first: a marker left behind would vouch for the next file of this name.
    if (marker) await this.#claim(marker, marker);
    const claimed = await this.#claim(name, name);
    if (claimed) yield* this.#claimed(claimed, first);
  }

  async *#claimed(path: string, { name, size }: Look): AsyncGenerator<Fetched> {
    if (size === 0) {
      await this.#putAway(path, REFUSED, name);
      yield notice(
        name,
        'SRC-EMPTY',
        'error',
        'The file has 0 bytes. Ask the sender whether there was nothing to send.',
      );
      return;
    }
    const arrival = await this.#arrival(path, name, false);
    const { duplicateOf } = arrival;
    if (duplicateOf) {
      yield notice(
        name,
        'SRC-DUPLICATE',
        'warning',
        `The same file arrived before and is kept as ${duplicateOf}.`,
      );
    }
    yield { kind: 'arrival', arrival };
  }

  /** Renames a file to this run's; undefined where another run was quicker. */
  async #claim(from: string, name: string): Promise<string | undefined> {
    this.#count += 1;
    const to = `${this.#mine}/${String(this.#count).padStart(6, '0')}-${name}`;
    return (await this.#files.rename(from, to)) ? to : undefined;
  }

  async #arrival(path: string, name: string, recovered: boolean): Promise<Arrival> {
    const own = await this.#files.look(path);
    const twin = await this.#files.look(`${DONE}/${name}`);
    const same =
      twin !== undefined &&
      twin.size === own?.size &&
      (await sameBytes(this.#files, path, `${DONE}/${name}`));
    const companions = new Set<string>();
    return {
      name,
      ...(own ? { bytes: own.size } : {}),
      recovered,
      ...(same ? { duplicateOf: `${DONE}/${name}` } : {}),
      read: () => this.#files.read(path),
      beside: async (wanted) => {
        const found = await this.#beside(wanted);
        if (found.ok) companions.add(wanted);
        return found;
      },
      done: async (treatment = 'keep') => {
        for (const wanted of companions) await this.#retire(wanted, treatment !== 'keep');
        if (treatment === 'erase') await this.#files.remove(path);
        else await this.#putAway(path, DONE, name);
        await this.#dropMarker(name);
      },
      refuse: async () => {
        await this.#putAway(path, REFUSED, name);
        await this.#dropMarker(name);
      },
      release: async () => {
        // The file first: its marker must not stand there alone, vouching for another.
        await this.#files.rename(path, name);
        const marker = await this.#heldMarker(name);
        if (marker) await this.#files.rename(marker.path, marker.name);
      },
    };
  }

  async #heldMarker(name: string): Promise<{ path: string; name: string } | undefined> {
    const { complete } = this.#settings;
    if (complete.by !== 'marker') return undefined;
    const marker = name + complete.suffix;
    const held = (await this.#files.list(this.#mine)).find(
      (entry) => entry.name.replace(NUMBERED, '') === marker,
    );
    return held && { path: `${this.#mine}/${held.name}`, name: marker };
  }

  async #dropMarker(name: string): Promise<void> {
    const marker = await this.#heldMarker(name);
    if (marker) await this.#putAway(marker.path, DONE, marker.name);
  }

  /** Moves to `done` or `refused` under a name nobody has there. */
  async #putAway(from: string, folder: string, name: string): Promise<void> {
    let to = `${folder}/${name}`;
    for (let n = 2; await this.#files.look(to); n += 1) to = `${folder}/${name}~${n}`;
    await this.#files.rename(from, to);
  }

  async #beside(wanted: string): Promise<Beside> {
    const steps = safeSteps(wanted);
    if (!steps) return { ok: false, why: 'unsafe' };
    const { besideBytes } = this.#settings;
    const here = await this.#files.readInside('.', steps, besideBytes);
    // Already put away, by a run that died before its feed was.
    return here.ok || here.why !== 'missing' ? here : this.#files.readInside(DONE, steps, besideBytes);
  }

  async #retire(wanted: string, erase: boolean): Promise<void> {
    const steps = safeSteps(wanted) ?? [];
    const from = steps.join('/');
    if (erase) {
      await this.#files.remove(from);
      return;
    }
    if (!(await this.#files.look(from))) return;
    await this.#files.makeFolder([DONE, ...steps.slice(0, -1)].join('/'));
    await this.#files.remove(`${DONE}/${from}`);
    await this.#files.rename(from, `${DONE}/${from}`);
  }
}
