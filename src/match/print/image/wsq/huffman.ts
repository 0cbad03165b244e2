import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';

export const MAX_CODE_BITS = 16;

/** A Huffman table as it stands in the file: how many codes of each length 1 to 16, and their symbols in order. */
export interface HuffmanTable {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** By the next 16 bits: code length << 8 | symbol; 0 = no such code. */
export type DecodeTable = Uint16Array;

export interface Code {
  readonly bits: number;
  readonly length: number;
}

/** DHT: one or more tables by number (0 to 7). */
export function readHuffmanTables(payload: Uint8Array, into: Map<number, HuffmanTable>): void {
  const reader = new ByteReader(payload);
  while (reader.remaining > 0) {
    const id = reader.u8();
    const counts = Array.from(reader.take(MAX_CODE_BITS));
    const total = counts.reduce((sum, n) => sum + n, 0);
    if (id > 7 || total > 256) throw new PrintError('PRINT-MALFORMED', 'A Huffman table is out of range.');
    into.set(id, { counts, symbols: Array.from(reader.take(total)) });
  }
}

/** Canonical codes in symbol order (ISO/IEC 10918-1, annex C). */
function canonicalCodes(table: HuffmanTable): Code[] {
  const codes: Code[] = [];
  let bits = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    for (let i = 0; i < (table.counts[length - 1] ?? 0); i++) codes.push({ bits: bits++, length });
    if (bits > 1 << length) throw new PrintError('PRINT-MALFORMED', 'A Huffman table has too many codes.');
    bits *= 2;
  }
  return codes;
}

export function decodeTable(table: HuffmanTable): DecodeTable {
  const lookup = new Uint16Array(1 << MAX_CODE_BITS);
  for (const [i, { bits, length }] of canonicalCodes(table).entries()) {
    const spare = MAX_CODE_BITS - length;
    lookup.fill((length << 8) | table.symbols[i]!, bits << spare, (bits + 1) << spare);
  }
  return lookup;
}

export function encodeTable(table: HuffmanTable): Map<number, Code> {
  return new Map(canonicalCodes(table).map((code, i) => [table.symbols[i]!, code]));
}

/** Merges the two rarest groups until one is left; a symbol's code length is the number of merges it was in. */
function codeLengths(frequencies: readonly number[]): number[] {
  const lengths = frequencies.map(() => 0);
  let groups = frequencies
    .map((count, symbol) => ({ count, symbols: [symbol] }))
    .filter((group) => group.count > 0);
  while (groups.length > 1) {
    groups = groups.sort((a, b) => a.count - b.count || b.symbols[0]! - a.symbols[0]!);
    const [first, second, ...rest] = groups;
    const symbols = [...first!.symbols, ...second!.symbols].sort((a, b) => b - a);
    for (const symbol of symbols) lengths[symbol]!++;
    groups = [...rest, { count: first!.count + second!.count, symbols }];
  }
  return lengths;
}

/** Codes longer than 16 bits are paired up under shorter ones (ISO/IEC 10918-1, figure K.3). */
function limitLengths(counts: number[]): void {
  for (let length = counts.length - 1; length > MAX_CODE_BITS; length--) {
    while (counts[length]! > 0) {
      let shorter = length - 2;
      while (counts[shorter]! === 0) shorter--;
      counts[length]! -= 2;
      counts[length - 1]!++;
      counts[shorter + 1]! += 2;
      counts[shorter]!--;
    }
  }
}

/**
 * The table for these symbol frequencies (ISO/IEC 10918-1, annex K.2). One code point is reserved so that no code
 * is all ones, which the padding of a block is made of.
 */
export function buildHuffmanTable(frequencies: readonly number[]): HuffmanTable {
  const reserved = frequencies.length;
  const lengths = codeLengths([...frequencies, 1]);
  const counts = new Array<number>(Math.max(MAX_CODE_BITS, ...lengths) + 1).fill(0);
  for (const length of lengths) if (length > 0) counts[length]!++;
  limitLengths(counts);
  let longest = MAX_CODE_BITS;
  while (counts[longest]! === 0) longest--;
  counts[longest]!--;
  const symbols = Array.from({ length: reserved }, (_, symbol) => symbol)
    .filter((symbol) => lengths[symbol]! > 0)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts: counts.slice(1, MAX_CODE_BITS + 1), symbols };
}
