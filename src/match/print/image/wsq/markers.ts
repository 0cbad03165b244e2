/** Marker codes of a WSQ stream (IAFIS-IC-0110 v3.1, table 1). */
export const MARKER = {
  startOfImage: 0xffa0,
  endOfImage: 0xffa1,
  startOfFrame: 0xffa2,
  startOfBlock: 0xffa3,
  transformTable: 0xffa4,
  quantisationTable: 0xffa5,
  huffmanTable: 0xffa6,
  restartInterval: 0xffa7,
  comment: 0xffa8,
} as const;
