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
