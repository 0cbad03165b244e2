/**
 * Compiles `assembly/scan.ts` with the AssemblyScript compiler. Run this file to write `module.ts` anew:
 * `node src/match/print/search/kernel/build.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = dirname(fileURLToPath(import.meta.url));
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'relaxed-simd'];

/** The WebAssembly module as bytes; the same source and compiler give the same bytes. */
export async function compileScan(): Promise<Uint8Array> {
  const source = readFileSync(join(folder, 'assembly', 'scan.ts'), 'utf8');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['scan.ts', '--outFile', 'scan.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'scan.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'scan.wasm') binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary)
    throw new Error(`The kernel does not compile: ${error?.message} ${stderr.toString()}`);
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines =
    Buffer.from(await compileScan())
      .toString('base64')
      .match(/.{1,96}/g) ?? [];
  const body = lines.map((line) => `  '${line}',`).join('\n');
  writeFileSync(
    join(folder, 'module.ts'),
    `/** \`assembly/scan.ts\` compiled by \`build.ts\`; not edited by hand. */\nexport const SCAN_MODULE = [\n${body}\n].join('');\n`,
  );
}
