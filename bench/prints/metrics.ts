/** Error rates of a matcher from its genuine and impostor scores (FVC definitions). */
export interface ErrorRates {
  /** Equal error rate, interpolated between the two operating points around FMR = FNMR. */
  readonly eer: number;
  /** Lowest FNMR at FMR <= 1 %, 0.1 % and 0. */
  readonly fmr100: number;
  readonly fmr1000: number;
  readonly zeroFmr: number;
}

export interface OperatingPoint {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
}

/** Every operating point, thresholds rising: accept where score >= threshold. */
export function operatingPoints(genuine: readonly number[], impostor: readonly number[]): OperatingPoint[] {
  const g = Float64Array.from(genuine).sort();
  const i = Float64Array.from(impostor).sort();
  const thresholds = [...new Set([...g, ...i])].sort((p, q) => p - q);
  let below = 0;
  let under = 0;
  return [...thresholds, Number.POSITIVE_INFINITY].map((threshold) => {
    while (below < g.length && g[below]! < threshold) below++;
    while (under < i.length && i[under]! < threshold) under++;
    return { threshold, fmr: (i.length - under) / i.length, fnmr: below / g.length };
  });
}

function equalErrorRate(points: readonly OperatingPoint[]): number {
  const at = points.findIndex((p) => p.fnmr >= p.fmr);
  const [before, after] = [points[at - 1], points[at]];
  if (!before || !after) return after ? (after.fmr + after.fnmr) / 2 : 1;
  const gapBefore = before.fmr - before.fnmr;
  const gapAfter = after.fnmr - after.fmr;
  const share = gapBefore + gapAfter === 0 ? 0.5 : gapBefore / (gapBefore + gapAfter);
  return before.fmr + share * (after.fmr - before.fmr);
}

function lowestFnmr(points: readonly OperatingPoint[], fmr: number): number {
  return points.reduce((low, p) => (p.fmr <= fmr ? Math.min(low, p.fnmr) : low), 1);
}

export function errorRates(genuine: readonly number[], impostor: readonly number[]): ErrorRates {
  const points = operatingPoints(genuine, impostor);
  return {
    eer: equalErrorRate(points),
    fmr100: lowestFnmr(points, 0.01),
    fmr1000: lowestFnmr(points, 0.001),
    zeroFmr: lowestFnmr(points, 0),
  };
}
