import { PrintError } from '../errors.ts';
import { decodeImage } from '../image/index.ts';
import { compare, decodeTemplate, encodeTemplate, extract, prepare } from '../index.ts';

/** Work of one thread: read pictures into templates, or compare rows of a list with all that follow. */
export type ToolTask =
  | { readonly kind: 'extract'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'compare';
      readonly templates: readonly (Uint8Array | null)[];
      readonly from: number;
      readonly to: number;
    };

export type ExtractResult =
  | { readonly ok: true; readonly template: Uint8Array }
  | { readonly ok: false; readonly code: string; readonly message: string };

async function extractOne(bytes: Uint8Array): Promise<ExtractResult> {
  try {
    return { ok: true, template: encodeTemplate(extract(await decodeImage(bytes))) };
  } catch (error) {
    if (error instanceof PrintError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

/** Scores of rows `from` to `to` (exclusive), each with every later row, in order; a missing template scores 0. */
function compareRows(templates: readonly (Uint8Array | null)[], from: number, to: number): Float64Array {
  const ready = templates.map((bytes, i) => (bytes && i >= from ? prepare(decodeTemplate(bytes)) : null));
  const scores: number[] = [];
  for (let i = from; i < to; i++) {
    for (let j = i + 1; j < ready.length; j++) {
      const [a, b] = [ready[i], ready[j]];
      scores.push(a && b ? compare(a, b).score : 0);
    }
  }
  return Float64Array.from(scores);
}

export default function work(task: ToolTask): Promise<ExtractResult> | Float64Array {
  return task.kind === 'extract' ? extractOne(task.bytes) : compareRows(task.templates, task.from, task.to);
}
