import type { SubmissionRow } from '../store/index.ts';
import { type Reading, readAnswer } from './answers.ts';
import type { TransmitRun } from './context.ts';
import type { ProfileReading } from './package/profile.ts';

/**
 * What a destination's bytes say about one message: read as the format's own answers where it has them (OJBC
 * reports, text), else as a `WarrantAnswer`.
 */
export function readReply(run: TransmitRun, bytes: Uint8Array, sub: SubmissionRow): Reading | ProfileReading {
  const { packager, store } = run;
  if (!packager.read) return readAnswer(bytes, { messageId: sub.message_id, sha256: sub.package_sha256 });
  return packager.read(bytes, { messageId: sub.message_id, bytes: store.blobs.get(sub.package_sha256) });
}
