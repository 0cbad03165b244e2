import { readFileSync } from 'node:fs';
import { PrintError } from '../errors.ts';
import { compare, type DecodeOptions, encodeTemplate, examine, prepare, type Template } from '../index.ts';
import { decodeTemplate } from '../template/binary.ts';
import { resolutionDoubt } from './notes.ts';
import { type PrintFile, readPrint } from './read-print.ts';

/** Work of one thread: read files into templates, or compare rows of a list with all that follow. */
export type ToolTask =
  | { readonly kind: 'read'; readonly path: string; readonly options: DecodeOptions }
  | {
      readonly kind: 'compare';
      readonly templates: readonly (Uint8Array | null)[];
      readonly from: number;
      readonly to: number;
    };

export type ReadResult =
  | {
      readonly ok: true;
      readonly template: Uint8Array;
      readonly minutiae: number;
      /** The file states no plausible resolution; 500 ppi was assumed. */
      readonly ppiAssumed: boolean;
      /** Why the resolution it was read at is probably wrong. */
      readonly doubt?: string;
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

type Read = Pick<Extract<ReadResult, { ok: true }>, 'ppiAssumed' | 'doubt'> & { readonly read: Template };

function readTemplate(print: PrintFile): Read {
  if (print.kind === 'template') return { read: print.template, ppiAssumed: false };
  const examination = examine(print.image);
  const doubt = resolutionDoubt(examination);
  return {
    read: examination.template,
    ppiAssumed: print.image.ppiAssumed,
    ...(doubt ? { doubt } : {}),
  };
}

async function readOne(path: string, options: DecodeOptions): Promise<ReadResult> {
  try {
    const { read, ...about } = readTemplate(await readPrint(new Uint8Array(readFileSync(path)), options));
    // A template that cannot be compared is told now, by its file.
    prepare(read);
    return { ok: true, template: encodeTemplate(read), minutiae: read.minutiae.length, ...about };
  } catch (error) {
    if (error instanceof PrintError) return { ok: false, code: error.code, message: error.message };
    if (error instanceof Error && 'code' in error)
      return { ok: false, code: String(error.code), message: error.message };
    throw error;
  }
}

/** What a print that cannot be read is compared as: it shows nothing, so its score is the lowest there is. */
const NOTHING: Template = { version: 0, width: 500, height: 500, quality: 0, minutiae: [] };

/** Scores of rows `from` to `to` (exclusive), each with every later row, in order. */
function compareRows(templates: readonly (Uint8Array | null)[], from: number, to: number): Float64Array {
  const ready = templates.slice(from).map((bytes) => prepare(bytes ? decodeTemplate(bytes) : NOTHING));
  const scores: number[] = [];
  for (const [i, a] of ready.slice(0, to - from).entries()) {
    for (const b of ready.slice(i + 1)) scores.push(compare(a, b).score);
  }
  return Float64Array.from(scores);
}

export default function work(task: ToolTask): Promise<ReadResult> | Float64Array {
  return task.kind === 'read'
    ? readOne(task.path, task.options)
    : compareRows(task.templates, task.from, task.to);
}
