import { PrintError } from '../../errors.ts';
import type { GreyImage } from '../../types.ts';
import { ByteWriter } from '../bytes.ts';
import { encodeBlock, tableFor } from './coefficients.ts';
import { nistComment } from './comment.ts';
import { MIN_SIDE } from './decode.ts';
import type { HuffmanTable } from './huffman.ts';
import { MARKER } from './markers.ts';
import { quantise, quantisersFor, subbandVariances } from './quantise.ts';
import { subbandLayout } from './subbands.ts';
import {
  roundTo16,
  SUBBANDS,
  standardFilters,
  writeFrameHeader,
  writeQuantisationTable,
  writeTransformTable,
} from './tables.ts';
import { decompose } from './wavelet.ts';

export interface WsqOptions {
  /** Target bits a pixel; 0.75 is the FBI's (about 15 : 1), 2.25 about 5 : 1. */
  readonly bitrate?: number;
}

export const STANDARD_BITRATE = 0.75;

/** Subbands at which the first, second and third block begin. */
const BLOCK_STARTS = [0, 19, 52] as const;

function writeSegment(out: ByteWriter, marker: number, fill: (payload: ByteWriter) => void): void {
  const payload = new ByteWriter();
  fill(payload);
  const bytes = payload.finish();
  out.u16(marker);
  out.u16(bytes.length + 2);
  out.bytes(bytes);
}

function writeHuffman(out: ByteWriter, id: number, table: HuffmanTable): void {
  writeSegment(out, MARKER.huffmanTable, (payload) => {
    payload.u8(id);
    payload.bytes(Uint8Array.from(table.counts));
    payload.bytes(Uint8Array.from(table.symbols));
  });
}

function writeBlock(out: ByteWriter, id: number, table: HuffmanTable, block: Int32Array): void {
  writeSegment(out, MARKER.startOfBlock, (payload) => payload.u8(id));
  encodeBlock(block, table, out);
}

/** Shift to the mean and scale to +-128, as the file will state them. */
function levels(data: Uint8Array): { shift: number; scale: number } {
  let sum = 0;
  let low = 255;
  let high = 0;
  for (const grey of data) {
    sum += grey;
    if (grey < low) low = grey;
    if (grey > high) high = grey;
  }
  const shift = roundTo16(sum / data.length);
  return { shift, scale: roundTo16(Math.max(shift - low, high - shift, 1) / 128) };
}

function assertEncodable(image: GreyImage, bitrate: number): void {
  if (image.data.length !== image.width * image.height) {
    throw new PrintError('PRINT-MALFORMED', 'The picture holds fewer or more bytes than its size says.');
  }
  if (Math.min(image.width, image.height) < MIN_SIDE) {
    throw new PrintError('PRINT-TOO-SMALL', `WSQ needs at least ${MIN_SIDE} pixels to the side.`);
  }
  if (Math.max(image.width, image.height) > 0xffff) {
    throw new PrintError('PRINT-TOO-LARGE', 'WSQ holds at most 65,535 pixels to the side.');
  }
  if (!(bitrate > 0 && bitrate <= 8)) throw new PrintError('PRINT-UNSUPPORTED', `${bitrate} bits a pixel.`);
}

/**
 * Encodes a picture as WSQ (FBI IAFIS-IC-0110 v3.1). The same picture gives the same bytes on every machine. Not
 * certified by the FBI, and the file's encoder and software numbers say so.
 * @throws PrintError PRINT-MALFORMED, PRINT-TOO-SMALL, PRINT-TOO-LARGE, PRINT-UNSUPPORTED
 */
export function encodeWsq(image: GreyImage, options: WsqOptions = {}): Uint8Array {
  const { width, height } = image;
  const bitrate = options.bitrate ?? STANDARD_BITRATE;
  assertEncodable(image, bitrate);
  const { shift, scale } = levels(image.data);
  const plane = Float32Array.from(image.data, (grey) => (grey - shift) / scale);
  const { subbands, splits } = subbandLayout(width, height);
  decompose(plane, width, { subbands, splits }, standardFilters());
  const table = quantisersFor(subbandVariances(plane, width, subbands), bitrate);
  const [first, second, third] = BLOCK_STARTS.map((from, i) =>
    quantise(plane, width, subbands, table, from, BLOCK_STARTS[i + 1] ?? SUBBANDS),
  ) as [Int32Array, Int32Array, Int32Array];

  const out = new ByteWriter();
  out.u16(MARKER.startOfImage);
  writeSegment(out, MARKER.comment, (payload) =>
    payload.bytes(nistComment(width, height, image.ppi, bitrate)),
  );
  writeSegment(out, MARKER.transformTable, writeTransformTable);
  writeSegment(out, MARKER.quantisationTable, (payload) => writeQuantisationTable(payload, table));
  writeSegment(out, MARKER.startOfFrame, (payload) =>
    writeFrameHeader(payload, { width, height, shift, scale }),
  );
  const low = tableFor([first]);
  const high = tableFor([second, third]);
  writeHuffman(out, 0, low);
  writeBlock(out, 0, low, first);
  writeHuffman(out, 1, high);
  writeBlock(out, 1, high, second);
  writeBlock(out, 1, high, third);
  out.u16(MARKER.endOfImage);
  return out.finish();
}
