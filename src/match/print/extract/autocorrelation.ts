/** Autocorrelation of a signal about its mean, by lag, into the target. */
export function autocorrelate(signal: Float64Array, target: Float64Array): void {
  let mean = 0;
  for (let k = 0; k < signal.length; k++) mean += signal[k]! / signal.length;
  for (let lag = 0; lag < target.length; lag++) {
    let sum = 0;
    for (let k = 0; k + lag < signal.length; k++) sum += (signal[k]! - mean) * (signal[k + lag]! - mean);
    target[lag] = sum / (signal.length - lag);
  }
}
