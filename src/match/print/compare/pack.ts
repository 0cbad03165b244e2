import * as at from '../kernels/layout.ts';
import { CYLINDER_WORDS, INNER_CELLS, MASK_WORDS } from './cylinders.ts';
import type { PreparedTemplate } from './prepared.ts';

type Fields = Omit<PreparedTemplate, 'packed' | 'template'>;

/** Writes sections one after another, each on a whole vector, and their offsets into the header. */
class Packer {
  readonly #header: number[] = [];
  readonly #sections: [offset: number, data: Uint8Array][] = [];
  #length = (at.TEMPLATE_HEADER + 15) & ~15;

  value(field: number, value: number): void {
    this.#header[field >> 2] = value;
  }

  /** Adds a section with so many bytes of room at least. */
  section(
    field: number,
    data: Uint8Array | Uint16Array | Int16Array | Float32Array | Float64Array | Int32Array | Uint32Array,
    room = 0,
  ): void {
    this.value(field, this.#length);
    this.#sections.push([this.#length, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
    this.#length += (Math.max(room, data.byteLength) + 31) & ~15;
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    new Int32Array(bytes.buffer, 0, this.#header.length).set(this.#header);
    for (const [offset, data] of this.#sections) bytes.set(data, offset);
    return bytes;
  }
}

function bitCount(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const PLANES_WORDS = at.PLANES_BYTES / 4;
/** Added to the number of bits of a cylinder that sees all its cells. */
const FULL = 1 << 16;

/** In how many of the five layers each cell of a word is set, as three bit planes of that number. */
function planesOf(words: Uint32Array, from: number): readonly [number, number, number] {
  const layer = (k: number): number => words[from + k * MASK_WORDS]!;
  const half = layer(1) ^ layer(2);
  const first = half ^ layer(3);
  const carry = (layer(1) & layer(2)) | (half & layer(3));
  const rest = first ^ layer(4);
  const more = (first & layer(4)) | (rest & layer(5));
  return [rest ^ layer(5), carry ^ more, carry & more];
}

function packCylinders(packer: Packer, { count, words }: Fields): void {
  const planes = new Uint32Array(count * PLANES_WORDS);
  const totals = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let seen = 0;
    let bits = 0;
    for (let w = 0; w < MASK_WORDS; w++) {
      const from = i * CYLINDER_WORDS + w;
      const [ones, twos, fours] = planesOf(words, from);
      const target = i * PLANES_WORDS + w;
      planes[target] = ones;
      planes[target + MASK_WORDS] = twos;
      planes[target + 2 * MASK_WORDS] = fours;
      seen += bitCount(words[from]!);
      bits += bitCount(ones) + 2 * bitCount(twos) + 4 * bitCount(fours);
    }
    totals[i] = bits + (seen === INNER_CELLS ? FULL : 0);
  }
  packer.section(at.T_WORDS, words);
  packer.section(at.T_PLANES, planes);
  packer.section(at.T_TOTALS, totals);
}

/** As many more places beyond the last as are compared at once. */
function padded(values: Int16Array, filler: number): Int16Array {
  const longer = new Int16Array(values.length + at.ROW_LANES).fill(filler);
  longer.set(values);
  return longer;
}

function packRidges(packer: Packer, { ridges, blocks }: Fields): void {
  if (!ridges || !blocks) return;
  const { orientation, period } = ridges;
  packer.value(at.T_COLUMNS, ridges.columns);
  packer.value(at.T_ROWS, ridges.rows);
  packer.value(at.T_STEP, ridges.step);
  packer.value(at.T_BLOCKS, blocks.count);
  const map = new Uint16Array(orientation.length);
  for (let k = 0; k < map.length; k++) map[k] = orientation[k]! | (period[k]! << 8);
  const cells = new Uint8Array(blocks.cell.length * 4);
  for (let k = 0; k < blocks.cell.length; k++) {
    const cell = blocks.cell[k]!;
    cells[4 * k] = blocks.u[k]!;
    cells[4 * k + 1] = blocks.v[k]!;
    cells[4 * k + 2] = orientation[cell]!;
    cells[4 * k + 3] = period[cell]!;
  }
  packer.section(at.T_MAP, map);
  packer.section(at.T_BLOCK_X, blocks.x);
  packer.section(at.T_BLOCK_Y, blocks.y);
  packer.section(at.T_BLOCK_START, blocks.start);
  packer.section(at.T_CELLS, cells);
}

/** The template as one run of bytes that the comparison kernel reads where it is put; layout: kernels/layout.ts. */
export function packTemplate(fields: Fields): Uint8Array {
  const packer = new Packer();
  for (let field = 0; field < at.TEMPLATE_HEADER; field += 4) packer.value(field, 0);
  const { count, rows } = fields;
  packer.value(at.T_COUNT, count);
  packer.value(at.T_BANDS, rows.first.length);
  packCylinders(packer, fields);
  packer.section(at.T_DIRECTION, fields.direction);
  packer.section(at.T_X, new Float32Array(fields.x));
  packer.section(at.T_Y, new Float32Array(fields.y));
  packer.section(at.T_TRUST, fields.trust);
  packer.section(at.T_CELL, fields.cell);
  packer.section(at.T_PLACE, rows.place);
  packer.section(at.T_ROW_X, padded(rows.x, 0));
  packer.section(at.T_ROW_Y, padded(rows.y, at.BEYOND));
  packer.section(at.T_ROW_DIRECTION, rows.direction);
  packer.section(at.T_FIRST, rows.first);
  packRidges(packer, fields);
  return packer.finish();
}
