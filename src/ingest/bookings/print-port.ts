/** What a print file holds, as the print library reports it. This stage never looks inside an image itself. */
export interface ReadPrint {
  /** ANSI/NIST FGP; 0 where the file does not say. */
  readonly finger: number;
  /** ANSI/NIST IMP; 29 where the file does not say. */
  readonly impression: number;
  readonly width: number;
  readonly height: number;
  readonly ppi: number;
  readonly format: 'png' | 'wsq' | 'jp2' | 'tiff' | 'jpeg' | 'bmp' | 'raw';
  /** The image bytes: the file itself, or the image cut out of an ANSI/NIST record. */
  readonly bytes: Uint8Array;
}

export interface PrintFile {
  readonly prints: readonly ReadPrint[];
  /**
   * Text of the Type-1 and Type-2 records of an ANSI/NIST file by field number, e.g. `2.018` -> names; absent
   * for plain images. Each entry is one subfield, its information items joined by a blank.
   */
  readonly text?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a PNG, TIFF, JPEG, JPEG 2000, BMP, WSQ or ANSI/NIST file and proves that its images can be decoded, so that
 * a broken one is named on arrival. `run.ts` passes the print library in (stages do not import one another).
 * @throws Error with a sentence for a person when the bytes are not a readable print file
 */
export type ReadPrintFile = (bytes: Uint8Array) => Promise<PrintFile> | PrintFile;
