import type { SubmissionRow } from '../store/index.ts';
import { ANSWER_NAMESPACE } from './answer-model.ts';
import { type Reading, readAnswer } from './answers.ts';
import type { TransmitRun } from './context.ts';
import type { ProfileReading } from './package/profile.ts';

/** A `WarrantAnswer` names itself at the beginning; formats with answers of their own never begin so. */
const HEAD = 300;

function isWarrantAnswer(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, HEAD)).toString('latin1').includes(ANSWER_NAMESPACE);
}

/**
 * What a destination's bytes say about one message: read as the format's own answers where it has them (OJBC
 * reports, text), else as a `WarrantAnswer`, which also says what those formats have no words for (queued, not
 * received) and what a drop itself says.
 */
export function readReply(run: TransmitRun, bytes: Uint8Array, sub: SubmissionRow): Reading | ProfileReading {
  const { packager, store } = run;
  if (!packager.read || isWarrantAnswer(bytes))
    return readAnswer(bytes, { messageId: sub.message_id, sha256: sub.package_sha256 });
  return packager.read(bytes, { messageId: sub.message_id, bytes: store.blobs.get(sub.package_sha256) });
}
