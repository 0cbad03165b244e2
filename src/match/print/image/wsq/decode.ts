import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';
import { assertPixels } from '../limits.ts';
import { IMAGE_LIMITS, type ImageLimits } from '../parameters.ts';
import { decodeBlock, endOfBlock } from './coefficients.ts';
import { commentPpi, parseNistComment } from './comment.ts';
import { type DecodeTable, decodeTable, type HuffmanTable, readHuffmanTables } from './huffman.ts';
import { MARKER } from './markers.ts';
import { codedCount, dequantise } from './quantise.ts';
import { subbandLayout } from './subbands.ts';
import {
  type FrameHeader,
  type QuantisationTable,
  readFrameHeader,
  readQuantisationTable,
  readTransformTable,
} from './tables.ts';
import { type FilterPair, reconstruct } from './wavelet.ts';

/** Five levels of halving need this many pixels to the side. */
export const MIN_SIDE = 32;

export interface WsqHeader {
  readonly width: number;
  readonly height: number;
  /** Undefined where the file does not say. */
  readonly ppi: number | undefined;
}

export interface WsqImage extends WsqHeader {
  readonly data: Uint8Array;
}

/** What has been read of a stream so far. */
interface State {
  filters: FilterPair | undefined;
  quantisation: QuantisationTable | undefined;
  frame: FrameHeader | undefined;
  ppi: number | undefined;
  readonly huffman: Map<number, HuffmanTable>;
}

function readPayload(reader: ByteReader): Uint8Array {
  const length = reader.u16();
  if (length < 2)
    throw new PrintError('PRINT-MALFORMED', 'A WSQ segment is shorter than its own length field.');
  return reader.take(length - 2);
}

function readTable(marker: number, reader: ByteReader, state: State): void {
  const payload = readPayload(reader);
  if (marker === MARKER.transformTable) state.filters = readTransformTable(payload);
  else if (marker === MARKER.quantisationTable) state.quantisation = readQuantisationTable(payload);
  else if (marker === MARKER.huffmanTable) readHuffmanTables(payload, state.huffman);
  else if (marker === MARKER.startOfFrame) state.frame = readFrameHeader(payload);
  else if (marker === MARKER.comment) state.ppi ??= commentPpi(parseNistComment(payload));
  else throw new PrintError('PRINT-MALFORMED', `0x${marker.toString(16)} is not a WSQ marker.`);
}

function start(bytes: Uint8Array): { reader: ByteReader; state: State } {
  if (bytes.length === 0) throw new PrintError('PRINT-EMPTY', 'The file is empty.');
  const reader = new ByteReader(bytes);
  if (reader.u16() !== MARKER.startOfImage)
    throw new PrintError('PRINT-FORMAT-UNKNOWN', 'This is not a WSQ file.');
  const state: State = {
    filters: undefined,
    quantisation: undefined,
    frame: undefined,
    ppi: undefined,
    huffman: new Map(),
  };
  return { reader, state };
}

/**
 * Width, height and resolution without decoding.
 * @throws PrintError PRINT-EMPTY, PRINT-FORMAT-UNKNOWN, PRINT-TRUNCATED, PRINT-MALFORMED
 */
export function readWsqHeader(bytes: Uint8Array): WsqHeader {
  const { reader, state } = start(bytes);
  while (state.frame === undefined) readTable(reader.u16(), reader, state);
  const { width, height } = state.frame;
  return { width, height, ppi: state.ppi };
}

/** Everything the picture is made from, asserted to be there. */
function complete(state: State): {
  filters: FilterPair;
  quantisation: QuantisationTable;
  frame: FrameHeader;
} {
  const { filters, quantisation, frame } = state;
  if (!filters || !quantisation || !frame) {
    throw new PrintError('PRINT-MALFORMED', 'The WSQ file lacks its transform, quantiser or frame.');
  }
  return { filters, quantisation, frame };
}

function readCoefficients(reader: ByteReader, state: State, count: number): Int32Array {
  const coefficients = new Int32Array(count);
  const lookups = new Map<HuffmanTable, DecodeTable>();
  let filled = 0;
  for (let marker = reader.u16(); marker !== MARKER.endOfImage; marker = reader.u16()) {
    if (marker !== MARKER.startOfBlock) {
      if (marker === MARKER.startOfFrame)
        throw new PrintError('PRINT-MALFORMED', 'The WSQ file has two frames.');
      readTable(marker, reader, state);
      continue;
    }
    const id = readPayload(reader)[0];
    const table = id === undefined ? undefined : state.huffman.get(id);
    if (!table)
      throw new PrintError('PRINT-MALFORMED', 'A WSQ block names a Huffman table that is not there.');
    const lookup = lookups.get(table) ?? decodeTable(table);
    lookups.set(table, lookup);
    const end = endOfBlock(reader.bytes, reader.position);
    filled = decodeBlock(reader.take(end - reader.position), lookup, coefficients, filled);
  }
  if (filled !== count) throw new PrintError('PRINT-TRUNCATED', 'The WSQ file holds too few coefficients.');
  return coefficients;
}

function toGrey(plane: Float32Array, { shift, scale }: FrameHeader): Uint8Array {
  const data = new Uint8Array(plane.length);
  for (let i = 0; i < plane.length; i++) {
    const grey = plane[i]! * scale + shift + 0.5;
    data[i] = grey < 0 ? 0 : grey > 255 ? 255 : grey;
  }
  return data;
}

/**
 * Decodes a WSQ file (FBI IAFIS-IC-0110 v3.1; odd-length symmetric filters, which all WSQ encoders use).
 * @throws PrintError PRINT-EMPTY, PRINT-FORMAT-UNKNOWN, PRINT-TRUNCATED, PRINT-MALFORMED, PRINT-UNSUPPORTED,
 *   PRINT-TOO-LARGE, PRINT-TOO-SMALL
 */
export function decodeWsq(bytes: Uint8Array, limits: ImageLimits = IMAGE_LIMITS): WsqImage {
  const { reader, state } = start(bytes);
  while (state.frame === undefined) readTable(reader.u16(), reader, state);
  const { width, height } = state.frame;
  assertPixels(width, height, { ...limits, minSide: Math.max(limits.minSide, MIN_SIDE) });
  const layout = subbandLayout(width, height);
  const { filters, quantisation, frame } = complete(state);
  const coefficients = readCoefficients(reader, state, codedCount(layout.subbands, quantisation));
  const plane = new Float32Array(width * height);
  dequantise(coefficients, layout.subbands, quantisation, plane, width);
  reconstruct(plane, width, layout, filters);
  return { width, height, ppi: state.ppi, data: toGrey(plane, frame) };
}
