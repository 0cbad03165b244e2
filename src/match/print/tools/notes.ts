import type { Examination } from '../extract/index.ts';
import type { DecodedImage } from '../image/index.ts';
import { explainReason } from '../quality/index.ts';

/** What a person should know of a picture whose resolution was taken for one its file does not state. */
export function resolutionNote({ ppi, ppiAssumed, ppiStated }: DecodedImage): string | undefined {
  if (!ppiAssumed) return undefined;
  const states =
    ppiStated === undefined ? 'no resolution' : `${Math.round(ppiStated)} ppi, which cannot be a print's`;
  return `The file states ${states}; it was taken for ${ppi} ppi.`;
}

/** What a person should know of a print that was read, in sentences: its resolution first, then its quality. */
export function notesOf(image: DecodedImage, { quality, measurements }: Examination): string[] {
  const assumed = resolutionNote(image);
  const reasons = quality.reasons.map((reason) => explainReason(reason, measurements));
  return [...(assumed ? [assumed] : []), ...reasons];
}

/** Why the resolution a print was read at is probably wrong. */
export function resolutionDoubt({ quality, measurements }: Examination): string | undefined {
  return quality.reasons.includes('wrong-resolution')
    ? explainReason('wrong-resolution', measurements)
    : undefined;
}
