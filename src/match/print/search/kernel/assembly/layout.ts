// AssemblyScript: the layout of an index entry (`entry.ts`) and of the probe's grid (`probe.ts`), bytes.

export const LANES: usize = 16;
export const HEADER: usize = 16;
export const GROUP: usize = 144;
export const DIRECTIONS: usize = 96;
export const XS: usize = 112;
export const YS: usize = 128;
/** Evidence of one minutia of the probe. */
export const ROW: usize = 192;
/** Minutiae of an entry or a probe at most. */
export const MINUTIAE: i32 = 48;
export const GRID_SIDE: i32 = 32;
export const GRID_SHIFT: i32 = 3;
export const GRID_LIST: usize = 8;
export const GRID_END: u8 = 255;
