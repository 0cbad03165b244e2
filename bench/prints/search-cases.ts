import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Template } from '../../src/match/print/index.ts';
import { readPrint, templateOf } from '../../src/match/print/tools/read-print.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';

/** A probe and other impressions of its finger; each pair is one search. */
export interface Case {
  readonly probe: Template;
  readonly mates: readonly Template[];
}

export function drawnCases(count: number): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const finger = drawSparseFinger(`bench-mate-${i}`);
    return { probe: drawTemplate(finger, 'later'), mates: [drawTemplate(finger, 'enrolled')] };
  });
}

interface Impression {
  readonly finger: string;
  readonly template: Template;
}

async function readAll(folders: readonly string[]): Promise<Impression[]> {
  const impressions: Impression[] = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).sort()) {
      const print = await readPrint(readFileSync(join(folder, name)));
      impressions.push({ finger: `${basename(folder)}/${name.split('_')[0]}`, template: templateOf(print) });
    }
  }
  return impressions;
}

/**
 * Real prints named FINGER_IMPRESSION: `count` impressions spread evenly over fingers and, as sets count impressions in
 * the same way, over their places in a stretch too; each against the others of its finger.
 */
export async function realCases(folders: readonly string[], count: number): Promise<Case[]> {
  const impressions = await readAll(folders);
  const step = Math.max(1, Math.floor(impressions.length / count));
  return impressions
    .filter((_, i) => i % step === Math.floor(i / step) % step)
    .map(({ finger, template }) => ({
      probe: template,
      mates: impressions.filter((p) => p.finger === finger && p.template !== template).map((p) => p.template),
    }));
}
