import { PrintError } from '../../errors.ts';
import { ByteReader, type ByteWriter } from '../bytes.ts';
import type { FilterPair } from './wavelet.ts';

export const SUBBANDS = 60;
const QUANTISER_ENTRIES = 64;

/** Quantiser of one subband: bin width and width of the zero bin; width 0 = the subband is not coded. */
export interface Quantiser {
  readonly bin: number;
  readonly zeroBin: number;
}

export interface QuantisationTable {
  /** Where in a bin a coefficient is put back: C of the standard. */
  readonly binCentre: number;
  /** The 60 coded subbands. */
  readonly quantisers: readonly Quantiser[];
}

export interface FrameHeader {
  readonly width: number;
  readonly height: number;
  /** grey = coefficient * scale + shift */
  readonly shift: number;
  readonly scale: number;
}

function decimal(digits: number, exponent: number): number {
  if (exponent > 30) throw new PrintError('PRINT-MALFORMED', 'A number of the WSQ file is out of range.');
  return digits / 10 ** exponent;
}

function readDecimal16(reader: ByteReader): number {
  const exponent = reader.u8();
  return decimal(reader.u16(), exponent);
}

/** Most digits that fit 16 bits. */
function scaled16(value: number): { digits: number; exponent: number } {
  let exponent = 0;
  while (exponent < 12 && value !== 0 && Math.round(value * 10 ** (exponent + 1)) <= 0xffff) exponent++;
  return { digits: Math.round(value * 10 ** exponent), exponent };
}

/** The value as a decoder will read it back. */
export function roundTo16(value: number): number {
  const { digits, exponent } = scaled16(value);
  return decimal(digits, exponent);
}

function writeDecimal16(writer: ByteWriter, value: number): void {
  const { digits, exponent } = scaled16(value);
  writer.u8(exponent);
  writer.u16(digits);
}

function readFilter(reader: ByteReader, length: number): number[] {
  if (length % 2 === 0 || length > 31) {
    throw new PrintError(
      'PRINT-UNSUPPORTED',
      `WSQ filters of ${length} taps are not read; have the print exported again.`,
    );
  }
  return Array.from({ length: (length + 1) / 2 }, () => {
    const negative = reader.u8() !== 0;
    const exponent = reader.u8();
    const value = decimal(reader.u32(), exponent);
    return negative ? -value : value;
  });
}

/** DTT: analysis filters from the centre outwards. */
export function readTransformTable(payload: Uint8Array): FilterPair {
  const reader = new ByteReader(payload);
  const lowTaps = reader.u8();
  const highTaps = reader.u8();
  const low = readFilter(reader, lowTaps);
  return { low, high: readFilter(reader, highTaps) };
}

/** DQT: 64 pairs, of which the last four belong to subbands that are never coded. */
export function readQuantisationTable(payload: Uint8Array): QuantisationTable {
  const reader = new ByteReader(payload);
  const binCentre = readDecimal16(reader);
  const quantisers = Array.from({ length: QUANTISER_ENTRIES }, () => {
    const bin = readDecimal16(reader);
    return { bin, zeroBin: readDecimal16(reader) };
  });
  return { binCentre, quantisers: quantisers.slice(0, SUBBANDS) };
}

export function writeQuantisationTable(writer: ByteWriter, table: QuantisationTable): void {
  writeDecimal16(writer, table.binCentre);
  for (let k = 0; k < QUANTISER_ENTRIES; k++) {
    writeDecimal16(writer, table.quantisers[k]?.bin ?? 0);
    writeDecimal16(writer, table.quantisers[k]?.zeroBin ?? 0);
  }
}

/** SOF. Black, white, encoder and software numbers carry nothing a decoder needs. */
export function readFrameHeader(payload: Uint8Array): FrameHeader {
  const reader = new ByteReader(payload);
  reader.take(2);
  const height = reader.u16();
  const width = reader.u16();
  const shift = readDecimal16(reader);
  return { width, height, shift, scale: readDecimal16(reader) };
}

/** Encoder and software numbers are given by the FBI on certification; 0 says there was none. */
export function writeFrameHeader(writer: ByteWriter, frame: FrameHeader): void {
  writer.u8(0);
  writer.u8(255);
  writer.u16(frame.height);
  writer.u16(frame.width);
  writeDecimal16(writer, frame.shift);
  writeDecimal16(writer, frame.scale);
  writer.u8(0);
  writer.u16(0);
}

/** The 9/7 biorthogonal filters every WSQ encoder uses (IAFIS-IC-0110 v3.1, table A.1), as printed digits and exponents. */
const STANDARD_TAPS: readonly (readonly [digits: number, exponent: number, negative: boolean])[] = [
  [852698679009403, 15, false],
  [377402855612654, 15, false],
  [110624404418423, 15, true],
  [23849465019380, 15, true],
  [37828455506995, 15, false],
  [788485616405664, 15, false],
  [418092273222212, 15, true],
  [40689417609558, 15, true],
  [64538882628938, 15, false],
];

const LOW_TAPS = 5;

/** Digits a 32-bit field can hold, and the exponent that goes with them. */
function scaled32(digits: number, exponent: number): { digits: number; exponent: number } {
  let power = 0;
  while (Math.round(digits / 10 ** power) > 0xffffffff) power++;
  return { digits: Math.round(digits / 10 ** power), exponent: exponent - power };
}

/** The filters as any decoder will read them from `writeTransformTable`. */
export function standardFilters(): FilterPair {
  const values = STANDARD_TAPS.map(([digits, exponent, negative]) => {
    const kept = scaled32(digits, exponent);
    return (negative ? -1 : 1) * decimal(kept.digits, kept.exponent);
  });
  return { low: values.slice(0, LOW_TAPS), high: values.slice(LOW_TAPS) };
}

export function writeTransformTable(writer: ByteWriter): void {
  writer.u8(2 * LOW_TAPS - 1);
  writer.u8(2 * (STANDARD_TAPS.length - LOW_TAPS) - 1);
  for (const [digits, exponent, negative] of STANDARD_TAPS) {
    const kept = scaled32(digits, exponent);
    writer.u8(negative ? 1 : 0);
    writer.u8(kept.exponent);
    writer.u32(kept.digits);
  }
}
