#!/usr/bin/env node
// The command's entry: makes sure of the Node version before any native module is imported
// (better-sqlite3 13 crashes the process on Node 20), then hands over to src/cli.ts.
import { fileURLToPath } from 'node:url';
import { isReady, runWithNode, setUp } from '../scripts/with-node.mjs';

const node = setUp();
if (isReady()) {
  const { main } = await import('../src/cli.ts');
  process.exitCode = await main(process.argv);
} else {
  runWithNode([fileURLToPath(import.meta.url), ...process.argv.slice(2)], node);
}
