import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DecodedImage, decodeImage } from '../../src/match/print/image/index.ts';
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

/** One picture of a set. */
export interface Picture {
  readonly set: string;
  readonly file: string;
  readonly finger: string;
  readonly image: DecodedImage;
}

/** Decodes every impression of a folder. */
export async function readPictures(folder: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const file of listImpressions(folder)) {
    const image = await decodeImage(readFileSync(join(folder, file)));
    pictures.push({ set: basename(folder), file, finger: file.split('_')[0]!, image });
  }
  return pictures;
}

/** Decodes and extracts every impression of a folder. */
export async function loadSet(folder: string): Promise<Impression[]> {
  const impressions: Impression[] = [];
  for (const { set, file, finger, image } of await readPictures(folder)) {
    const started = performance.now();
    const template = extract(image);
    impressions.push({
      set,
      name: file.replace(/\.[^.]+$/, ''),
      finger,
      template: prepare(template),
      extractionMs: performance.now() - started,
    });
  }
  return impressions;
}
