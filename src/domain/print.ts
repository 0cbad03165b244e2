/**
 * Why a print may be held and compared. A citation print serves only to establish that arrestee's identity
 * (VC 40500(a), 40504(a), PC 853.5(a)); it never enters a gallery.
 */
export type PrintPurpose = 'booking' | 'citation' | 'prior-record';

/** ANSI/NIST finger positions of thumbs: 1 right, 6 left (rolled or any); 11 right, 12 left (plain). */
export const THUMBS = { right: [1, 11], left: [6, 12] } as const;

export interface Print {
  /** Whose: the row id of a booking or prior record. */
  readonly ownerId: string;
  readonly purpose: PrintPurpose;
  /** ANSI/NIST FGP; 0 = unknown. */
  readonly finger: number;
  /** ANSI/NIST IMP; 29 = unknown. */
  readonly impression: number;
  /** SHA-256 of the image bytes exactly as they came. */
  readonly imageSha256: string;
  readonly imageFormat: 'png' | 'wsq' | 'jp2' | 'tiff' | 'jpeg' | 'bmp' | 'raw';
  readonly width: number;
  readonly height: number;
  readonly ppi: number;
  readonly captureDate?: string;
}

/** The finger whatever way it was taken: a plain thumb (11, 12) is the thumb (1, 6); 0 = unknown. */
export function fingerSide(finger: number): number {
  return finger === 11 ? 1 : finger === 12 ? 6 : finger;
}

/** The sides of the hand must agree before two prints are compared; unknown agrees with either. */
export function sameFinger(a: number, b: number): boolean {
  return a === 0 || b === 0 || fingerSide(a) === fingerSide(b);
}

/** The one lawful use of each purpose in a comparison. */
export function mayCompare(probe: PrintPurpose, against: PrintPurpose, sameArrestee: boolean): boolean {
  if (against === 'citation') return false;
  if (probe === 'citation') return against === 'prior-record' && sameArrestee;
  return true;
}
