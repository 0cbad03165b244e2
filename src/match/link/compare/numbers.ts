import { HEIGHT_BANDS, WEIGHT_BANDS } from '../parameters.ts';

/** Levels of agreement of an identifier, best first. */
export const NUMBER = { exact: 1, slip: 2, tail: 3, other: 4 } as const;

const BASE = 37;
const left = new Uint8Array(12);
const right = new Uint8Array(12);

/** Characters of an encoded identifier, last first, into `out`; gives their count. */
function unpack(code: number, out: Uint8Array): number {
  let length = 0;
  for (let rest = code; rest > 0; length += 1) {
    const next = Math.floor(rest / BASE);
    out[length] = rest - next * BASE;
    rest = next;
  }
  return length;
}

/** `left` equals `right` from place `i` on in the longer, with one character there taken out. */
function equalWithout(longer: Uint8Array, shorter: Uint8Array, i: number, length: number): boolean {
  for (let k = i; k < length; k += 1) if (longer[k + 1] !== shorter[k]) return false;
  return true;
}

function equalFrom(i: number, length: number): boolean {
  for (let k = i; k < length; k += 1) if (left[k] !== right[k]) return false;
  return true;
}

function isSlip(n: number, m: number): boolean {
  const shorter = Math.min(n, m);
  let i = 0;
  while (i < shorter && left[i] === right[i]) i += 1;
  if (n === m + 1) return equalWithout(left, right, i, m);
  if (m === n + 1) return equalWithout(right, left, i, n);
  if (n !== m) return false;
  if (equalFrom(i + 1, n)) return true;
  return left[i] === right[i + 1] && left[i + 1] === right[i] && equalFrom(i + 2, n);
}

/** How two encoded identifiers agree: the same, one slip apart, the same last four, or not. */
export function numberLevel(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return NUMBER.exact;
  if (a < 0 || b < 0) return NUMBER.other;
  const [n, m] = [unpack(a, left), unpack(b, right)];
  const tail = left[0] === right[0] && left[1] === right[1] && left[2] === right[2] && left[3] === right[3];
  if (tail && (n === 4 || m === 4)) return NUMBER.tail;
  if (n > 4 && m > 4 && isSlip(n, m)) return NUMBER.slip;
  return tail && n >= 4 && m >= 4 ? NUMBER.tail : NUMBER.other;
}

function bandLevel(a: number, b: number, bands: readonly number[]): number {
  if (a === 0 || b === 0) return 0;
  const apart = Math.abs(a - b);
  const band = bands.findIndex((limit) => apart <= limit);
  return band < 0 ? bands.length + 1 : band + 1;
}

export const heightLevel = (a: number, b: number): number => bandLevel(a, b, HEIGHT_BANDS);
export const weightLevel = (a: number, b: number): number => bandLevel(a, b, WEIGHT_BANDS);
