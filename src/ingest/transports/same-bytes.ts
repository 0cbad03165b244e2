import { createHash } from 'node:crypto';
import type { DropFiles } from './drop-files.ts';

async function digest(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source) hash.update(chunk);
  return hash.digest('hex');
}

/** Whether two files hold the same bytes, in flat memory. */
export async function sameBytes(files: DropFiles, a: string, b: string): Promise<boolean> {
  return (await digest(files.read(a))) === (await digest(files.read(b)));
}
