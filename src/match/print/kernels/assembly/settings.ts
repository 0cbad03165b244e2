import { SETTINGS } from '../layout';

/** One of the numbers of `parameters.ts`, as the host wrote it. */
// @ts-ignore: decorator
@inline
export function setting(at: i32): f64 {
  return load<f64>(<usize>SETTINGS + <usize>at);
}

/** A section of a packed template, whose offset its header holds. */
// @ts-ignore: decorator
@inline
export function section(template: usize, at: usize): usize {
  return template + load<u32>(template + at);
}

/** Rounds as `Math.round` of JavaScript does. */
// @ts-ignore: decorator
@inline
export function rounded(x: f64): f64 {
  const up = ceil<f64>(x);
  return select<f64>(up, up - 1, up - 0.5 <= x);
}
