/** A rectangle of the coefficient plane. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A region that is split in four; on an inverted axis the high-pass half comes first. */
export interface Split extends Region {
  readonly invertX: boolean;
  readonly invertY: boolean;
}

export interface SubbandLayout {
  /** In the order of decomposition, parents first; reconstruct from the end. */
  readonly splits: readonly Split[];
  /** The 60 coded subbands in coding order; 60 to 63 of the standard are always zero and never coded. */
  readonly subbands: readonly Region[];
}

/** Left or upper length of a split: the low-pass half, one longer on odd lengths, unless the axis is inverted. */
function firstHalf(length: number, inverted: boolean): number {
  return inverted ? Math.floor(length / 2) : Math.ceil(length / 2);
}

/**
 * The quarters in reading order. A quarter taken from the right (lower) half holds mirrored frequencies along
 * that axis, so its own split is inverted there.
 */
function quarters(of: Split): [Split, Split, Split, Split] {
  const left = firstHalf(of.width, of.invertX);
  const top = firstHalf(of.height, of.invertY);
  const quarter = (right: boolean, lower: boolean): Split => ({
    x: of.x + (right ? left : 0),
    y: of.y + (lower ? top : 0),
    width: right ? of.width - left : left,
    height: lower ? of.height - top : top,
    invertX: right,
    invertY: lower,
  });
  return [quarter(false, false), quarter(true, false), quarter(false, true), quarter(true, true)];
}

/**
 * The 64-subband decomposition of IAFIS-IC-0110 v3.1, figure 2: two levels of four, then each quarter of the
 * low-pass quadrant in sixteen (its horizontal and vertical neighbours too), and the lowest once more in four.
 */
export function subbandLayout(width: number, height: number): SubbandLayout {
  const image: Split = { x: 0, y: 0, width, height, invertX: false, invertY: false };
  const [low, right, lower] = quarters(image);
  const [lowest, lowRight, lowLower, lowDiagonal] = quarters(low);
  const inLowest = quarters(lowest);
  const inRight = quarters(lowRight);
  const inLower = quarters(lowLower);
  const [base] = quarters(inLowest[0]);
  const sixteen = (groups: readonly Split[]): Region[] => groups.flatMap((group) => quarters(group));
  return {
    splits: [image, low, right, lower, lowRight, lowLower, ...inRight, ...inLower, lowest, ...inLowest, base],
    subbands: [
      ...quarters(base),
      ...sixteen(inLowest).slice(1),
      ...sixteen(inRight),
      ...sixteen(inLower),
      lowDiagonal,
      ...quarters(right),
      ...quarters(lower),
    ],
  };
}
