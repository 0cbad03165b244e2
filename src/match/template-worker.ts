import { decodeImage, encodeTemplate, extract, PrintError } from './print/index.ts';

/** What a worker thread makes of one image: a template, or the reason there is none. */
export type TemplateResult =
  | { readonly ok: true; readonly template: Uint8Array; readonly quality: number }
  | { readonly ok: false; readonly code: string };

/** A stored print: its bytes, and its size for the few that have no header of their own. */
export interface TemplateTask {
  readonly bytes: Uint8Array;
  readonly rawDimensions: { readonly width: number; readonly height: number; readonly ppi: number };
}

/** Runs in a worker thread: image bytes in, template bytes out. Never throws for a bad image. */
export default async function makeTemplate({ bytes, rawDimensions }: TemplateTask): Promise<TemplateResult> {
  try {
    const template = extract(await decodeImage(bytes, { rawDimensions }));
    return { ok: true, template: encodeTemplate(template), quality: template.quality };
  } catch (error) {
    if (error instanceof PrintError) return { ok: false, code: error.code };
    throw error;
  }
}
