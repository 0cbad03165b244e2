/**
 * Compiles `assembly/kernels.ts` and what it imports with the AssemblyScript compiler. Run this file to write `module.ts` anew:
 * `node src/match/print/kernels/build.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = dirname(fileURLToPath(import.meta.url));

/** The WebAssembly module as bytes; the same source and compiler give the same bytes. */
export async function compileKernels(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'assembly/kernels.ts',
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
    ],
    {
      readFile: (name) => {
        const path = join(folder, name);
        return existsSync(path) ? readFileSync(path, 'utf8') : null;
      },
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`The kernels do not compile: ${error?.message} ${stderr.toString()}`);
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = Buffer.from(await compileKernels()).toString('base64');
  const lines = text.match(/.{1,96}/g) ?? [];
  const body = lines.map((line) => `  '${line}',`).join('\n');
  writeFileSync(
    join(folder, 'module.ts'),
    `/** \`assembly/kernels.ts\` compiled by \`build.ts\`; not edited by hand. */\nexport const KERNEL_MODULE = [\n${body}\n].join('');\n`,
  );
}
