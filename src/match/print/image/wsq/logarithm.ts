/**
 * Natural logarithm of x > 0 from IEEE 754 basic operations only, so that a file encoded on any machine has the same
 * bytes; `Math.log` may differ in the last bit. Relative error below 1e-13.
 */
export function logarithm(x: number): number {
  let mantissa = x;
  let powers = 0;
  while (mantissa > Math.SQRT2) {
    mantissa /= 2;
    powers++;
  }
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    powers--;
  }
  const u = (mantissa - 1) / (mantissa + 1);
  const square = u * u;
  let sum = 0;
  for (let k = 21; k >= 1; k -= 2) sum = 1 / k + square * sum;
  return 2 * u * sum + powers * Math.LN2;
}
