import { PrintError } from '../../errors.ts';
import type { ByteWriter } from '../bytes.ts';
import {
  buildHuffmanTable,
  type Code,
  type DecodeTable,
  encodeTable,
  type HuffmanTable,
  MAX_CODE_BITS,
} from './huffman.ts';

/**
 * Symbols of the coder (IAFIS-IC-0110 v3.1, table 1 of 3.3): 1-100 a run of so many zeros; 107-254 a coefficient of
 * symbol - 180; 101-106 escapes for larger ones, magnitude or run in the next 8 or 16 bits.
 */
const SYMBOL = {
  longestRun: 100,
  positive8: 101,
  negative8: 102,
  positive16: 103,
  negative16: 104,
  run8: 105,
  run16: 106,
  zero: 180,
  last: 254,
} as const;
const LARGEST = SYMBOL.last - SYMBOL.zero;
const SMALLEST = SYMBOL.run16 + 1 - SYMBOL.zero;
const LONGEST_RUN16 = 0xffff;
const MAX_MAGNITUDE = 0x7fff;

/** Where a block of entropy-coded bytes ends: at 0xFF followed by anything but a stuffed zero. */
export function endOfBlock(bytes: Uint8Array, from: number): number {
  let i = bytes.indexOf(0xff, from);
  while (i >= 0 && i + 1 < bytes.length && bytes[i + 1] === 0) i = bytes.indexOf(0xff, i + 2);
  if (i < 0 || i + 1 >= bytes.length)
    throw new PrintError('PRINT-TRUNCATED', 'The WSQ data ends in mid-block.');
  return i;
}

/** Every 0xFF of a block is followed by a zero that means nothing. */
function withoutStuffing(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(block.length);
  let length = 0;
  for (let i = 0; i < block.length; i++) {
    out[length++] = block[i]!;
    if (block[i] === 0xff) i++;
  }
  return out.subarray(0, length);
}

/** Bits of a block, most significant first; ones beyond its end. */
class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #fill(): void {
    this.#held = ((this.#held << 8) | (this.#bytes[this.#position++] ?? 0xff)) & 0xffffff;
    this.#count += 8;
  }

  /** The next 16 bits without taking them. */
  peek(): number {
    while (this.#count < MAX_CODE_BITS) this.#fill();
    return (this.#held >>> (this.#count - MAX_CODE_BITS)) & 0xffff;
  }

  skip(bits: number): void {
    this.#count -= bits;
  }

  take(bits: number): number {
    while (this.#count < bits) this.#fill();
    this.#count -= bits;
    return (this.#held >>> this.#count) & ((1 << bits) - 1);
  }

  /** Bits of the file not taken yet; negative once made-up bits were taken. */
  get left(): number {
    return (this.#bytes.length - this.#position) * 8 + this.#count;
  }
}

/** Extra bits that follow an escape. */
function readEscape(symbol: number, reader: BitReader): { run: number; value: number } {
  switch (symbol) {
    case SYMBOL.positive8:
      return { run: 0, value: reader.take(8) };
    case SYMBOL.negative8:
      return { run: 0, value: -reader.take(8) };
    case SYMBOL.positive16:
      return { run: 0, value: reader.take(16) };
    case SYMBOL.negative16:
      return { run: 0, value: -reader.take(16) };
    case SYMBOL.run8:
      return { run: reader.take(8), value: 0 };
    case SYMBOL.run16:
      return { run: reader.take(16), value: 0 };
    default:
      throw new PrintError('PRINT-MALFORMED', `The WSQ data uses symbol ${symbol}, which has no meaning.`);
  }
}

/**
 * Fills `into` from index `at` with the coefficients of one block.
 * @returns the index after the last
 * @throws PrintError PRINT-MALFORMED where a code has no meaning or there are more coefficients than places
 */
export function decodeBlock(block: Uint8Array, table: DecodeTable, into: Int32Array, at: number): number {
  const reader = new BitReader(withoutStuffing(block));
  let i = at;
  while (reader.left > 0) {
    const entry = table[reader.peek()]!;
    const length = entry >>> 8;
    if (length === 0 || length > reader.left) {
      if (reader.left < 8) return i;
      throw new PrintError('PRINT-MALFORMED', 'The WSQ data holds a code that is not in its table.');
    }
    if (i >= into.length && reader.left < 8) return i;
    reader.skip(length);
    const symbol = entry & 0xff;
    const run = symbol <= SYMBOL.longestRun ? symbol : 0;
    const plain = symbol > SYMBOL.run16 && symbol <= SYMBOL.last;
    const step =
      run > 0
        ? { run, value: 0 }
        : plain
          ? { run: 0, value: symbol - SYMBOL.zero }
          : readEscape(symbol, reader);
    if (reader.left < 0) throw new PrintError('PRINT-TRUNCATED', 'A WSQ block ends in mid-coefficient.');
    if (i + Math.max(1, step.run) > into.length) {
      throw new PrintError('PRINT-MALFORMED', 'The WSQ data holds more coefficients than its picture has.');
    }
    if (step.run > 0) i += step.run;
    else into[i++] = step.value;
  }
  return i;
}

type Emit = (symbol: number, extra: number, extraBits: number) => void;

function emitRun(run: number, emit: Emit): void {
  if (run <= SYMBOL.longestRun) emit(run, 0, 0);
  else if (run <= 0xff) emit(SYMBOL.run8, run, 8);
  else emit(SYMBOL.run16, run, 16);
}

function emitValue(value: number, emit: Emit): void {
  const magnitude = Math.min(Math.abs(value), MAX_MAGNITUDE);
  if (value >= SMALLEST && value <= LARGEST) emit(value + SYMBOL.zero, 0, 0);
  else if (magnitude <= 0xff) emit(value > 0 ? SYMBOL.positive8 : SYMBOL.negative8, magnitude, 8);
  else emit(value > 0 ? SYMBOL.positive16 : SYMBOL.negative16, magnitude, 16);
}

function eachSymbol(coefficients: Int32Array, emit: Emit): void {
  let run = 0;
  for (const value of coefficients) {
    if (value === 0 && run < LONGEST_RUN16) {
      run++;
      continue;
    }
    if (run > 0) emitRun(run, emit);
    run = value === 0 ? 1 : 0;
    if (value !== 0) emitValue(value, emit);
  }
  if (run > 0) emitRun(run, emit);
}

/** The Huffman table that suits these blocks best. */
export function tableFor(blocks: readonly Int32Array[]): HuffmanTable {
  const frequencies = new Array<number>(256).fill(0);
  for (const block of blocks) eachSymbol(block, (symbol) => frequencies[symbol]!++);
  // A table needs one code even where nothing is coded.
  if (!frequencies.some((count) => count > 0)) frequencies[1] = 1;
  return buildHuffmanTable(frequencies);
}

/** Bits with byte stuffing; the last byte is filled up with ones. */
export function encodeBlock(coefficients: Int32Array, table: HuffmanTable, writer: ByteWriter): void {
  const codes: Map<number, Code> = encodeTable(table);
  let held = 0;
  let count = 0;
  const put = (bits: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) {
      held = (held << 1) | ((bits >>> i) & 1);
      if (++count < 8) continue;
      writer.u8(held);
      if (held === 0xff) writer.u8(0);
      held = 0;
      count = 0;
    }
  };
  eachSymbol(coefficients, (symbol, extra, extraBits) => {
    const code = codes.get(symbol)!;
    put(code.bits, code.length);
    put(extra, extraBits);
  });
  if (count > 0) put(0xff, 8 - count);
}
