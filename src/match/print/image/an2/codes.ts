/** Finger positions of a single thumb (ANSI/NIST-ITL 1-2011, table 8): rolled or any, then plain. */
export const THUMBS: Readonly<Record<number, { hand: 'right' | 'left'; plain: boolean }>> = {
  1: { hand: 'right', plain: false },
  6: { hand: 'left', plain: false },
  11: { hand: 'right', plain: true },
  12: { hand: 'left', plain: true },
};

export type Compression =
  | 'none'
  | 'wsq'
  | 'jpeg'
  | 'jpeg-lossless'
  | 'jpeg2000'
  | 'jpeg2000-lossless'
  | 'png';

/** Compression by Type-4 number and by Type-14 name (idem, table 15). */
const COMPRESSIONS: readonly (readonly [Compression, number, string])[] = [
  ['none', 0, 'NONE'],
  ['wsq', 1, 'WSQ20'],
  ['jpeg', 2, 'JPEGB'],
  ['jpeg-lossless', 3, 'JPEGL'],
  ['jpeg2000', 4, 'JP2'],
  ['jpeg2000-lossless', 5, 'JP2L'],
  ['png', 6, 'PNG'],
];

export function compressionByNumber(gca: number): Compression | undefined {
  return COMPRESSIONS.find(([, number]) => number === gca)?.[0];
}

export function compressionByName(cga: string): Compression | undefined {
  const name = cga.trim().toUpperCase();
  return COMPRESSIONS.find(([, , known]) => known === (name === 'WSQ' ? 'WSQ20' : name))?.[0];
}

export function compressionName(compression: Compression): string {
  return COMPRESSIONS.find(([known]) => known === compression)![2];
}
