import {
  decodeImage,
  decodeTemplate,
  encodeTemplate,
  extract,
  indexEntry,
  PrintError,
} from './print/index.ts';

/** What a worker thread makes of one print: a template, its index entry where one is wanted, or why there is none. */
export type TemplateResult =
  | {
      readonly ok: true;
      readonly template: Uint8Array;
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
  | { readonly kind: 'template'; readonly bytes: Uint8Array }
);

/** Runs in a worker thread: bytes in, template bytes out. Never throws for a bad image. */
export default async function makeTemplate(task: TemplateTask): Promise<TemplateResult> {
  try {
    const template =
      task.kind === 'template'
        ? decodeTemplate(task.bytes)
        : extract(await decodeImage(task.bytes, { rawDimensions: task.rawDimensions }));
    return {
      ok: true,
      template: task.kind === 'template' ? task.bytes : encodeTemplate(template),
      quality: template.quality,
      ...(task.indexed ? { entry: indexEntry(template) } : {}),
    };
  } catch (error) {
    if (error instanceof PrintError) return { ok: false, code: error.code };
    throw error;
  }
}
