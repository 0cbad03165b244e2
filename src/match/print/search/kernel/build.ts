/**
 * Compiles `assembly/kernel.ts` and what it imports with the AssemblyScript compiler. Run this file to write `module.ts` anew:
 * `node src/match/print/search/kernel/build.ts`.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernel, type KernelSource, writeModule } from '../../kernels/compile.ts';

const SOURCE: KernelSource = {
  folder: dirname(fileURLToPath(import.meta.url)),
  entry: 'assembly/kernel.ts',
  features: ['simd', 'relaxed-simd'],
};

/** The WebAssembly module as bytes; the same source and compiler give the same bytes. */
export function compileScan(): Promise<Uint8Array> {
  return compileKernel(SOURCE);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeModule(SOURCE, 'SCAN_MODULE');
