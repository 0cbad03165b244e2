import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ALGORITHM_VERSION,
  decodeTemplate,
  encodeTemplate,
  extract,
  prepare,
} from '../../src/match/print/index.ts';
import { drawImpression, drawMaster } from '../../src/synth/prints/index.ts';
import type { Impression } from './dataset.ts';

const KINDS = ['livescan', 'capacitive', 'inked', 'worn'] as const;

/**
 * Synthetic thumbs of full size, two impressions each: live scan, then one of four kinds of sensor. Drawing takes
 * about 0.4 s a finger; `cache` names a folder where the templates are kept.
 */
export function drawThumbs(fingers: number, cache?: string): Impression[] {
  if (cache) mkdirSync(cache, { recursive: true });
  return Array.from({ length: fingers }, (_, f) => f).flatMap((f) =>
    [0, 1].map((touch) => {
      const name = `${f}_${touch}`;
      const file = cache && join(cache, `${name}.v${ALGORITHM_VERSION}.template`);
      const bytes = file && existsSync(file) ? readFileSync(file) : drawOne(f, touch);
      if (file && !existsSync(file)) writeFileSync(file, bytes);
      const template = prepare(decodeTemplate(bytes));
      return { set: 'synthetic thumbs', name, finger: `${f}`, template, extractionMs: Number.NaN };
    }),
  );
}

function drawOne(finger: number, touch: number): Uint8Array {
  const kind = touch === 0 ? 'livescan' : KINDS[finger % KINDS.length]!;
  return encodeTemplate(extract(drawImpression(drawMaster(`big-${finger}`), touch, { kind })));
}

/** Every other finger, so that what is learnt on some is measured on others. */
export function halfOf(thumbs: readonly Impression[], which: 0 | 1): Impression[] {
  return thumbs.filter((t) => Number(t.finger) % 2 === which);
}
