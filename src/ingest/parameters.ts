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
  recordChars: 16 * 1024 ** 2,
  tokenChars: 1024 ** 2,
  depth: 64,
  // 1,000,000 elements take 2-4 s to build; a block of 5,000 results has 150,000.
  elements: 200_000,
  attributes: 256,
};

/** Inputs up to this size are read whole, so that references are resolved across the whole document. */
export const WHOLE_DOCUMENT_BYTES = 8 * 1024 ** 2;

/** Records applied in one transaction: enough to be quick, few enough that a recall never waits long. */
export const BATCH_RECORDS = 500;

/**
 * A full snapshot that lacks more than this share of the warrants known (and more than `VANISHED_FEW`) is a
 * broken snapshot, not so many vanished warrants: the file is told about, no warrant is marked.
 */
export const VANISHED_SHARE = 0.2;
export const VANISHED_FEW = 10;

/** Problems kept with a file; the counts stay exact beyond that. */
export const KEPT_PROBLEMS = 1000;

/** While a file is read through, its progress is told after so many records. */
export const TOLD_RECORDS = 1000;

/** Warrants recalled in one transaction of a bulk recall. */
export const BULK_BATCH = 200;

/** Most warrants of one bulk recall: Los Angeles county's unserved warrants of 2001 were about 600,000. */
export const BULK_MOST = 1_000_000;
