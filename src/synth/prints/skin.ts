import { MASTER } from './parameters.ts';

/** Half width of the skin at a height, pixels; 0 above the fingertip. A round tip on nearly straight sides. */
export function skinHalfWidth(y: number): number {
  const shoulder = MASTER.height * 0.45;
  const half = MASTER.width / 2 - 2;
  if (y >= shoulder) return half;
  const up = (shoulder - y) / (shoulder - 4);
  return up >= 1 ? 0 : half * Math.sqrt(Math.sqrt(1 - up * up * up));
}
