import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAGIC = 'BLIX';

/** Whether a path is a shard file, by its first bytes. */
export function isShardFile(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(MAGIC.length);
    readSync(file, start);
    return new TextDecoder('latin1').decode(start) === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** Shard files a gallery is made of: the file itself, or those in a folder of shards; none where it holds prints. */
export function shardFiles(gallery: string): string[] {
  if (isShardFile(gallery)) return [gallery];
  if (!statSync(gallery).isDirectory()) return [];
  return readdirSync(gallery)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(gallery, name))
    .filter(isShardFile);
}
