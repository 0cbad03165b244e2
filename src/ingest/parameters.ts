import type { ParseLimits } from './courts/format.ts';

/** Bytes read for sniffing: past any licence comment and namespace list seen in court drops. */
export const HEAD_BYTES = 65_536;

/** Chunk in which bytes are decoded and parsed; 64 KiB kept saxes at its best speed. */
export const CHUNK_BYTES = 65_536;

/**
 * Default ceilings. A court record measured in samples is 6-12 KB, 9 levels deep, with at most 20 attributes
 * on its root; the ceilings stand a hundredfold above that and keep every attack file under 256 MB.
 */
export const DEFAULT_LIMITS: ParseLimits = {
  fileBytes: 8 * 1024 ** 3,
  recordChars: 4 * 1024 ** 2,
  tokenChars: 1024 ** 2,
  depth: 64,
  attributes: 256,
};

/** Inputs up to this size are read whole, so that references are resolved across the whole document. */
export const WHOLE_DOCUMENT_BYTES = 8 * 1024 ** 2;
