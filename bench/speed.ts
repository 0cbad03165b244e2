import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm run bench -- NAME [ARG ...]`: the measurements of one part. */
const FILES: Readonly<Record<string, string>> = {
  audit: 'audit.ts',
  ingest: 'ingest/index.ts',
  link: 'link/speed.ts',
  package: 'transmit/package.ts',
  prints: 'prints/speed.ts',
  'match-night': 'match/night.ts',
  'prints-search': 'prints/search.ts',
  run: 'run/index.ts',
  recall: 'transmit/recall.ts',
  reconcile: 'transmit/reconcile.ts',
  transmit: 'transmit/send.ts',
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
