/**
 * A seeded source of randomness for synthetic data. The same seed gives the same draws on every machine.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded through an FNV-1a hash.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One element, each equally likely. @throws RangeError on an empty list */
  pick<T>(items: readonly T[]): T;
  /** An index of `weights`, with probability in proportion to its weight. */
  weighted(weights: readonly number[]): number;
  /** A normal draw. */
  normal(mean: number, deviation: number): number;
  /** A new array in random order. */
  shuffled<T>(items: readonly T[]): T[];
  /** An independent source named by `label`: drawing from it does not disturb this one. */
  fork(label: string): Random;
}

/** FNV-1a, 32 bits, started from `basis`. */
function hashText(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** sfc32 with 15 warm-up rounds, so that near seeds part at once. */
function sfc32(seed: string): () => number {
  let a = hashText(seed, 0x811c9dc5);
  let b = hashText(seed, 0x9e3779b9);
  let c = hashText(seed, 0x85ebca6b);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i += 1) next();
  return next;
}

/** A source of randomness from a seed. */
export function createRandom(seed: string | number): Random {
  const name = String(seed);
  const next = sfc32(name);
  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (p) => next() < p,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[Math.floor(next() * items.length)] as T;
    },
    weighted(weights) {
      let rest = next() * weights.reduce((sum, w) => sum + w, 0);
      for (let i = 0; i < weights.length; i += 1) {
        rest -= weights[i] as number;
        if (rest < 0) return i;
      }
      return weights.length - 1;
    },
    normal(mean, deviation) {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * next());
    },
    shuffled<T>(items: readonly T[]): T[] {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = Math.floor(next() * (i + 1));
        [out[i], out[j]] = [out[j] as T, out[i] as T];
      }
      return out;
    },
    fork: (label) => createRandom(`${name}/${label}`),
  };
  return random;
}
