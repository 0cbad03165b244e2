/**
 * Fits print quality to match scores on synthetic prints, and shows error versus reject on prints kept apart:
 * node bench/prints/train-quality.ts [--fingers N] [FVC FOLDER...]
 * Prints the weights for src/match/print/quality/parameters.ts; writes nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { examine } from '../../src/match/print/extract/index.ts';
import {
  compare,
  decodeImage,
  type GreyImage,
  type PreparedTemplate,
  prepare,
} from '../../src/match/print/index.ts';
import { growing } from '../../src/match/print/quality/judge.ts';
import { drawImpression, drawMaster } from '../../src/synth/prints/index.ts';

interface Sample {
  readonly finger: string;
  readonly quality: number;
  readonly features: readonly number[];
  readonly prepared: PreparedTemplate;
}

const KINDS = ['livescan', 'capacitive', 'inked', 'worn'] as const;
const CARE = [
  {},
  { quality: 0.2 },
  { quality: 0.4, partial: 0.7 },
  { quality: 0.05 },
  { quality: 0.6, partial: 0.45 },
  {},
];
const NAMES = Object.keys(
  growing(examine({ width: 64, height: 64, ppi: 500, data: new Uint8Array(4096) }).measurements),
);

function sampleOf(finger: string, image: GreyImage): Sample {
  const { template, quality, measurements } = examine(image);
  return {
    finger,
    quality: quality.value,
    features: Object.values(growing(measurements)),
    prepared: prepare(template),
  };
}

function drawn(fingers: number): Sample[] {
  return Array.from({ length: fingers }, (_, i) => {
    const master = drawMaster(`quality-${i}`);
    return CARE.map((care, k) =>
      sampleOf(String(i), drawImpression(master, `q${k}`, { kind: KINDS[(i + k) % 4]!, ...care })),
    );
  }).flat();
}

async function read(folder: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const name of readdirSync(folder).sort()) {
    const image = await decodeImage(readFileSync(join(folder, name)));
    samples.push(sampleOf(`${basename(folder)}/${name.split('_')[0]}`, image));
  }
  return samples;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

function genuine(samples: readonly Sample[]): Pair[] {
  return samples.flatMap((x, a) =>
    samples.flatMap((y, b) =>
      b > a && x.finger === y.finger ? [{ a, b, score: compare(x.prepared, y.prepared).score }] : [],
    ),
  );
}

/** Score that one impostor pair in a thousand reaches, over 40 pairs a print. */
function thresholdOf(samples: readonly Sample[]): number {
  const scores = samples.flatMap((x, a) =>
    Array.from({ length: 40 }, (_, k) => samples[(a + 1 + k * 31) % samples.length]!)
      .filter((y) => y.finger !== x.finger)
      .map((y) => compare(x.prepared, y.prepared).score),
  );
  return scores.sort((p, q) => q - p)[Math.floor(scores.length / 1000)]!;
}

/** Weights of 0 or more that least miss the targets (coordinate descent), and the constant. */
function nonNegative(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): { weights: number[]; constant: number } {
  const means = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  const level = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const weights = means.map(() => 0);
  const residual = targets.map((value) => value - level);
  for (let round = 0; round < 3000; round++) {
    for (const [k, mean] of means.entries()) {
      let along = 0;
      let square = 0;
      for (const [i, row] of rows.entries()) {
        along += (row[k]! - mean) * residual[i]!;
        square += (row[k]! - mean) ** 2;
      }
      const next = Math.max(0, weights[k]! + along / square);
      for (const [i, row] of rows.entries()) residual[i]! -= (next - weights[k]!) * (row[k]! - mean);
      weights[k] = next;
    }
  }
  return { weights, constant: level - weights.reduce((sum, w, k) => sum + w * means[k]!, 0) };
}

function errorVersusReject(label: string, samples: readonly Sample[]): void {
  const pairs = genuine(samples);
  const threshold = thresholdOf(samples);
  const quality = (pair: Pair): number => Math.min(samples[pair.a]!.quality, samples[pair.b]!.quality);
  const ordered = pairs.toSorted((p, q) => quality(p) - quality(q));
  const row = [0, 5, 10, 20, 30, 40, 50].map((percent) => {
    const kept = ordered.slice(Math.floor((ordered.length * percent) / 100));
    return `${percent}%: ${((100 * kept.filter((p) => p.score < threshold).length) / kept.length).toFixed(2)}`;
  });
  console.log(`${label}: FNMR in % at FMR 0.1 % with the worst pairs rejected  ${row.join('  ')}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fingers: { type: 'string' } },
});
const training = drawn(Number(values.fingers ?? 110));
const sums = training.map((): number[] => []);
for (const { a, b, score } of genuine(training)) {
  for (const i of [a, b]) sums[i]!.push(Math.max(-10, Math.min(20, score)));
}
const targets = sums.map((scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length);
const { weights, constant } = nonNegative(
  training.map((sample) => sample.features),
  targets,
);
console.log(
  `constant ${constant.toFixed(2)}, ${NAMES.map((name, k) => `${name} ${weights[k]!.toFixed(2)}`).join(', ')}`,
);
errorVersusReject('synthetic, trained on', training);
const kept = (await Promise.all(positionals.map(read))).flat();
if (kept.length > 0) errorVersusReject('kept apart', kept);
