export { drawImpression, type ImpressionOptions } from './impression.ts';
export { drawMaster, type MasterOptions } from './master.ts';
export type { Seed } from './noise.ts';
export { toPng } from './png.ts';
export type { ImpressionKind } from './sensors.ts';
export type { FingerClass, MasterFinger } from './types.ts';
