import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../errors.ts';
import {
  type DecodedImage,
  type Examination,
  encodeTemplate,
  examine,
  type SingularPoint,
  toIso19794,
} from '../../match/print/index.ts';
import { notesOf } from '../../match/print/tools/notes.ts';
import { StepCollector } from '../../match/print/tools/steps.ts';
import { toPng } from '../../match/print/tools/write-image.ts';
import { output } from '../output.ts';
import { type Json, type ReadOptions, readingOne } from './options.ts';
import { about, readPicture } from './read.ts';

interface ExtractOptions extends Json, ReadOptions {
  readonly template?: string;
  readonly iso?: string;
  readonly trace?: string;
}

function describe(file: string, image: DecodedImage, examination: Examination) {
  const { template, quality, measurements, singularPoints } = examination;
  return {
    file,
    format: image.format,
    width: image.width,
    height: image.height,
    ppi: image.ppi,
    ppiAssumed: image.ppiAssumed,
    ...(image.ppiStated === undefined ? {} : { ppiStated: image.ppiStated }),
    inverted: image.inverted,
    ...(image.thumb ? { finger: image.thumb.fgp, impression: image.thumb.imp } : {}),
    extractor: template.version,
    quality: quality.value,
    reasons: quality.reasons,
    notes: notesOf(image, examination),
    measurements,
    templateBytes: encodeTemplate(template).length,
    minutiae: template.minutiae,
    singularPoints,
  };
}

/** `1 core, no delta`, as a clerk counts them. */
function flowOf(points: readonly SingularPoint[]): string {
  return (['core', 'delta'] as const)
    .map((kind) => {
      const count = points.filter((point) => point.kind === kind).length;
      return `${count || 'no'} ${kind}${count > 1 ? 's' : ''}`;
    })
    .join(', ');
}

/** One picture a step, named in order, and the steps' figures. */
async function writeTrace(folder: string, image: DecodedImage, trace: StepCollector): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [step, picture] of [['0-source', image] as const, ...trace.images])
    writeFileSync(join(folder, `${step}.png`), await toPng(picture));
  const figures = JSON.stringify(Object.fromEntries(trace.figures), null, 2);
  writeFileSync(join(folder, 'figures.json'), `${figures}\n`);
}

async function extractCommand(file: string, options: ExtractOptions): Promise<number> {
  const image = await readPicture(file, options, 'extraction');
  const trace = new StepCollector();
  const examination = about(file, () => examine(image, options.trace ? { trace } : {}));
  const { template, quality, singularPoints } = examination;
  if (options.template) writeFileSync(options.template, encodeTemplate(template));
  if (options.iso) writeFileSync(options.iso, toIso19794(template));
  if (options.trace) await writeTrace(options.trace, image, trace);
  const out = output(options.json ?? false);
  if (out.json) {
    out.data(describe(file, image, examination));
    return EXIT.done;
  }
  const assumed = image.ppiAssumed ? ' (assumed)' : '';
  out.line(`${file}: ${image.format} ${image.width} x ${image.height} at ${image.ppi} ppi${assumed}`);
  out.line(
    `quality ${quality.value} of 100, ${template.minutiae.length} minutiae, ${flowOf(singularPoints)}, template ${encodeTemplate(template).length} bytes`,
  );
  for (const note of notesOf(image, examination)) out.line(`  ${note}`);
  return EXIT.done;
}

export function extractSubcommand(prints: Command, done: (code: number) => void): void {
  readingOne(prints.command('extract <file>'))
    .description('read one print into a template')
    .option('--template <file>', 'write the template')
    .option('--iso <file>', 'write it as ISO/IEC 19794-2:2005')
    .option('--trace <dir>', 'write the picture of every step')
    .option('--json', 'minutiae and facts as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints extract thumb.wsq --trace steps --json')
    .action(async (file, options) => done(await extractCommand(file, options)));
}
