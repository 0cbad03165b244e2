/**
 * Learns the description of minutiae that the 1:N index is built on, from synthetic prints only:
 * node bench/prints/train-index.ts [--templates DIR] [--fingers N]
 * DIR holds templates named FINGER_IMPRESSION.tpl; without it they are drawn (about 1.5 s a finger).
 * Writes src/match/print/search/learned.ts.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decodeTemplate, extract, type Template } from '../../src/match/print/index.ts';
import { placeCentre, walkSurroundings } from '../../src/match/print/search/geometry.ts';
import { bookDimensions, type Model, packModel } from '../../src/match/print/search/model-format.ts';
import { DESCRIPTION, SURROUNDINGS } from '../../src/match/print/search/parameters.ts';
import { eachBump, NUMBERS } from '../../src/match/print/search/surroundings.ts';
import { drawImpression, drawMaster } from '../../src/synth/prints/index.ts';
import { cholesky, largestEigenvectors, multiply, solveLower, solveUpper } from './linear-algebra.ts';

const { dimensions, codes, codeValues } = DESCRIPTION;
const KINDS = ['livescan', 'capacitive', 'inked', 'worn'] as const;
/** Share of the mean within-minutia variance added to every number, so that no number is trusted too much. */
const REGULARISATION = 0.1;

interface Described {
  readonly template: Template;
  readonly numbers: readonly Float64Array[];
}

function numbersOf(template: Template, i: number): Float64Array {
  const numbers = new Float64Array(NUMBERS);
  const { layers } = SURROUNDINGS;
  const add = (place: number, n: number, value: number): void => {
    const { u, v } = placeCentre(place);
    eachBump(u, v, (first, weight) => {
      numbers[first + n]! += weight * value;
    });
  };
  walkSurroundings(template, i, {
    minutia(place, layer, share) {
      add(place, layer, 1 - share);
      add(place, (layer + 1) % layers, share);
    },
    ridge(place, cosine2, sine2) {
      add(place, layers, 1);
      add(place, layers + 1, cosine2);
      add(place, layers + 2, sine2);
    },
  });
  return numbers;
}

