import { KERNEL_MODULE } from './module.ts';

/** The part of the WebAssembly interface that is used here (the DOM library, which declares it, is not loaded). */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What `assembly/kernels.ts` exports. Addresses are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(bytes: number): void;
  gabor(
    image: number,
    stride: number,
    choice: number,
    columns: number,
    rows: number,
    bank: number,
    out: number,
    width: number,
    height: number,
    shift: number,
  ): void;
  blur(
    source: number,
    width: number,
    height: number,
    taps: number,
    radius: number,
    line: number,
    rows: number,
    out: number,
  ): void;
  compare(a: number, b: number): number;
  cylinders(
    xs: number,
    ys: number,
    trust: number,
    direction: number,
    minutiae: number,
    orientations: number,
    columns: number,
    rows: number,
    step: number,
    out: number,
  ): void;
}

function isKernelExports(value: unknown): value is KernelExports {
  return typeof value === 'object' && value !== null && 'gabor' in value && 'memory' in value;
}

/** A fresh instance with its own memory, so that no two users share scratch space. */
export function instantiateKernels(): KernelExports {
  const bytes = Uint8Array.from(atob(KERNEL_MODULE), (c) => c.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { abort: () => undefined },
  });
  const candidate: unknown = exports;
  if (!isKernelExports(candidate)) throw new TypeError('The kernel module lacks its exports.');
  return candidate;
}
