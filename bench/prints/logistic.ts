/** A linear model of log odds. */
export interface LinearModel {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** One pair to learn from. */
export interface Sample {
  readonly terms: readonly number[];
  readonly genuine: boolean;
  readonly weight: number;
}

/** Penalty on standardised weights: chosen by leaving one set out at a time, docs/benchmarks.md. */
const RIDGE = 1e-2;
const ROUNDS = 60;
const LONGEST_STEP = 3;

/** Solves a symmetric positive system in place by elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(matrix[r]![c]!) > Math.abs(matrix[pivot]![c]!)) pivot = r;
    [matrix[c], matrix[pivot]] = [matrix[pivot]!, matrix[c]!];
    [right[c], right[pivot]] = [right[pivot]!, right[c]!];
    for (let r = c + 1; r < n; r++) {
      const factor = matrix[r]![c]! / matrix[c]![c]!;
      for (let k = c; k < n; k++) matrix[r]![k]! -= factor * matrix[c]![k]!;
      right[r]! -= factor * right[c]!;
    }
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) right[r]! -= matrix[r]![k]! * right[k]!;
    right[r]! /= matrix[r]![r]!;
  }
  return right;
}

interface Standard {
  readonly mean: number[];
  readonly deviation: number[];
  readonly rows: number[][];
}

/** Terms with mean 0 and deviation 1 under the weights, and a 1 for the bias. */
function standardise(samples: readonly Sample[]): Standard {
  const width = samples[0]?.terms.length ?? 0;
  const columns = Array.from({ length: width }, (_, k) => k);
  const mean = columns.map((k) => samples.reduce((s, r) => s + r.weight * r.terms[k]!, 0));
  const deviation = columns.map(
    (k) => Math.sqrt(samples.reduce((s, r) => s + r.weight * (r.terms[k]! - mean[k]!) ** 2, 0)) + 1e-9,
  );
  const rows = samples.map((r) => [...columns.map((k) => (r.terms[k]! - mean[k]!) / deviation[k]!), 1]);
  return { mean, deviation, rows };
}

function newtonStep(rows: readonly number[][], samples: readonly Sample[], w: readonly number[]): number[] {
  const n = w.length;
  const gradient = w.map((v, k) => (k < n - 1 ? RIDGE * v : 0));
  const hessian = w.map((_, r) => w.map((__, c) => (r === c ? (r < n - 1 ? RIDGE : 1e-9) : 0)));
  for (const [i, row] of rows.entries()) {
    const { genuine, weight } = samples[i]!;
    const odds = row.reduce((s, v, k) => s + v * w[k]!, 0);
    const p = 1 / (1 + Math.exp(-odds));
    const error = weight * (p - (genuine ? 1 : 0));
    const curve = weight * p * (1 - p);
    for (let r = 0; r < n; r++) {
      gradient[r]! += error * row[r]!;
      for (let c = 0; c < n; c++) hessian[r]![c]! += curve * row[r]! * row[c]!;
    }
  }
  return solve(hessian, gradient);
}

/** Logistic regression with a ridge penalty on standardised terms, by Newton's method. */
export function fitLogistic(given: readonly Sample[]): LinearModel {
  const total = given.reduce((s, r) => s + r.weight, 0);
  const samples = given.map((r) => ({ ...r, weight: r.weight / total }));
  const { mean, deviation, rows } = standardise(samples);
  let w: number[] = Array.from({ length: mean.length + 1 }, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(rows, samples, w);
    const longest = Math.max(...step.map(Math.abs));
    w = w.map((v, k) => v - step[k]! * Math.min(1, LONGEST_STEP / longest));
    if (longest < 1e-8) break;
  }
  const weights = mean.map((_, k) => w[k]! / deviation[k]!);
  const bias = w[mean.length]! - weights.reduce((s, v, k) => s + v * mean[k]!, 0);
  return { weights, bias };
}

export function applyModel(model: LinearModel, row: readonly number[]): number {
  return row.reduce((s, v, k) => s + v * model.weights[k]!, model.bias);
}
