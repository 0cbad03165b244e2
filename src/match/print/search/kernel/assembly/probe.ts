// AssemblyScript: where the probe's parts and the tables lie in memory (byte offsets), and the settings.

export let evidenceAt: usize = 0;
export let directionsAt: usize = 0;
export let xAt: usize = 0;
export let yAt: usize = 0;
/** By place: minutiae near (u8), their places (i16 pairs) and directions (u8), all in the same order. */
export let gridAt: usize = 0;
export let gridPlacesAt: usize = 0;
export let gridDirectionsAt: usize = 0;
/** Minutiae of the probe, and how many of them, the first, the first step looks for. */
export let probeCount: i32 = 0;
export let scanCount: i32 = 0;
/** For each part of the probe (those of the first step, and the others), u8: how many are of a lower direction. */
export let startsAt: usize = 0;
export let othersAt: usize = 0;
/** Where minutiae of the probe lie, widened by the margin. */
export let left: i32 = 0;
export let right: i32 = 0;
export let top: i32 = 0;
export let bottom: i32 = 0;
export let cosines: usize = 0;
export let sines: usize = 0;
export let sharesAt: usize = 0;
export let turnLimit: i32 = 0;
/** How far directions of a pair that lies right may differ, what is added to its evidence, and the least it counts. */
export let turnTolerance: i32 = 0;
export let bonus: i32 = 0;
export let floor: i32 = 0;

export function setProbe(
  evidence: usize, directions: usize, x: usize, y: usize,
  grid: usize, gridPlaces: usize, gridDirections: usize, starts: usize, others: usize,
  count: i32, scanned: i32, boxLeft: i32, boxRight: i32, boxTop: i32, boxBottom: i32,
): void {
  evidenceAt = evidence;
  directionsAt = directions;
  xAt = x;
  yAt = y;
  gridAt = grid;
  gridPlacesAt = gridPlaces;
  gridDirectionsAt = gridDirections;
  startsAt = starts;
  othersAt = others;
  probeCount = count;
  scanCount = scanned;
  left = boxLeft;
  right = boxRight;
  top = boxTop;
  bottom = boxBottom;
}

export function setTables(cosineTable: usize, sineTable: usize, shares: usize): void {
  cosines = cosineTable;
  sines = sineTable;
  sharesAt = shares;
}

export function setRules(limit: i32, turn: i32, pairBonus: i32, pairFloor: i32): void {
  turnLimit = limit;
  turnTolerance = turn;
  bonus = pairBonus;
  floor = pairFloor;
}
