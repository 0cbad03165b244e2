/**
 * Compiles `assembly/kernels.ts` and what it imports with the AssemblyScript compiler. Run this file to write `module.ts` anew:
 * `node src/match/print/kernels/build.ts`.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernel, type KernelSource, writeModule } from './compile.ts';

const SOURCE: KernelSource = {
  folder: dirname(fileURLToPath(import.meta.url)),
  entry: 'assembly/kernels.ts',
  features: ['simd'],
};

/** The WebAssembly module as bytes; the same source and compiler give the same bytes. */
export function compileKernels(): Promise<Uint8Array> {
  return compileKernel(SOURCE);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeModule(SOURCE, 'KERNEL_MODULE');
