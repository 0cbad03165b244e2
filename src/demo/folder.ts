import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchlinkError } from '../errors.ts';

const MARKER = '.benchlink-demo';

/**
 * Makes the demo's folder, empty but for its marker. An earlier demo there is replaced, whole or broken off; what no
 * demo made is never touched.
 * @throws BenchlinkError DEMO-FOLDER
 */
export function freshFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder);
  if (names.length > 0 && !names.includes(MARKER)) {
    throw new BenchlinkError(
      'usage',
      'DEMO-FOLDER',
      `${folder} holds something that no demo made; name another folder with --out.`,
    );
  }
  writeFileSync(join(folder, MARKER), '');
  for (const name of names) if (name !== MARKER) rmSync(join(folder, name), { recursive: true });
}
