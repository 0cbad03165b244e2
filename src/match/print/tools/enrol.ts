import { rmSync } from 'node:fs';
import type { DecodeOptions } from '../image/index.ts';
import { buildShard, loadShard, type Shard, saveShard } from '../search/index.ts';
import { decodeTemplate } from '../template/binary.ts';
import { type FolderPrint, readPrints, type ToolPool } from './folder.ts';

/** Prints read, held in memory and enrolled at a time. */
const BATCH = 5000;

export interface EnrolOptions {
  readonly read: DecodeOptions;
  /** Path that parts of a large gallery are written beside; they are removed by `close`. */
  readonly partsBeside: string;
  readonly onProgress?: (done: number, of: number) => void;
  readonly onPrint?: (print: FolderPrint) => void;
}

function shardOf(prints: readonly FolderPrint[]): Shard {
  return buildShard(
    prints.flatMap(({ name, template }) =>
      template ? [{ id: name, template: decodeTemplate(template) }] : [],
    ),
  );
}

/**
 * Reads and enrols files; those that cannot be read are reported and left out. More than a batch of them goes to
 * part files, so that memory stays bounded.
 * @throws PrintError PRINT-INDEX where two files of a batch have one name
 */
export async function enrolFiles(
  pool: ToolPool,
  paths: readonly string[],
  options: EnrolOptions,
): Promise<{ readonly shards: readonly Shard[]; close(): void }> {
  const shards: Shard[] = [];
  const parts: string[] = [];
  for (let from = 0; from < paths.length; from += BATCH) {
    const prints = await readPrints(pool, paths.slice(from, from + BATCH), options.read, (done) =>
      options.onProgress?.(from + done, paths.length),
    );
    for (const print of prints) options.onPrint?.(print);
    const shard = shardOf(prints);
    if (paths.length <= BATCH) return { shards: [shard], close: () => undefined };
    const part = `${options.partsBeside}.part${parts.length}`;
    saveShard(shard, part);
    parts.push(part);
    shards.push(loadShard(part, { trusted: true }));
  }
  const close = (): void => {
    for (const shard of shards) shard.close();
    for (const part of parts) rmSync(part, { force: true });
  };
  return { shards, close };
}
