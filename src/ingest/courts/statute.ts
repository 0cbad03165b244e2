import { present } from '../row-reader.ts';

/** Law books of California as court exports abbreviate them. */
const BOOKS = 'PC|VC|HS|H&S|BP|B&P|WI|W&I|FG|F&G|HN|GC|MC|CC|ED|FC|LC|PU|PR|RT|UI|MV|CCP|CCR';
const BOOK_FIRST = new RegExp(`^(${BOOKS})\\s*[-§ ]?\\s*(\\d\\S*(?:\\s*\\([^)]+\\))*)$`, 'i');
const BOOK_LAST = new RegExp(`^(\\d\\S*(?:\\s*\\([^)]+\\))*)\\s+(${BOOKS})$`, 'i');

/** `VC 40508(a)` or `40508(a) VC` into law book and section; anything else is a section as it stands. */
export function readStatute(text: string | undefined): { statuteCode?: string; statuteSection?: string } {
  if (text === undefined) return {};
  const first = BOOK_FIRST.exec(text);
  if (first) return present({ statuteCode: first[1]?.toUpperCase(), statuteSection: first[2] });
  const last = BOOK_LAST.exec(text);
  if (last) return present({ statuteCode: last[2]?.toUpperCase(), statuteSection: last[1] });
  return { statuteSection: text };
}
