import { createHash } from 'node:crypto';
import type { Verdict } from '../../domain/index.ts';
import { BenchlinkError } from '../../errors.ts';
import type { PrintAttachment, PrintDisposition } from './model.ts';
import { date } from './parts.ts';
import { decimal, node, type Tree } from './tree.ts';

/** The standard the attached file follows. */
const FILE_STANDARD = 'ANSI/NIST-ITL';
const HASH_FUNCTION = 'SHA-256';

/** Verdicts under which a fingerprint-backed number may be packed: a person or the matcher has proved it. */
const PROVED: readonly Verdict[] = ['verified', 'found'];

/** The numbers the print has proved; none under any other verdict, whatever the court or jail claims. */
export function provedNumbers(disposition: PrintDisposition): { cii?: string; fbi?: string } {
  if (!PROVED.includes(disposition.verdict)) return {};
  return {
    ...(disposition.cii ? { cii: disposition.cii } : {}),
    ...(disposition.fbi ? { fbi: disposition.fbi } : {}),
  };
}

/** `biom:Biometric`: what the print is. The image itself is in the attached ANSI/NIST file. */
export function biometric(print: PrintAttachment | undefined): Tree | undefined {
  if (!print) return undefined;
  const image = node({
    'nc:ImageHeightValue': print.height,
    'nc:ImageWidthValue': print.width,
    'biom:ImageAugmentation': node({
      'biom:ImageCompressionAlgorithmText': print.compression,
      'biom:ImageNominalScanningResolutionValue': decimal(print.ppi),
    }),
    'biom:FingerprintImageImpressionCaptureCategoryCode': print.impression,
    'biom:ExemplarFingerPositionCode': String(print.finger),
    'biom:FingerprintImageQuality': node({ 'biom:QualityValue': print.quality }),
  });
  return node({
    'biom:FingerImpressionImageDetail': image,
    'biom:BiometricCapture': node({ 'biom:CaptureDate': date(print.captureDate) }),
  });
}

/**
 * The attached ANSI/NIST file, `nc:BinaryType`.
 * @throws BenchlinkError `PACKAGE-PRINT` if the bytes are not those the hash was taken of
 */
export function printFile(print: PrintAttachment | undefined): Tree | undefined {
  if (!print) return undefined;
  const actual = createHash('sha256').update(print.bytes).digest('hex');
  if (actual !== print.sha256) {
    throw new BenchlinkError('fault', 'PACKAGE-PRINT', 'The attached print is not the one that was checked.');
  }
  const { buffer, byteOffset, length } = print.bytes;
  // No check of the text: Base64 has no character that could not be sent, and it is most of the package.
  return {
    'nc:BinaryHash': { 'nc:BinaryHashCode': print.sha256, 'nc:BinaryHashFunctionCode': HASH_FUNCTION },
    'nc:Base64BinaryObject': Buffer.from(buffer, byteOffset, length).toString('base64'),
    'nc:BinaryFormatStandardName': FILE_STANDARD,
    'nc:BinarySizeValue': length,
  };
}

/** `fta:PrintDispositionType`: the verdict with all it rests on. */
export function dispositionTree(
  disposition: PrintDisposition,
  print: PrintAttachment | undefined,
): Tree | undefined {
  return node({
    'fta:PrintVerdictCode': disposition.verdict,
    'fta:PrintVerdictText': disposition.sentence,
    'fta:PrintScoreValue': decimal(disposition.score),
    'fta:PrintThreshold': disposition.thresholds.map(({ name, value }) =>
      node({ 'fta:ThresholdName': name, 'fta:ThresholdValue': decimal(value) }),
    ),
    'fta:PrintAlgorithmText': disposition.algorithm,
    'fta:PrintPurposeCode': print?.purpose,
  });
}
