import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Whether two files hold the same bytes, in flat memory. */
export async function sameBytes(a: string, b: string): Promise<boolean> {
  return (await digest(a)) === (await digest(b));
}