function* fingers(directory: string | undefined, count: number): Generator<Template[]> {
  if (!directory) {
    for (let i = 0; i < count; i++) {
      const master = drawMaster(`train-${i}`);
      yield KINDS.map((kind, k) => extract(drawImpression(master, `o${k}`, { kind })));
    }
    return;
  }
  const groups = Map.groupBy(readdirSync(directory).sort(), (name) => name.split('_')[0]!);
  for (const names of groups.values()) {
    yield names.map((name) => decodeTemplate(readFileSync(join(directory, name))));
  }
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** b's minutiae laid on a's so that minutia j falls on minutia i: nearest partners both ways, within tolerance. */
function partners(a: Template, b: Template, i: number, j: number): [number, number][] {
  const from = b.minutiae[j]!;
  const onto = a.minutiae[i]!;
  const turn = onto.direction - from.direction;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const nearest = b.minutiae.map((m) => {
    const [dx, dy] = [m.x - from.x, m.y - from.y];
    const [x, y] = [onto.x + c * dx + s * dy, onto.y - s * dx + c * dy];
    let best = -1;
    let least = 15 * 15;
    for (const [k, n] of a.minutiae.entries()) {
      const distance = (n.x - x) ** 2 + (n.y - y) ** 2;
      if (distance >= least || Math.abs(wrap(n.direction - m.direction - turn)) > 0.4) continue;
      least = distance;
      best = k;
    }
    return { best, least };
  });
  return nearest.flatMap(({ best, least }, k): [number, number][] => {
    const rival = nearest.some((other, o) => o !== k && other.best === best && other.least < least);
    return best >= 0 && !rival ? [[best, k]] : [];
  });
}

/** Unit vectors of the numbers, each divided by its spread. */
function unitRows(of: Described, spread: Float64Array): Float64Array[] {
  return of.numbers.map((numbers) => {
    const row = numbers.map((value, n) => value / spread[n]!);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    return row.map((value) => value / length);
  });
}

/** The same minutiae of two prints of a finger, found by the most alike pairs and the alignment most agree on. */
function sameMinutiae(a: Described, b: Described, spread: Float64Array): [number, number][] {
  const rowsA = unitRows(a, spread);
  const rowsB = unitRows(b, spread);
  const alike = rowsA.flatMap((p, i) =>
    rowsB.map((q, j) => ({ i, j, value: p.reduce((sum, value, n) => sum + value * q[n]!, 0) })),
  );
  alike.sort((p, q) => q.value - p.value);
  let best: [number, number][] = [];
  for (const { i, j } of alike.slice(0, 100)) {
    const found = partners(a.template, b.template, i, j);
    if (found.length > best.length) best = found;
  }
  return best.length >= 10 ? best : [];
}

/** Mean of the outer products of rows with themselves. */
function secondMoment(rows: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(NUMBERS * NUMBERS);
  for (const row of rows) {
    for (let i = 0; i < NUMBERS; i++) {
      const value = row[i]!;
      if (value === 0) continue;
      for (let j = 0; j < NUMBERS; j++) sum[i * NUMBERS + j]! += value * row[j]!;
    }
  }
  return sum.map((value) => value / rows.length);
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(NUMBERS);
  for (const row of rows) for (let i = 0; i < NUMBERS; i++) sum[i]! += row[i]!;
  return sum.map((value) => value / rows.length);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Directions in which minutiae differ most relative to how one minutia differs from print to print. */
function directions(total: Float64Array, within: Float64Array): Float64Array[] {
  const ridge = within.reduce((sum, value, i) => sum + (i % (NUMBERS + 1) === 0 ? value : 0), 0) / NUMBERS;
  const regular = within.map((value, i) =>
    i % (NUMBERS + 1) === 0 ? value + REGULARISATION * ridge : value,
  );
  const lower = cholesky(regular, NUMBERS);
  const apply = (x: Float64Array): Float64Array =>
    solveLower(lower, NUMBERS, multiply(total, NUMBERS, solveUpper(lower, NUMBERS, x.slice())));
  return largestEigenvectors(apply, NUMBERS, dimensions).map((v) => solveUpper(lower, NUMBERS, v));
}

/** k-means over two dimensions from evenly spaced starting points. */
function book(points: readonly (readonly [number, number])[]): number[] {
  const sorted = points.toSorted((p, q) => p[0] - q[0] || p[1] - q[1]);
  let centres = Array.from(
    { length: codeValues },
    (_, c) => sorted[Math.floor(((c + 0.5) * sorted.length) / codeValues)]!,
  );
  for (let round = 0; round < 40; round++) {
    const sums = centres.map(() => [0, 0, 0] as [number, number, number]);
    for (const [a, b] of points) {
      let nearest = 0;
      let least = Number.POSITIVE_INFINITY;
      for (const [c, [x, y]] of centres.entries()) {
        const distance = (a - x) ** 2 + (b - y) ** 2;
        if (distance < least) [least, nearest] = [distance, c];
      }
      const sum = sums[nearest]!;
      sum[0] += a;
      sum[1] += b;
      sum[2]++;
    }
    centres = sums.map(([a, b, n], c) => (n > 0 ? [a / n, b / n] : centres[c]!) as readonly [number, number]);
  }
  return centres.flat();
}

function train(prints: readonly Described[][]): Model {
  const all = prints.flat().flatMap((print) => print.numbers);
  const mean = meanOf(all);
  const centred = all.map((row) => row.map((value, i) => value - mean[i]!));
  const total = secondMoment(centred);
  const spread = mean.map((_, i) => Math.sqrt(total[i * NUMBERS + i]!) + 0.05);
  const differences: Float64Array[] = [];
  for (const finger of prints) {
    for (const [n, a] of finger.entries()) {
      for (const b of finger.slice(n + 1)) {
        for (const [i, j] of sameMinutiae(a, b, spread)) {
          differences.push(a.numbers[i]!.map((value, k) => (value - b.numbers[j]![k]!) / Math.SQRT2));
        }
      }
    }
  }
  console.log(`${all.length} minutiae, ${differences.length} seen twice`);
  const within = secondMoment(differences);
  const axes = directions(total, within).map((axis) => {
    const scale = Math.sqrt(dot(axis, multiply(within, NUMBERS, axis)));
    return axis.map((value) => value / scale);
  });
  const variance = Float32Array.from(axes, (axis) => dot(axis, multiply(total, NUMBERS, axis)));
  console.log(
    `variance over minutiae, within = 1: ${[...variance].map((value) => value.toFixed(1)).join(' ')}`,
  );
  const sample = centred.filter((_, i) => i % 3 === 0).map((row) => axes.map((axis) => dot(axis, row)));
  const books = Array.from({ length: codes }, (_, k) => {
    const [p, q] = bookDimensions(k);
    return book(sample.map((values) => [values[p]!, values[q]!]));
  });
  return {
    projection: Float32Array.from({ length: NUMBERS * dimensions }, (_, i) => {
      return axes[i % dimensions]![Math.floor(i / dimensions)]!;
    }),
    offset: Float32Array.from(axes, (axis) => dot(axis, mean)),
    variance,
    books: Float32Array.from(books.flat()),
  };
}

const { values } = parseArgs({ options: { templates: { type: 'string' }, fingers: { type: 'string' } } });
const prints: Described[][] = [];
for (const templates of fingers(values.templates, Number(values.fingers ?? 320))) {
  prints.push(
    templates.map((template) => ({
      template,
      numbers: template.minutiae.map((_, i) => numbersOf(template, i)),
    })),
  );
}
const lines = packModel(train(prints)).match(/.{1,96}/g) ?? [];
const body = lines.map((line) => `  '${line}',`).join('\n');
writeFileSync(
  fileURLToPath(new URL('../../src/match/print/search/learned.ts', import.meta.url)),
  `/** Written by \`bench/prints/train-index.ts\`; not edited by hand. */\nexport const LEARNED = [\n${body}\n].join('');\n`,
);
