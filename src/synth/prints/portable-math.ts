/**
 * Transcendental functions from + - * / alone. `Math.sin` and its kin may differ in the last bit between
 * engines and versions, and ridge growth amplifies the last bit into another finger; IEEE 754 arithmetic
 * and `Math.sqrt` may not differ anywhere.
 */

const HALF_PI = Math.PI / 2;

function sineCore(x: number): number {
  const s = x * x;
  return (
    x *
    (1 -
      (s / 6) *
        (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - (s / 156) * (1 - s / 210)))))))
  );
}

function cosineCore(x: number): number {
  const s = x * x;
  return (
    1 -
    (s / 2) *
      (1 - (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - (s / 90) * (1 - (s / 132) * (1 - s / 182))))))
  );
}

/** Sine of an angle in radians, error below 1e-13 for |x| < 1000. */
export function sine(x: number): number {
  const quarter = Math.round(x / HALF_PI);
  const rest = x - quarter * HALF_PI;
  const phase = ((quarter % 4) + 4) % 4;
  if (phase === 0) return sineCore(rest);
  if (phase === 1) return cosineCore(rest);
  return phase === 2 ? -sineCore(rest) : -cosineCore(rest);
}

/** Cosine of an angle in radians. */
export function cosine(x: number): number {
  return sine(x + HALF_PI);
}

/** e to the power x; 0 below -700. */
export function exponential(x: number): number {
  if (x < -700) return 0;
  const halvings = x === 0 ? 0 : Math.max(0, Math.ceil(Math.abs(x)));
  // e^x = (e^(x / 2^k))^(2^k): at most 11 squarings, each one rounding.
  let squarings = 0;
  for (let reach = 0.25; reach < halvings; reach *= 2) squarings++;
  let r = x;
  for (let i = 0; i < squarings; i++) r /= 2;
  let y =
    1 +
    r *
      (1 +
        (r / 2) *
          (1 + (r / 3) * (1 + (r / 4) * (1 + (r / 5) * (1 + (r / 6) * (1 + (r / 7) * (1 + r / 8)))))));
  for (let i = 0; i < squarings; i++) y *= y;
  return y;
}

/** arctan for |x| <= tan(pi / 8), by its series. */
function arctanCore(x: number): number {
  const s = x * x;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = 1 / k - s * sum;
  return x * sum;
}

/** Angle of (x, y) in (-pi, pi], as `Math.atan2`; 0 at the origin. */
export function arctan2(y: number, x: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (ax === 0 && ay === 0) return 0;
  const swap = ay > ax;
  const t = swap ? ax / ay : ay / ax;
  // atan(t) = pi/4 + atan((t - 1) / (t + 1)) above tan(pi/8).
  const a = t > Math.SQRT2 - 1 ? Math.PI / 4 + arctanCore((t - 1) / (t + 1)) : arctanCore(t);
  const first = swap ? HALF_PI - a : a;
  const upper = x < 0 ? Math.PI - first : first;
  return y < 0 ? -upper : upper;
}

/** 0 below `from`, 1 above `to`, a smooth cubic between. */
export function smoothStep(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
