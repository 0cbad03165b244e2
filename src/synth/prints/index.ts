/** Synthetic fingerprints: fingers, impressions of them, templates of them, and a county's gallery of thumbs. */
export { createGallery, type GalleryOptions, type PrintGallery } from './gallery.ts';
export { drawImpression, type ImpressionOptions } from './impression.ts';
export { drawMaster, type MasterOptions } from './master.ts';
export { drawSparseFinger, type SparseFinger } from './minutiae.ts';
export type { Seed } from './noise.ts';
export { toPng } from './png.ts';
export type { ImpressionKind } from './sensors.ts';
export { drawTemplate, drawTemplatePair, type TemplateOptions } from './template.ts';
export { type Thumb, thumbClass } from './thumb-class.ts';
export type { FingerClass, MasterFinger } from './types.ts';
