import { PrintError } from '../errors.ts';
import { decodeTemplate, encodeTemplate } from '../template/binary.ts';
import type { Template } from '../types.ts';
import { ENTRY_BYTES, indexEntry } from './entry.ts';

/** One print to be enrolled. */
export interface Enrolment {
  readonly id: string;
  readonly template: Template;
}

/** Part of a gallery: index entries in memory, templates in memory or on disk. */
export interface Shard {
  readonly count: number;
  /** `count` entries of `ENTRY_BYTES`. */
  readonly entries: Uint8Array;
  id(at: number): string;
  /** The encoded template of a print. */
  templateBytes(at: number): Uint8Array;
  /** Lets go of the file behind it, if there is one. */
  close(): void;
}

/** Byte runs one after another and where each ends. */
export interface Runs {
  readonly bytes: Uint8Array;
  readonly ends: Float64Array;
}

export function runOf(runs: Runs, at: number): Uint8Array {
  return runs.bytes.subarray(at === 0 ? 0 : runs.ends[at - 1]!, runs.ends[at]!);
}

export function joinRuns(runs: readonly Uint8Array[]): Runs {
  const ends = new Float64Array(runs.length);
  let total = 0;
  for (const [i, run] of runs.entries()) ends[i] = total += run.length;
  const bytes = new Uint8Array(total);
  for (const [i, run] of runs.entries()) bytes.set(run, ends[i]! - run.length);
  return { bytes, ends };
}

/** The template of the print at `at`, read anew each time. */
export function templateAt(shard: Shard, at: number): Template {
  return decodeTemplate(shard.templateBytes(at));
}

function inMemory(ids: readonly string[], entries: Uint8Array, templates: Runs): Shard {
  return {
    count: ids.length,
    entries,
    id: (at) => ids[at]!,
    templateBytes: (at) => runOf(templates, at),
    close: () => undefined,
  };
}

function assertUnique(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new PrintError('PRINT-INDEX', `Two prints of a shard are named ${id}.`);
    seen.add(id);
  }
}

/**
 * Enrols prints, about 2 ms each. The order is kept.
 * @throws PrintError PRINT-INDEX where an id comes twice
 */
export function buildShard(enrolments: Iterable<Enrolment>): Shard {
  const ids: string[] = [];
  const templates: Uint8Array[] = [];
  const written: Uint8Array[] = [];
  for (const { id, template } of enrolments) {
    ids.push(id);
    templates.push(encodeTemplate(template));
    written.push(indexEntry(template));
  }
  assertUnique(ids);
  const entries = new Uint8Array(written.length * ENTRY_BYTES);
  for (const [i, entry] of written.entries()) entries.set(entry, i * ENTRY_BYTES);
  return inMemory(ids, entries, joinRuns(templates));
}

export interface MergeOptions {
  /** Prints that are to be left out, such as those a court had purged. */
  readonly without?: ReadonlySet<string>;
}

/**
 * One shard of several, without enrolling again. Entries are copied; templates stay where they are and are read
 * through the shards given, which therefore must stay open; closing the merged one closes none of them.
 * @throws PrintError PRINT-INDEX where an id comes twice
 */
export function mergeShards(shards: readonly Shard[], options: MergeOptions = {}): Shard {
  const kept = shards.flatMap((shard) =>
    Array.from({ length: shard.count }, (_, at) => ({ shard, at, id: shard.id(at) })).filter(
      ({ id }) => !options.without?.has(id),
    ),
  );
  const ids = kept.map(({ id }) => id);
  assertUnique(ids);
  const entries = new Uint8Array(kept.length * ENTRY_BYTES);
  for (const [i, { shard, at }] of kept.entries()) {
    entries.set(shard.entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES), i * ENTRY_BYTES);
  }
  return {
    count: kept.length,
    entries,
    id: (at) => ids[at]!,
    templateBytes: (at) => kept[at]!.shard.templateBytes(kept[at]!.at),
    close: () => undefined,
  };
}
