import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../errors.ts';
import { encodeTemplate, encodeWsq, examine, toIso19794 } from '../../match/print/index.ts';
import { resolutionNote } from '../../match/print/tools/notes.ts';
import { type PrintFile, pictureOf, templateOf } from '../../match/print/tools/read-print.ts';
import {
  ANSI_NIST_ENDINGS,
  ENDINGS,
  encodeAs,
  minutiaeToAnsiNist,
  toAnsiNist,
} from '../../match/print/tools/write-image.ts';
import { output } from '../output.ts';
import { day, impression, ori, type ReadOptions, readingOne, usage } from './options.ts';
import { about, readFile } from './read.ts';

interface ConvertOptions extends ReadOptions {
  readonly as?: string;
  readonly impression: number;
  readonly agency: string;
  readonly control: string;
  readonly date: string;
  readonly minutiae?: boolean;
}

const TEMPLATES = ['tpl', 'fmr'];

/** Bytes of a print in the format of an ending. */
function encode(print: PrintFile, ending: string, options: ConvertOptions): Uint8Array | Promise<Uint8Array> {
  if (ending === 'tpl') return encodeTemplate(templateOf(print));
  const thumb = print.kind === 'picture' ? print.image.thumb : undefined;
  const finger = thumb?.fgp ?? options.finger ?? 0;
  if (ending === 'fmr') return toIso19794(templateOf(print), { position: finger <= 10 ? finger : 0 });
  const facts = {
    finger,
    impression: thumb?.imp ?? options.impression,
    agency: options.agency,
    controlNumber: options.control,
    date: options.date,
  };
  const transaction = ANSI_NIST_ENDINGS.includes(ending);
  if (transaction && print.kind === 'template') return minutiaeToAnsiNist(print, facts);
  const image = pictureOf(print, `a file ending in .${ending}`);
  return transaction && options.minutiae
    ? toAnsiNist(image, facts, encodeWsq(image), examine(image))
    : encodeAs(image, ending, facts);
}

async function convertCommand(from: string, to: string, options: ConvertOptions): Promise<number> {
  const ending = (options.as ?? extname(to)).toLowerCase().replace(/^\./, '');
  if (![...ENDINGS, ...TEMPLATES].includes(ending))
    throw usage(
      `${to}: files ending in "${ending}" are not written; use ${[...ENDINGS, ...TEMPLATES].join(', ')}.`,
    );
  const print = await readFile(from, options);
  const bytes = await about(from, () => encode(print, ending, options));
  writeFileSync(to, bytes);
  const note = print.kind === 'picture' ? resolutionNote(print.image) : undefined;
  if (note) process.stderr.write(`benchlink: ${from}: ${note} That is what ${to} states.\n`);
  output(false).line(`${to}: ${bytes.length} bytes`);
  return EXIT.done;
}

export function convertSubcommand(prints: Command, done: (code: number) => void): void {
  readingOne(prints.command('convert <from> <to>'))
    .description(`rewrite a print by the ending of <to>: ${[...ENDINGS, ...TEMPLATES].join(', ')}`)
    .option('--as <ending>', 'format of <to>, where its ending does not say')
    .option('--impression <imp>', 'ANSI/NIST impression type where the source names none', impression, 29)
    .option('--agency <ori>', 'agency for an ANSI/NIST file', ori, 'ZZ0000000')
    .option('--control <tcn>', 'control number for an ANSI/NIST file', 'BENCHLINK')
    .option('--date <yyyymmdd>', 'capture date for an ANSI/NIST file', day, '19700101')
    .option('--minutiae', 'also write minutiae, cores and deltas (Type-9) into an ANSI/NIST file')
    .addHelpText(
      'after',
      '\nwsq is encoded at 0.75 bits a pixel; tpl is our template, fmr an ISO/IEC 19794-2:2005 record.\nExample:\n  benchlink prints convert card.an2 thumb.png --finger 1',
    )
    .action(async (from, to, options) => done(await convertCommand(from, to, options)));
}
