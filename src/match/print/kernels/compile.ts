import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/** A source in AssemblyScript, which may import others of its folder. */
export interface KernelSource {
  readonly folder: string;
  /** Path in the folder. */
  readonly entry: string;
  /** Instruction sets beyond WebAssembly 1.0. */
  readonly features: readonly string[];
}

/**
 * The WebAssembly module as bytes; the same source and compiler give the same bytes.
 * @throws Error where the source does not compile
 */
export async function compileKernel({ folder, entry, features }: KernelSource): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const { error, stderr } = await asc.main(
    [entry, '--outFile', 'kernel.wasm', '-O3', '--noAssert', '--runtime', 'stub', ...enabled],
    {
      readFile: (name) => {
        const path = join(folder, name);
        return existsSync(path) ? readFileSync(path, 'utf8') : null;
      },
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`${entry} does not compile: ${error?.message} ${stderr.toString()}`);
  return binary;
}

/** Writes the module as text beside its source, as `name` of `module.ts`. */
export async function writeModule(source: KernelSource, name: string): Promise<void> {
  const text = Buffer.from(await compileKernel(source)).toString('base64');
  const body = (text.match(/.{1,96}/g) ?? []).map((line) => `  '${line}',`).join('\n');
  writeFileSync(
    join(source.folder, 'module.ts'),
    `/** \`${source.entry}\` compiled by \`build.ts\`; not edited by hand. */\nexport const ${name} = [\n${body}\n].join('');\n`,
  );
}
