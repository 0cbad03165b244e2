import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../errors.ts';
import { compare, examine, type QualityReason, type Template, THRESHOLDS } from '../../match/print/index.ts';
import { notesOf } from '../../match/print/tools/notes.ts';
import { comparisonPage, type ExaminedPrint } from '../../match/print/tools/page/index.ts';
import { explain, rateWords } from '../../match/print/tools/page/sentence.ts';
import { pictureOf, templateOf } from '../../match/print/tools/read-print.ts';
import { StepCollector } from '../../match/print/tools/steps.ts';
import { output } from '../output.ts';
import { type Json, type ReadOptions, readingOne } from './options.ts';
import { about, readFile } from './read.ts';

interface CompareOptions extends Json, ReadOptions {
  readonly html?: string;
}

type Side = {
  readonly template: Template;
  readonly examined?: ExaminedPrint;
  readonly reasons: readonly QualityReason[];
  readonly notes: readonly string[];
};

async function readSide(file: string, options: CompareOptions): Promise<Side> {
  const print = await readFile(file, options);
  if (print.kind === 'template' && !options.html)
    return { template: templateOf(print), reasons: [], notes: [] };
  const trace = new StepCollector();
  return about(file, () => {
    const image = pictureOf(print, 'the page');
    const examination = examine(image, options.html ? { trace } : {});
    const { template, quality, singularPoints } = examination;
    const notes = notesOf(image, examination);
    const doubted = quality.reasons.includes('wrong-resolution');
    const name = basename(file);
    const examined = { name, image, template, singularPoints, notes, doubted, steps: trace.images };
    return { template, examined, reasons: quality.reasons, notes };
  });
}

async function compareCommand(a: string, b: string, options: CompareOptions): Promise<number> {
  const [one, two] = [await readSide(a, options), await readSide(b, options)];
  const result = compare(one.template, two.template);
  const doubted = [one, two].some(({ examined }) => examined?.doubted);
  const why = explain(one.template, two.template, result, doubted);
  if (options.html) writeFileSync(options.html, await comparisonPage(one.examined!, two.examined!, result));
  const out = output(options.json ?? false);
  if (out.json) {
    out.data({
      a,
      b,
      ...result,
      thresholds: THRESHOLDS,
      why,
      qualityA: one.template.quality,
      qualityB: two.template.quality,
      reasonsA: one.reasons,
      reasonsB: two.reasons,
      notesA: one.notes,
      notesB: two.notes,
    });
    return EXIT.done;
  }
  const [low, high] = result.log10LikelihoodBounds;
  out.line(
    `score ${result.score.toFixed(4)}, false match rate ${rateWords(result.score, result.fmr)}, log10 likelihood ratio ${result.log10LikelihoodRatio.toFixed(2)} (95 % bounds ${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
  out.line(why);
  out.line(`quality ${one.template.quality} and ${two.template.quality} of 100`);
  for (const [file, { notes }] of [[a, one] as const, [b, two] as const])
    for (const note of notes) out.line(`  ${file}: ${note}`);
  for (const [name, limit] of Object.entries(THRESHOLDS))
    out.line(`  ${name} ${limit}: ${result.score >= limit ? 'above' : 'below'}`);
  return EXIT.done;
}

export function compareSubcommand(prints: Command, done: (code: number) => void): void {
  readingOne(prints.command('compare <a> <b>'))
    .description('is it the same finger? score, false match rate and evidence')
    .option('--html <file>', "write an examiner's page")
    .option('--json', 'the comparison as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints compare booking.png record.wsq --html page.html')
    .action(async (a, b, options) => done(await compareCommand(a, b, options)));
}
