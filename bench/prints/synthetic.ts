import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import {
  compare,
  extract,
  type GreyImage,
  type PreparedTemplate,
  prepare,
} from '../../src/match/print/index.ts';
import {
  drawImpression,
  drawMaster,
  drawSparseFinger,
  drawTemplate,
  type ImpressionKind,
} from '../../src/synth/prints/index.ts';

/**
 * Are synthetic prints about as hard as real ones? Runs the project's matcher over synthetic sets by the FVC
 * protocol (10 fingers x 8 impressions, every genuine and impostor pair) and over real FVC-named folders.
 * Use: `synthetic.ts [--rounds N] [--kinds livescan,inked] [FVC_FOLDER...]`.
 */
const FINGERS = 10;
const IMPRESSIONS = 8;

interface Print {
  readonly finger: string;
  readonly template: PreparedTemplate;
  readonly minutiae: number;
}

export interface Rates {
  readonly genuine: number;
  readonly impostor: number;
  readonly eer: number;
  readonly fmr100: number;
  readonly fmr1000: number;
}

function load(finger: string, image: GreyImage): Print {
  const template = extract(image);
  return { finger, template: prepare(template), minutiae: template.minutiae.length };
}

/** Equal error rate by linear interpolation, and the lowest FNMR at an FMR of at most 1 % and 0.1 %. */
export function ratesOf(genuine: readonly number[], impostor: readonly number[]): Rates {
  const mates = [...genuine].sort((a, b) => a - b);
  const others = [...impostor].sort((a, b) => a - b);
  const thresholds = [...new Set([...mates, ...others])].sort((a, b) => a - b);
  let below = 0;
  let under = 0;
  let last = { fmr: 1, fnmr: 0 };
  let eer = 1;
  let fmr100 = 1;
  let fmr1000 = 1;
  for (const t of [...thresholds, Number.POSITIVE_INFINITY]) {
    while (below < mates.length && mates[below]! < t) below++;
    while (under < others.length && others[under]! < t) under++;
    const point = { fmr: 1 - under / others.length, fnmr: below / mates.length };
    if (eer === 1 && point.fnmr >= point.fmr) {
      const gap = last.fmr - last.fnmr;
      const share = gap / (gap + point.fnmr - point.fmr);
      eer = last.fnmr + (point.fnmr - last.fnmr) * share;
    }
    if (point.fmr <= 0.01) fmr100 = Math.min(fmr100, point.fnmr);
    if (point.fmr <= 0.001) fmr1000 = Math.min(fmr1000, point.fnmr);
    last = point;
  }
  return { genuine: mates.length, impostor: others.length, eer, fmr100, fmr1000 };
}

function scorePairs(prints: readonly Print[]): { genuine: number[]; impostor: number[] } {
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let i = 0; i < prints.length; i++) {
    for (let j = i + 1; j < prints.length; j++) {
      const { score } = compare(prints[i]!.template, prints[j]!.template);
      (prints[i]!.finger === prints[j]!.finger ? genuine : impostor).push(score);
    }
  }
  return { genuine, impostor };
}

type SetKind = ImpressionKind | 'templates';

function drawTemplates(round: number): Print[] {
  const prints: Print[] = [];
  for (let f = 0; f < FINGERS; f++) {
    const finger = drawSparseFinger(`bench/templates/${round}/${f}`);
    for (let i = 0; i < IMPRESSIONS; i++) {
      const template = drawTemplate(finger, i);
      prints.push({ finger: `${f}`, template: prepare(template), minutiae: template.minutiae.length });
    }
  }
  return prints;
}

function drawSet(kind: SetKind, round: number): Print[] {
  if (kind === 'templates') return drawTemplates(round);
  const prints: Print[] = [];
  for (let f = 0; f < FINGERS; f++) {
    const master = drawMaster(`bench/${kind}/${round}/${f}`);
    for (let i = 0; i < IMPRESSIONS; i++) prints.push(load(`${f}`, drawImpression(master, i, { kind })));
  }
  return prints;
}

async function readSet(folder: string): Promise<Print[]> {
  const prints: Print[] = [];
  for (const name of readdirSync(folder)
    .filter((f) => /^\d+_\d+\.png$/.test(f))
    .sort()) {
    const picture = sharp(readFileSync(join(folder, name)));
    const { density } = await picture.metadata();
    const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
    const image = { width: info.width, height: info.height, ppi: density ?? 500, data: new Uint8Array(data) };
    prints.push(load(name.split('_')[0]!, image));
  }
  return prints;
}

function report(name: string, prints: readonly Print[], genuine: number[], impostor: number[]): void {
  const r = ratesOf(genuine, impostor);
  const percent = (x: number): string => `${(100 * x).toFixed(2).padStart(6)} %`;
  const counts = prints.map((p) => p.minutiae).sort((a, b) => a - b);
  const at = (share: number): number => counts[Math.floor(share * (counts.length - 1))] ?? 0;
  const minutiae = `${at(0.1)} / ${at(0.5)} / ${at(0.9)}`;
  console.log(
    `${name.padEnd(24)} EER ${percent(r.eer)}  FMR100 ${percent(r.fmr100)}  FMR1000 ${percent(r.fmr1000)}  minutiae ${minutiae}`,
  );
}

interface Scored {
  readonly prints: Print[];
  readonly genuine: number[];
  readonly impostor: number[];
}

function gather(sets: readonly (readonly Print[])[]): Scored {
  const all: Scored = { prints: [], genuine: [], impostor: [] };
  for (const set of sets) {
    const { genuine, impostor } = scorePairs(set);
    all.prints.push(...set);
    all.genuine.push(...genuine);
    all.impostor.push(...impostor);
  }
  return all;
}

/** One threshold over all sets of a side, as the competition's pooled figures. */
function reportPooled(name: string, parts: readonly Scored[]): void {
  if (parts.length < 2) return;
  const prints = parts.flatMap((p) => p.prints);
  const genuine = parts.flatMap((p) => p.genuine);
  const impostor = parts.flatMap((p) => p.impostor);
  report(name, prints, genuine, impostor);
}

/** Prints the table: a line a kind of synthetic print, a line a real folder, and each side pooled. */
export async function main(args: readonly string[]): Promise<void> {
  const value = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
  };
  const rounds = Number(value('--rounds') ?? 2);
  const kinds = (value('--kinds') ?? 'livescan,capacitive,inked,worn,templates').split(',') as SetKind[];
  const synthetic: Scored[] = [];
  for (const kind of kinds) {
    const scored = gather(Array.from({ length: rounds }, (_, round) => drawSet(kind, round)));
    report(`synthetic ${kind} x${rounds}`, scored.prints, scored.genuine, scored.impostor);
    if (kind !== 'templates') synthetic.push(scored);
  }
  reportPooled('synthetic images, pooled', synthetic);
  const real: Scored[] = [];
  for (const folder of args.filter((a) => a.includes('/') && existsSync(a))) {
    const scored = gather([await readSet(folder)]);
    report(basename(folder), scored.prints, scored.genuine, scored.impostor);
    real.push(scored);
  }
  reportPooled('real, pooled', real);
}

if (import.meta.main) await main(process.argv.slice(2));
