import type { Store } from '../store/index.ts';
import { HEAD_BYTES } from './parameters.ts';

/** The first bytes of a stored file, for sniffing. */
export async function blobHead(store: Store, sha256: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of store.blobs.stream(sha256)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}
