/**
 * True when one slip of the hand turns `a` into `b`: a character replaced, dropped, added, or two neighbours
 * swapped (optimal string alignment distance of exactly 1).
 */
export function isOneSlip(a: string, b: string): boolean {
  const gap = a.length - b.length;
  if (gap > 1 || gap < -1 || a === b) return false;
  let i = 0;
  const shorter = Math.min(a.length, b.length);
  while (i < shorter && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  if (gap === 1) return a.slice(i + 1) === b.slice(i);
  if (gap === -1) return a.slice(i) === b.slice(i + 1);
  if (a.slice(i + 1) === b.slice(i + 1)) return true;
  const swapped = a.charCodeAt(i) === b.charCodeAt(i + 1) && a.charCodeAt(i + 1) === b.charCodeAt(i);
  return swapped && a.slice(i + 2) === b.slice(i + 2);
}
