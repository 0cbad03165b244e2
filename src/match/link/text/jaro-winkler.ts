const LONGEST = 64;
const takenLeft = new Uint8Array(LONGEST);
const takenRight = new Uint8Array(LONGEST);

/** Marks letters that agree within the window and counts them. */
function countAgreeing(a: string, b: string): number {
  const window = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  takenLeft.fill(0, 0, a.length);
  takenRight.fill(0, 0, b.length);
  let agreeing = 0;
  for (let i = 0; i < a.length; i += 1) {
    const to = Math.min(b.length - 1, i + window);
    for (let j = Math.max(0, i - window); j <= to; j += 1) {
      if (takenRight[j] === 0 && a.charCodeAt(i) === b.charCodeAt(j)) {
        takenLeft[i] = 1;
        takenRight[j] = 1;
        agreeing += 1;
        break;
      }
    }
  }
  return agreeing;
}

function countOutOfOrder(a: string, b: string): number {
  let j = 0;
  let outOfOrder = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (takenLeft[i] === 0) continue;
    while (takenRight[j] === 0) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder += 1;
    j += 1;
  }
  return outOfOrder >> 1;
}

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990: prefix of up to four letters, scale 0.1). Text beyond 64 letters
 * is not looked at. Ours because no installed package has it and it runs tens of millions of times a night.
 */
export function jaroWinkler(left: string, right: string): number {
  const a = left.length > LONGEST ? left.slice(0, LONGEST) : left;
  const b = right.length > LONGEST ? right.slice(0, LONGEST) : right;
  if (a === b) return a.length === 0 ? 0 : 1;
  const agreeing = countAgreeing(a, b);
  if (agreeing === 0) return 0;
  const swapped = countOutOfOrder(a, b);
  const jaro = (agreeing / a.length + agreeing / b.length + (agreeing - swapped) / agreeing) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** The letters of a word as bits, some sharing one. */
export function letterBits(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) bits |= 1 << (text.charCodeAt(i) & 31);
  return bits;
}

function countBits(bits: number): number {
  let n = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) n += 1;
  return n;
}

/**
 * The most the similarity of two words can be, by their lengths, letters and first letter alone: most strangers'
 * names are told apart here, without being compared letter by letter.
 * @param bitsA `letterBits` of a
 */
export function mostSimilar(a: string, bitsA: number, b: string, bitsB: number): number {
  if (a.length > LONGEST || b.length > LONGEST) return 1;
  const agreeing = Math.min(a.length - countBits(bitsA & ~bitsB), b.length - countBits(bitsB & ~bitsA));
  if (agreeing <= 0) return 0;
  const jaro = (agreeing / a.length + agreeing / b.length + 1) / 3;
  return a.charCodeAt(0) === b.charCodeAt(0) ? jaro + 0.4 * (1 - jaro) : jaro;
}
