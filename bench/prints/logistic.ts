/** A linear model of log odds. */
export interface LinearModel {
  readonly weights: readonly number[];
  readonly bias: number;
}

const RIDGE = 1e-3;
const ROUNDS = 40;

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

function standardise(rows: readonly (readonly number[])[]): {
  mean: number[];
  deviation: number[];
  standard: number[][];
} {
  const width = rows[0]?.length ?? 0;
  const mean = Array.from({ length: width }, (_, k) => rows.reduce((s, r) => s + r[k]!, 0) / rows.length);
  const deviation = mean.map(
    (m, k) => Math.sqrt(rows.reduce((s, r) => s + (r[k]! - m) ** 2, 0) / rows.length) + 1e-9,
  );
  const standard = rows.map((r) => [...r.map((v, k) => (v - mean[k]!) / deviation[k]!), 1]);
  return { mean, deviation, standard };
}

function newtonStep(rows: readonly number[][], labels: readonly boolean[], w: readonly number[]): number[] {
  const n = w.length;
  const gradient = w.map((v, k) => (k < n - 1 ? RIDGE * v : 0));
  const hessian = w.map((_, r) => w.map((__, c) => (r === c ? (r < n - 1 ? RIDGE : 1e-9) : 0)));
  for (const [i, row] of rows.entries()) {
    const odds = row.reduce((s, v, k) => s + v * w[k]!, 0);
    const p = 1 / (1 + Math.exp(-odds));
    const error = (p - (labels[i] ? 1 : 0)) / rows.length;
    const curve = (p * (1 - p)) / rows.length;
    for (let r = 0; r < n; r++) {
      gradient[r]! += error * row[r]!;
      for (let c = 0; c < n; c++) hessian[r]![c]! += curve * row[r]! * row[c]!;
    }
  }
  return solve(hessian, gradient);
}

/** Logistic regression with a small ridge penalty on standardised terms, by Newton's method. */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[]): LinearModel {
  const { mean, deviation, standard } = standardise(rows);
  let w: number[] = Array.from({ length: mean.length + 1 }, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(standard, labels, w);
    w = w.map((v, k) => v - step[k]!);
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  const weights = mean.map((_, k) => w[k]! / deviation[k]!);
  const bias = w[mean.length]! - weights.reduce((s, v, k) => s + v * mean[k]!, 0);
  return { weights, bias };
}

export function applyModel(model: LinearModel, row: readonly number[]): number {
  return row.reduce((s, v, k) => s + v * model.weights[k]!, model.bias);
}
