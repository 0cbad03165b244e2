import { PrintError } from '../errors.ts';

/** Reads big-endian numbers; running off the end is PRINT-TRUNCATED. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  #take(count: number): number {
    if (count < 0 || this.remaining < count) {
      throw new PrintError('PRINT-TRUNCATED', `The file ends ${count - this.remaining} byte(s) too early.`);
    }
    this.position += count;
    return this.position - count;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** A view, not a copy. */
  take(count: number): Uint8Array {
    const from = this.#take(count);
    return this.bytes.subarray(from, from + count);
  }
}

/** Collects big-endian numbers and byte runs. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  #room(count: number): number {
    if (this.#length + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#length += count;
    return this.#length - count;
  }

  u8(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  u16(value: number): void {
    this.u8(value >>> 8);
    this.u8(value & 0xff);
  }

  u32(value: number): void {
    this.u16(value >>> 16);
    this.u16(value & 0xffff);
  }

  bytes(run: Uint8Array): void {
    const at = this.#room(run.length);
    this.#bytes.set(run, at);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
