import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** How far a pulled source has been read. Written only after what was read is committed. */
export interface Cursor {
  read(): string | undefined;
  write(value: string): void;
}

/** A cursor in a small file, replaced as a whole: temporary file, fsync, rename. */
export class FileCursor implements Cursor {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(): string | undefined {
    return existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : undefined;
  }

  write(value: string): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.tmp`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, value);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#path);
  }
}

/** A cursor in memory: tests and `source test`, which must not move anything. */
export class MemoryCursor implements Cursor {
  #value: string | undefined;

  constructor(value?: string) {
    this.#value = value;
  }

  read(): string | undefined {
    return this.#value;
  }

  write(value: string): void {
    this.#value = value;
  }
}
