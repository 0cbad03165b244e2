/** Dense symmetric matrices, row by row; just what the training of the index needs. */

/** Lower triangle L with L * L' = a. */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]!;
    }
  }
  return l;
}

/** x with L * x = b, in place. */
export function solveLower(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  return b;
}

/** x with L' * x = b, in place. */
export function solveUpper(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  return b;
}

export function multiply(a: Float64Array, n: number, x: Float64Array): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k]! * x[k]!;
    out[i] = sum;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Makes each vector orthogonal to those before it and of length 1 (Gram-Schmidt). */
function orthonormalise(vectors: Float64Array[]): void {
  for (const [k, v] of vectors.entries()) {
    for (const u of vectors.slice(0, k)) {
      const share = dot(u, v);
      for (let i = 0; i < v.length; i++) v[i]! -= share * u[i]!;
    }
    const length = Math.sqrt(dot(v, v));
    for (let i = 0; i < v.length; i++) v[i]! /= length;
  }
}

/** Eigenvectors of the `count` largest eigenvalues under `apply`, largest first, by subspace iteration. */
export function largestEigenvectors(
  apply: (x: Float64Array) => Float64Array,
  n: number,
  count: number,
): Float64Array[] {
  let vectors: Float64Array[] = Array.from({ length: count + 8 }, (_, k) =>
    Float64Array.from(
      { length: n },
      (_, i) => ((i * 7919 + k * 104729 + ((i * k) % 13)) % 1009) / 1009 - 0.5,
    ),
  );
  orthonormalise(vectors);
  for (let round = 0; round < 120; round++) {
    vectors = vectors.map(apply);
    orthonormalise(vectors);
  }
  return vectors
    .map((v) => ({ v, value: dot(v, apply(v)) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count)
    .map(({ v }) => v);
}
