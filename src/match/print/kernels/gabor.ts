import { instantiateKernels, type KernelExports } from './wasm.ts';

/** Kernels are `GABOR_SIDE` square; rows are padded to `GABOR_ROW` so that they load as whole vectors. */
export const GABOR_SIDE = 21;
export const GABOR_ROW = 24;
export const GABOR_KERNEL = GABOR_SIDE * GABOR_ROW;
export const GABOR_RADIUS = 10;
export const GABOR_CELL = 4;

/** One picture to filter. */
export interface GaborTask {
  /** Picture with a border of `GABOR_RADIUS` pixels left and above, and enough right and below for whole cells and rows. */
  readonly image: Int16Array;
  readonly stride: number;
  /** Bank entry of each cell, -1 for none. */
  readonly choice: Int16Array;
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Sums are shifted right by this. */
  readonly shift: number;
}

/** Integer kernels, made when first asked for. */
export interface GaborBank {
  readonly entries: number;
  kernel(entry: number): Int16Array;
}

/** Width and height of a picture with its border. */
export function paddedSize(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  return {
    width: width + 2 * GABOR_RADIUS + (GABOR_ROW - GABOR_SIDE) + GABOR_CELL - 1,
    height: height + 2 * GABOR_RADIUS + 1,
  };
}

/** The plain twin of the SIMD kernel. */
export function filterPlain(bank: GaborBank, task: GaborTask): Int16Array {
  const { image, stride, columns, width, height, shift } = task;
  const out = new Int16Array(width * height);
  for (const [cell, entry] of task.choice.entries()) {
    if (entry < 0) continue;
    const kernel = bank.kernel(entry);
    const x0 = (cell % columns) * GABOR_CELL;
    const y0 = Math.floor(cell / columns) * GABOR_CELL;
    for (let y = y0; y < Math.min(height, y0 + GABOR_CELL); y++) {
      for (let x = x0; x < Math.min(width, x0 + GABOR_CELL); x++) {
        let sum = 0;
        for (let row = 0; row < GABOR_SIDE; row++) {
          const p = (y + row) * stride + x;
          const k = row * GABOR_ROW;
          for (let i = 0; i < GABOR_SIDE; i++) sum = (sum + image[p + i]! * kernel[k + i]!) | 0;
        }
        out[y * width + x] = sum >> shift;
      }
    }
  }
  return out;
}

/** Runs the SIMD kernel; the bank is copied into its memory entry by entry as pictures need it. */
export class GaborFilter {
  readonly #bank: GaborBank;
  readonly #kernels: KernelExports = instantiateKernels();
  readonly #present: Uint8Array;

  constructor(bank: GaborBank) {
    this.#bank = bank;
    this.#present = new Uint8Array(bank.entries);
  }

  filter(task: GaborTask): Int16Array {
    const bankBytes = this.#bank.entries * GABOR_KERNEL * 2;
    const image = bankBytes;
    const choice = image + ((task.image.byteLength + 15) & ~15);
    const out = choice + ((task.choice.byteLength + 15) & ~15);
    const pixels = task.width * task.height;
    this.#kernels.reserve(out + pixels * 2 + 64);
    const memory = new Int16Array(this.#kernels.memory.buffer);
    for (const entry of task.choice) {
      if (entry < 0 || this.#present[entry]) continue;
      memory.set(this.#bank.kernel(entry), entry * GABOR_KERNEL);
      this.#present[entry] = 1;
    }
    memory.set(task.image, image / 2);
    memory.set(task.choice, choice / 2);
    memory.fill(0, out / 2, out / 2 + pixels);
    const { stride, columns, rows, width, height, shift } = task;
    this.#kernels.gabor(image, stride, choice, columns, rows, 0, out, width, height, shift);
    return memory.slice(out / 2, out / 2 + pixels);
  }
}
