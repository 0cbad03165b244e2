/**
 * Sine, arc tangent and exponential from IEEE 754 basic operations only. `Math.sin` and its kin may differ in
 * the last bit between engines and machines; a template must not.
 */

export const TURN = 2 * Math.PI;

/** 1 / (k (k + 1)) for k = 2, 4, 6, ... */
const SINE = Float64Array.from({ length: 9 }, (_, k) => 1 / (2 * k * (2 * k + 1)));

/** Sine by its Taylor series on [-pi/2, pi/2]; absolute error below 1e-11. */
export function sine(x: number): number {
  let r = x - TURN * Math.floor(x / TURN + 0.5);
  if (r > Math.PI / 2) r = Math.PI - r;
  else if (r < -Math.PI / 2) r = -Math.PI - r;
  const s = r * r;
  let sum = 1;
  for (let k = 8; k >= 1; k--) sum = 1 - s * SINE[k]! * sum;
  return r * sum;
}

export function cosine(x: number): number {
  return sine(x + Math.PI / 2);
}

/** 1 / 1, 1 / 3, 1 / 5, ... */
const ODD = Float64Array.from({ length: 11 }, (_, k) => 1 / (2 * k + 1));

const TAN_PI_8 = Math.sqrt(2) - 1;

/** Arc tangent of t in [0, 1]; absolute error below 1e-9. */
function arcTangentUnit(t: number): number {
  const high = t > TAN_PI_8;
  const u = high ? (t - 1) / (t + 1) : t;
  const s = u * u;
  let sum = 0;
  for (let k = 10; k >= 0; k--) sum = ODD[k]! - s * sum;
  return (high ? Math.PI / 4 : 0) + u * sum;
}

/** Angle of (x, y) in (-pi, pi]; 0 for the origin. */
export function arcTangent2(y: number, x: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (ax === 0 && ay === 0) return 0;
  const base = ax >= ay ? arcTangentUnit(ay / ax) : Math.PI / 2 - arcTangentUnit(ax / ay);
  const upper = x < 0 ? Math.PI - base : base;
  return y < 0 ? -upper : upper;
}

/** e^x; relative error below 1e-11 for |x| < 50. */
export function exponential(x: number): number {
  if (x < -700) return 0;
  const halvings = 12;
  const r = x / (1 << halvings);
  let value = 1 + r * (1 + (r / 2) * (1 + (r / 3) * (1 + (r / 4) * (1 + (r / 5) * (1 + r / 6)))));
  for (let k = 0; k < halvings; k++) value *= value;
  return value;
}

/** Natural logarithm of x > 0; absolute error below 1e-11. */
export function logarithm(x: number): number {
  let mantissa = x;
  let halvings = 0;
  while (mantissa > Math.SQRT2) {
    mantissa /= 2;
    halvings++;
  }
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    halvings--;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let k = 7; k >= 0; k--) sum = ODD[k]! + s * s * sum;
  return 2 * s * sum + halvings * Math.LN2;
}
