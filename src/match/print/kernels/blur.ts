import { instantiateKernels } from './wasm.ts';

const kernels = instantiateKernels();
let floats = new Float32Array(kernels.memory.buffer);

/** Rows of whole vectors. */
function strideOf(width: number): number {
  return (width + 3) & ~3;
}

/**
 * Separable convolution with replicated borders by the SIMD kernel, in single precision. `taps` go from the centre
 * outwards.
 */
export function blurPlane(
  data: Float32Array,
  width: number,
  height: number,
  taps: Float32Array,
): Float32Array<ArrayBuffer> {
  const radius = taps.length - 1;
  const stride = strideOf(width);
  const tapsAt = strideOf(data.length + 4);
  const line = tapsAt + strideOf(taps.length);
  const rows = line + strideOf(stride + 2 * radius + 8);
  const out = rows + stride * height;
  kernels.reserve((out + stride * height) * 4);
  if (floats.length === 0 || floats.buffer !== kernels.memory.buffer) {
    floats = new Float32Array(kernels.memory.buffer);
  }
  floats.set(data, 0);
  floats.set(taps, tapsAt);
  kernels.blur(0, width, height, tapsAt * 4, radius, line * 4, rows * 4, out * 4);
  if (stride === width) return floats.slice(out, out + data.length);
  const target = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = out + y * stride;
    target.set(floats.subarray(row, row + width), y * width);
  }
  return target;
}

const f = Math.fround;

function convolve(taps: Float32Array, at: (offset: number) => number): number {
  let sum = f(taps[0]! * at(0));
  for (let k = 1; k < taps.length; k++) sum = f(sum + f(taps[k]! * f(at(-k) + at(k))));
  return sum;
}

/** The plain twin of `blurPlane`. */
export function blurPlain(
  data: Float32Array,
  width: number,
  height: number,
  taps: Float32Array,
): Float32Array<ArrayBuffer> {
  const within = (i: number, length: number): number => Math.max(0, Math.min(length - 1, i));
  const rows = data.map((_, i) => {
    const x = i % width;
    return convolve(taps, (k) => data[i - x + within(x + k, width)]!);
  });
  return Float32Array.from(rows, (_, i) => {
    const y = Math.floor(i / width);
    return convolve(taps, (k) => rows[within(y + k, height) * width + (i % width)]!);
  });
}
