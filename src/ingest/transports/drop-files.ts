import type { Look } from './complete.ts';
import type { Beside } from './transport.ts';

export interface DropEntry extends Look {
  readonly kind: 'file' | 'folder' | 'other';
}

/**
 * The few things a drop folder must be able to do, on a disk or on a server. Paths are relative to the folder,
 * steps divided by `/`. Every fault but a missing file is thrown as a BenchlinkError of kind `retry`.
 */
export interface DropFiles {
  list(path: string): Promise<DropEntry[]>;
  /** A plain file, not a link; undefined where there is none. */
  look(path: string): Promise<Look | undefined>;
  makeFolder(path: string): Promise<void>;
  /** Removes a folder if it is empty. */
  removeFolder(path: string): Promise<void>;
  /** False where the file has gone: another was quicker. Never replaces a file. */
  rename(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Writes a new file as a whole: under a temporary name first, then renamed. A file of that name stays. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** The last bytes as latin1. */
  tail(path: string, size: number, length: number): Promise<string>;
  /** A file below `root`, but never through a link that leads out of it. */
  readInside(root: string, steps: readonly string[], limit: number): Promise<Beside>;
  close(): Promise<void>;
}
