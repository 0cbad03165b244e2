import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm run accuracy -- NAME [ARG ...]`: the measurements of one part. */
const FILES: Readonly<Record<string, string>> = {
  changed: 'prints/changed.ts',
  link: 'link/accuracy.ts',
  prints: 'prints/accuracy.ts',
  resolution: 'prints/resolution.ts',
  synthetic: 'prints/synthetic.ts',
};

const [name = '', ...args] = process.argv.slice(2);
const file = join(import.meta.dirname, FILES[name] ?? '?');
if (!existsSync(file)) {
  process.stderr.write(`Name one of: ${Object.keys(FILES).join(', ')}\n`);
  process.exit(2);
}
process.argv = [process.argv[0]!, file, ...args];
const bench = (await import(pathToFileURL(file).href)) as {
  main?: (args: readonly string[]) => Promise<void>;
};
await bench.main?.(args);
