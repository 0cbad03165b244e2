import type { PrintPurpose } from '../../domain/index.ts';
import type { RowReader } from '../row-reader.ts';
import { present } from '../row-reader.ts';
import type { Column } from '../table.ts';
import { type Read, readCount, readList } from '../values.ts';
import type { PrintClaim } from './record.ts';

/** Columns that name print files beside a feed. */
export const PRINT_COLUMNS: readonly Column[] = [
  {
    name: 'print_file',
    aliases: [
      'print files',
      'thumb print',
      'thumbprint',
      'image file',
      'fingerprint file',
      'thumbprint file',
    ],
    meaning:
      'Print file beside this file (PNG, TIFF, JPEG, JPEG 2000, WSQ or ANSI/NIST); several divided by ;',
  },
  {
    name: 'finger',
    aliases: ['fgp', 'finger position', 'finger code'],
    meaning:
      'ANSI/NIST finger position (1 right thumb, 6 left thumb, 11 and 12 plain) or words, in the order of the files',
  },
  {
    name: 'impression',
    aliases: ['imp', 'impression type'],
    meaning:
      'ANSI/NIST impression type (0 livescan plain, 1 livescan rolled, 2 inked plain) or words, in the order of the files',
  },
  {
    name: 'capture_date',
    aliases: ['print date', 'date printed', 'fcd'],
    meaning: 'Date on which the prints were taken',
  },
];

/** Words for thumbs as feeds write them; other fingers come as numbers. */
const FINGER_WORDS: Readonly<Record<string, number>> = {
  unknown: 0,
  rightthumb: 1,
  rthumb: 1,
  rt: 1,
  leftthumb: 6,
  lthumb: 6,
  lt: 6,
  plainrightthumb: 11,
  rightthumbplain: 11,
  plainleftthumb: 12,
  leftthumbplain: 12,
};

/** ANSI/NIST-ITL impression types that a thumb feed uses. */
const IMPRESSION_WORDS: Readonly<Record<string, number>> = {
  livescanplain: 0,
  livescanrolled: 1,
  nonlivescanplain: 2,
  inkedplain: 2,
  plain: 2,
  nonlivescanrolled: 3,
  inkedrolled: 3,
  rolled: 3,
  unknown: 29,
};

function wordOrCode(text: string, words: Readonly<Record<string, number>>, max: number): Read<number> {
  const word = words[text.toLowerCase().replaceAll(/[^a-z]/g, '')];
  return word !== undefined && !/\d/.test(text) ? { ok: true, value: word } : readCount(text, 0, max);
}

/** FGP of a cell. */
export function readFinger(text: string): Read<number> {
  return wordOrCode(text, FINGER_WORDS, 19);
}

/** IMP of a cell. */
export function readImpression(text: string): Read<number> {
  return wordOrCode(text, IMPRESSION_WORDS, 43);
}

/** One code for each file: as many as there are files, or one for all. */
function codesFor(
  row: RowReader,
  column: string,
  files: number,
  read: (text: string) => Read<number>,
): (number | undefined)[] {
  const texts = readList(row.text(column));
  if (texts.length > 1 && texts.length !== files) {
    const message = `"${column}" has ${texts.length} values for ${files} print files; give one for each, or one for all.`;
    row.problem('FIELD-FORMAT', column, `prints.${column}`, message);
    return [];
  }
  const codes = texts.map((text) => {
    const code = read(text);
    if (code.ok) return code.value;
    row.problem('FIELD-FORMAT', column, `prints.${column}`, `"${column}" is wrong: ${code.why}.`);
    return undefined;
  });
  return texts.length === 1 ? Array.from({ length: files }, () => codes[0]) : codes;
}

/** The print files a row names, not yet looked at. */
export function readPrintClaims(row: RowReader, purpose: PrintPurpose): PrintClaim[] {
  const files = readList(row.text('print_file'));
  const fingers = codesFor(row, 'finger', files.length, readFinger);
  const impressions = codesFor(row, 'impression', files.length, readImpression);
  const captureDate = row.date('capture_date', 'prints.captureDate');
  return files.map((file, i) =>
    present<PrintClaim>({
      origin: { file },
      purpose,
      finger: fingers[i],
      impression: impressions[i],
      captureDate,
    }),
  );
}
