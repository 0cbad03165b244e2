import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { PrintError } from '../errors.ts';
import { ENTRY_BYTES } from './entry.ts';
import { INDEX_VERSION } from './parameters.ts';
import { joinRuns, type Runs, runOf, type Shard } from './shard.ts';

/**
 * A shard file: `BLIX`, then 32-bit little-endian numbers (file format, index version, count, entry bytes) and
 * 64-bit ones (bytes of ids, bytes of templates); then entries, ends of ids, ids, ends of templates, templates; last
 * the SHA-256 of everything before it.
 */
const MAGIC = 0x58494c42;
const FORMAT = 1;
const HEADER_BYTES = 40;
const DIGEST_BYTES = 32;
/** Read and hashed at a time. */
const CHUNK = 1 << 24;

function damaged(message: string, cause?: unknown): PrintError {
  return new PrintError('PRINT-INDEX', message, { cause });
}

class HashedWriter {
  readonly #file: number;
  readonly #hash: Hash = createHash('sha256');

  constructor(file: number) {
    this.#file = file;
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at);
  }

  finish(): void {
    const digest = this.#hash.digest();
    writeSync(this.#file, digest);
    fsyncSync(this.#file);
  }
}

function header(count: number, ids: number, templates: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  for (const [i, value] of [MAGIC, FORMAT, INDEX_VERSION, count, ENTRY_BYTES].entries()) {
    view.setUint32(i * 4, value, true);
  }
  view.setBigUint64(24, BigInt(ids), true);
  view.setBigUint64(32, BigInt(templates), true);
  return new Uint8Array(view.buffer);
}

function rawBytes(ends: Float64Array): Uint8Array {
  return new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength);
}

/** Where each template ends, without holding them all. */
function templateEnds(shard: Shard): Float64Array {
  const ends = new Float64Array(shard.count);
  let total = 0;
  for (let at = 0; at < shard.count; at++) ends[at] = total += shard.templateBytes(at).length;
  return ends;
}

/**
 * Writes a shard beside `path` and moves it into place, so that a reader sees the old file or the whole new one.
 * @throws the file system's errors
 */
export function saveShard(shard: Shard, path: string): void {
  const encoder = new TextEncoder();
  const ids = joinRuns(Array.from({ length: shard.count }, (_, at) => encoder.encode(shard.id(at))));
  const ends = templateEnds(shard);
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w');
  try {
    const out = new HashedWriter(file);
    out.write(header(shard.count, ids.bytes.length, ends.at(-1) ?? 0));
    out.write(shard.entries);
    out.write(rawBytes(ids.ends));
    out.write(ids.bytes);
    out.write(rawBytes(ends));
    for (let at = 0; at < shard.count; at++) out.write(shard.templateBytes(at));
    out.finish();
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}

function readInto(file: number, into: Uint8Array, position: number): void {
  for (let at = 0; at < into.length; ) {
    const read = readSync(file, into, at, Math.min(CHUNK, into.length - at), position + at);
    if (read === 0) throw damaged('The shard file ends too early.');
    at += read;
  }
}

interface Sections {
  readonly count: number;
  readonly idBytes: number;
  readonly templateBytes: number;
  readonly idEnds: number;
  readonly ids: number;
  readonly ends: number;
  readonly templates: number;
  readonly digest: number;
}

function readSections(file: number): Sections {
  const bytes = new Uint8Array(HEADER_BYTES);
  readInto(file, bytes, 0);
  const view = new DataView(bytes.buffer);
  const [magic, format, version, count, entryBytes] = [0, 4, 8, 12, 16].map((at) => view.getUint32(at, true));
  if (magic !== MAGIC) throw damaged('This is not a shard file.');
  if (format !== FORMAT || version !== INDEX_VERSION || entryBytes !== ENTRY_BYTES) {
    throw damaged(
      `A shard of index version ${version} must be built anew; this is version ${INDEX_VERSION}.`,
    );
  }
  const idBytes = Number(view.getBigUint64(24, true));
  const templateBytes = Number(view.getBigUint64(32, true));
  const idEnds = HEADER_BYTES + count! * ENTRY_BYTES;
  const ids = idEnds + count! * 8;
  const ends = ids + idBytes;
  const templates = ends + count! * 8;
  const digest = templates + templateBytes;
  if (fstatSync(file).size !== digest + DIGEST_BYTES)
    throw damaged('The shard file has not the size it states.');
  return { count: count!, idBytes, templateBytes, idEnds, ids, ends, templates, digest };
}

function assertDigest(file: number, end: number): void {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(CHUNK);
  for (let at = 0; at < end; at += CHUNK) {
    const part = chunk.subarray(0, Math.min(CHUNK, end - at));
    readInto(file, part, at);
    hash.update(part);
  }
  const stated = new Uint8Array(DIGEST_BYTES);
  readInto(file, stated, end);
  if (hash.digest().compare(stated) !== 0) throw damaged('The checksum of the shard file is wrong.');
}

function readEnds(file: number, count: number, position: number, total: number): Float64Array {
  const ends = new Float64Array(count);
  readInto(file, rawBytes(ends), position);
  let previous = 0;
  for (const end of ends) {
    if (!(end >= previous && end <= total)) throw damaged('The shard file points outside itself.');
    previous = end;
  }
  return ends;
}

export interface LoadOptions {
  /** Leave the checksum unread, for a file this process wrote; sizes and pointers are checked all the same. */
  readonly trusted?: boolean;
}

function readShard(file: number, options: LoadOptions): Shard {
  const at = readSections(file);
  if (!options.trusted) assertDigest(file, at.digest);
  const entries = new Uint8Array(at.count * ENTRY_BYTES);
  readInto(file, entries, HEADER_BYTES);
  const idRuns: Runs = {
    bytes: new Uint8Array(at.idBytes),
    ends: readEnds(file, at.count, at.idEnds, at.idBytes),
  };
  readInto(file, idRuns.bytes, at.ids);
  const ends = readEnds(file, at.count, at.ends, at.templateBytes);
  const decoder = new TextDecoder();
  return {
    count: at.count,
    entries,
    id: (i) => decoder.decode(runOf(idRuns, i)),
    templateBytes: (i) => {
      const from = i === 0 ? 0 : ends[i - 1]!;
      const bytes = new Uint8Array(ends[i]! - from);
      readInto(file, bytes, at.templates + from);
      return bytes;
    },
    close: () => closeSync(file),
  };
}

/**
 * Opens a shard file: entries and ids come into memory (about 0.5 KB a print), templates stay on disk and are read
 * as candidates need them.
 * @throws PrintError PRINT-INDEX where the file is damaged, cut or of another version
 */
export function loadShard(path: string, options: LoadOptions = {}): Shard {
  const file = openSync(path, 'r');
  try {
    return readShard(file, options);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
