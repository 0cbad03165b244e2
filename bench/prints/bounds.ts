/** P(X <= k) for a binomial of n trials, by the Poisson limit where n is large against k. */
function atMost(k: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** Upper 95 % bound of a rate of which `count` of `trials` were seen; 3 / trials where none was (rule of three). */
export function upperBound(count: number, trials: number): number {
  if (count > 200) return Math.min(1, (count + 1.645 * Math.sqrt(count) + 1.4) / trials);
  let low = count;
  let high = 3 * count + 10;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (atMost(count, middle) > 0.05) low = middle;
    else high = middle;
  }
  return Math.min(1, high / trials);
}
