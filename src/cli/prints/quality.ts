import type { Command } from 'commander';
import { EXIT, errorText } from '../../errors.ts';
import { examine, type QualityReason } from '../../match/print/index.ts';
import { notesOf } from '../../match/print/tools/notes.ts';
import { output, printStep, table } from '../output.ts';
import { type Json, type ReadOptions, readingOne } from './options.ts';
import { about, readPicture } from './read.ts';

interface QualityOptions extends Json, ReadOptions {}

interface Row {
  readonly file: string;
  readonly quality: number | null;
  readonly ppi: number | null;
  readonly ppiAssumed: boolean;
  readonly reasons: readonly QualityReason[];
  readonly explanation: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

async function judge(file: string, options: ReadOptions): Promise<Row> {
  try {
    const image = await readPicture(file, options, 'quality');
    const examination = about(file, () => examine(image));
    const { value, reasons } = examination.quality;
    const explanation = notesOf(image, examination);
    return { file, quality: value, ppi: image.ppi, ppiAssumed: image.ppiAssumed, reasons, explanation };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'SYS-FAULT';
    const blank = { file, quality: null, ppi: null, ppiAssumed: false, reasons: [], explanation: [] };
    return { ...blank, error: { code, message: errorText(error) } };
  }
}

async function qualityCommand(files: readonly string[], options: QualityOptions): Promise<number> {
  const rows: Row[] = [];
  for (const file of files) rows.push(await judge(file, options));
  const failed = rows.filter((row) => row.error);
  const out = output(options.json ?? false);
  if (out.json) out.data(rows);
  else
    out.line(
      table(
        ['file', 'quality', 'ppi', 'reasons'],
        rows.map((row) => [
          row.file,
          row.quality ?? '-',
          row.ppi === null ? '-' : Math.round(row.ppi),
          row.explanation.join(' '),
        ]),
      ),
    );
  for (const { error } of failed) process.stderr.write(`benchlink: ${error!.code}: ${error!.message}\n`);
  const step = failed.map(({ error }) => printStep(error!.code)).find(Boolean);
  if (step) process.stderr.write(`benchlink: ${step}\n`);
  return failed.length > 0 ? EXIT.someFailed : EXIT.done;
}

export function qualitySubcommand(prints: Command, done: (code: number) => void): void {
  readingOne(prints.command('quality <files...>'))
    .description('how well prints can be compared, 0 to 100, and why')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints quality *.png')
    .action(async (files, options) => done(await qualityCommand(files, options)));
}
