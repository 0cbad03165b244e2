import { DEFAULT_PPI, NOMINAL_TOLERANCE } from '../parameters.ts';

/** What a file states about its picture before anything is decoded. Sizes as stored, not as turned. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  /** Pixels per inch along the stored rows and columns; undefined where the file does not say. */
  readonly ppiX: number | undefined;
  readonly ppiY: number | undefined;
}

export const METRES_PER_INCH = 0.0254;
export const CENTIMETRES_PER_INCH = 2.54;

/** 19.69 pixels a millimetre, 197 a centimetre and 19685 a metre are ways of writing 500 ppi; likewise 1000. */
export function nominal(ppi: number): number {
  const near = Math.round(ppi / DEFAULT_PPI) * DEFAULT_PPI;
  return near > 0 && Math.abs(ppi - near) <= near * NOMINAL_TOLERANCE ? near : ppi;
}
