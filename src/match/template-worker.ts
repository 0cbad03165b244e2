import { QUALITY_GOOD } from './parameters.ts';
import {
  decodeImage,
  decodeTemplate,
  encodeTemplate,
  examine,
  indexEntry,
  PrintError,
  type Quality,
  type Template,
} from './print/index.ts';

/** What a worker thread makes of one print: a template, its index entry where one is wanted, or why there is none. */
export type TemplateResult =
  | {
      readonly ok: true;
      readonly template: Uint8Array;
      /** How much the print's disagreement proves: the template's quality, or less (`heldQuality`). */
      readonly quality: number;
      readonly entry?: Uint8Array;
    }
  | { readonly ok: false; readonly code: string };

/** A stored print: its bytes, and its size for the few that have no header of their own; or its template. */
export type TemplateTask = { readonly indexed: boolean } & (
  | {
      readonly kind: 'image';
      readonly bytes: Uint8Array;
      readonly rawDimensions: { readonly width: number; readonly height: number; readonly ppi: number };
    }
  | { readonly kind: 'template'; readonly bytes: Uint8Array; readonly quality: number }
);

/**
 * A print whose ridges show that its stated resolution is wrong was read at a wrong scale: it differs from its own mate,
 * however clear it is, so it counts as poor.
 */
function heldQuality({ value, reasons }: Quality): number {
  return reasons.includes('wrong-resolution') ? Math.min(value, QUALITY_GOOD - 1) : value;
}

/** What a picture or a stored template gives. */
async function read(task: TemplateTask): Promise<{ template: Template; bytes: Uint8Array; quality: number }> {
  if (task.kind === 'template')
    return { template: decodeTemplate(task.bytes), bytes: task.bytes, quality: task.quality };
  const { template, quality } = examine(await decodeImage(task.bytes, { rawDimensions: task.rawDimensions }));
  return { template, bytes: encodeTemplate(template), quality: heldQuality(quality) };
}

/** Runs in a worker thread: bytes in, template bytes out. Never throws for a bad image. */
export default async function makeTemplate(task: TemplateTask): Promise<TemplateResult> {
  try {
    const { template, bytes, quality } = await read(task);
    return {
      ok: true,
      template: bytes,
      quality,
      ...(task.indexed ? { entry: indexEntry(template) } : {}),
    };
  } catch (error) {
    if (error instanceof PrintError) return { ok: false, code: error.code };
    throw error;
  }
}
