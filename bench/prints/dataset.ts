import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeImage } from '../../src/match/print/image/index.ts';
import { extract, type PreparedTemplate, prepare } from '../../src/match/print/index.ts';

/** One impression of a set named `<finger>_<impression>.<ext>`, as the FVC competitions name them. */
export interface Impression {
  readonly set: string;
  readonly name: string;
  readonly finger: string;
  readonly template: PreparedTemplate;
  readonly extractionMs: number;
}

const NAMED = /^(\d+)_(\d+)\.(png|tif|tiff|bmp|wsq|jpg|jpeg|jp2)$/i;

/** The FVC-named pictures of a folder, in order. */
export function listImpressions(folder: string): string[] {
  return readdirSync(folder)
    .filter((f) => NAMED.test(f))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Decodes and extracts every impression of a folder. */
export async function loadSet(folder: string): Promise<Impression[]> {
  const impressions: Impression[] = [];
  for (const file of listImpressions(folder)) {
    const image = await decodeImage(readFileSync(join(folder, file)));
    const started = performance.now();
    const template = extract(image);
    impressions.push({
      set: basename(folder),
      name: file.replace(/\.[^.]+$/, ''),
      finger: file.split('_')[0]!,
      template: prepare(template),
      extractionMs: performance.now() - started,
    });
  }
  return impressions;
}
