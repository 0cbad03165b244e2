import { PrintError } from '../errors.ts';

/** Reads big-endian numbers; running out of bytes is PRINT-TRUNCATED. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#position;
  }

  /** Steps over as many bytes and says where they begin. */
  #step(count: number): number {
    if (count > this.left) {
      throw new PrintError('PRINT-TRUNCATED', `The template ends ${count - this.left} bytes too early.`);
    }
    this.#position += count;
    return this.#position - count;
  }

  take(count: number): Uint8Array {
    const at = this.#step(count);
    return this.#bytes.subarray(at, this.#position);
  }

  /** An unsigned number of `width` bytes. */
  number(width: number): number {
    let value = 0;
    for (let at = this.#step(width); at < this.#position; at++) value = value * 256 + this.#bytes[at]!;
    return value;
  }
}

/** Collects big-endian numbers. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  number(value: number, width: number): this {
    for (let k = width - 1; k >= 0; k--) this.#bytes.push(Math.floor(value / 256 ** k) & 255);
    return this;
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
