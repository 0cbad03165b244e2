import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, extname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { EXIT } from '../errors.ts';
import {
  compare,
  type DecodedImage,
  decodeImage,
  decodeTemplate,
  encodeTemplate,
  extract,
  prepare,
  type Template,
  THRESHOLDS,
  toIso19794,
} from '../match/print/index.ts';
import { type FolderTemplate, openPool, readFolder, scoreAllPairs } from '../match/print/tools/folder.ts';
import { comparisonPage, type ExaminedPrint, StepCollector } from '../match/print/tools/report.ts';
import { encodeAs, toPng } from '../match/print/tools/write-image.ts';
import { output, progress, table } from './output.ts';

interface Json {
  readonly json?: boolean;
}

function count(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('wants a whole number above 0');
  return n;
}

async function read(file: string): Promise<DecodedImage> {
  return decodeImage(new Uint8Array(readFileSync(file)));
}

async function examine(file: string, traced: boolean): Promise<ExaminedPrint> {
  const image = await read(file);
  const trace = new StepCollector();
  const template = extract(image, traced ? { trace } : {});
  return { name: basename(file), image, template, reasons: [], steps: trace.images };
}

function describe(file: string, image: DecodedImage, template: Template) {
  return {
    file,
    format: image.format,
    width: image.width,
    height: image.height,
    ppi: image.ppi,
    ppiAssumed: image.ppiAssumed,
    quality: template.quality,
    templateBytes: encodeTemplate(template).length,
    minutiae: template.minutiae,
  };
}

async function writeTrace(folder: string, trace: StepCollector): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let n = 0;
  for (const [step, image] of trace.images) {
    n += 1;
    writeFileSync(join(folder, `${String(n).padStart(2, '0')}-${step}.png`), await toPng(image));
  }
  writeFileSync(
    join(folder, 'values.json'),
    `${JSON.stringify(Object.fromEntries(trace.figures), null, 2)}\n`,
  );
}

async function extractCommand(
  file: string,
  options: Json & { template?: string; iso?: string; trace?: string },
): Promise<number> {
  const image = await read(file);
  const trace = new StepCollector();
  const template = extract(image, options.trace ? { trace } : {});
  if (options.template) writeFileSync(options.template, encodeTemplate(template));
  if (options.iso) writeFileSync(options.iso, toIso19794(template));
  if (options.trace) await writeTrace(options.trace, trace);
  const out = output(options.json ?? false);
  if (out.json) out.data(describe(file, image, template));
  else {
    out.line(
      `${file}: ${image.format} ${image.width} x ${image.height} at ${image.ppi} ppi${image.ppiAssumed ? ' (assumed)' : ''}`,
    );
    out.line(
      `quality ${template.quality} of 100, ${template.minutiae.length} minutiae, template ${encodeTemplate(template).length} bytes`,
    );
  }
  return EXIT.done;
}

async function compareCommand(a: string, b: string, options: Json & { html?: string }): Promise<number> {
  const traced = options.html !== undefined;
  const [one, two] = [await examine(a, traced), await examine(b, traced)];
  const result = compare(one.template, two.template);
  if (options.html) writeFileSync(options.html, await comparisonPage(one, two, result, THRESHOLDS));
  const out = output(options.json ?? false);
  if (out.json)
    out.data({
      a,
      b,
      ...result,
      thresholds: THRESHOLDS,
      qualityA: one.template.quality,
      qualityB: two.template.quality,
    });
  else {
    out.line(
      `score ${result.score.toFixed(4)}, false match rate at most ${result.fmr.toPrecision(2)}, log10 likelihood ratio ${result.log10LikelihoodRatio.toFixed(2)}`,
    );
    out.line(
      `${result.pairs.length} matched minutiae; quality ${one.template.quality} and ${two.template.quality}`,
    );
    for (const [name, limit] of Object.entries(THRESHOLDS))
      out.line(`  ${name} ${limit}: ${result.score >= limit ? 'above' : 'below'}`);
  }
  return EXIT.done;
}

function tellProblems(prints: readonly FolderTemplate[]): number {
  const broken = prints.filter((print) => print.problem);
  for (const { name, problem } of broken)
    process.stderr.write(`benchlink: ${name}: ${problem!.code}: ${problem!.message}\n`);
  return broken.length;
}

async function scoresCommand(folder: string, options: { out: string; jobs: number }): Promise<number> {
  const pool = openPool(options.jobs);
  try {
    const prints = await readFolder(pool, folder, progress('reading prints'));
    const file = createWriteStream(options.out);
    file.write('a,b,score\n');
    const show = progress('comparing');
    const of = (prints.length * (prints.length - 1)) / 2;
    let done = 0;
    for await (const { a, b, score } of scoreAllPairs(pool, prints)) {
      // A name may hold a comma; the score is written in full, so that it can be read back exactly.
      if (!file.write(stringify([[a, b, String(score)]]))) await once(file, 'drain');
      done += 1;
      show(done, of);
    }
    file.end();
    await once(file, 'finish');
    return tellProblems(prints) > 0 ? EXIT.someFailed : EXIT.done;
  } finally {
    await pool.destroy();
  }
}

async function identifyCommand(
  probe: string,
  options: Json & { gallery: string; top: number; jobs: number },
): Promise<number> {
  const pool = openPool(options.jobs);
  try {
    const template = prepare(extract(await read(probe)));
    const prints = await readFolder(pool, options.gallery, progress('reading gallery'));
    const candidates = prints
      .flatMap(({ name, template: bytes }) =>
        bytes ? [{ id: name, ...compare(template, prepare(decodeTemplate(bytes))) }] : [],
      )
      .sort((x, y) => y.score - x.score)
      .slice(0, options.top)
      .map(({ id, score, fmr }) => ({ id, score, fmr, expectedFalse: fmr * prints.length }));
    const out = output(options.json ?? false);
    if (out.json) out.data({ probe, gallery: prints.length, candidates });
    else {
      out.line(
        table(
          ['rank', 'print', 'score', 'false match rate <='],
          candidates.map((c, i) => [i + 1, c.id, c.score.toFixed(4), c.fmr.toPrecision(2)]),
        ),
      );
      out.line('A search proposes candidates for an examiner; it identifies nobody.');
    }
    return tellProblems(prints) > 0 ? EXIT.someFailed : EXIT.done;
  } finally {
    await pool.destroy();
  }
}

async function qualityCommand(files: readonly string[], options: Json): Promise<number> {
  const rows = [];
  for (const file of files) {
    const image = await read(file);
    rows.push({ file, quality: extract(image).quality, ppi: image.ppi });
  }
  const out = output(options.json ?? false);
  if (out.json) out.data(rows);
  else
    out.line(
      table(
        ['file', 'quality', 'ppi'],
        rows.map((r) => [r.file, r.quality, r.ppi]),
      ),
    );
  return EXIT.done;
}

interface ConvertOptions {
  readonly finger: number;
  readonly impression: number;
  readonly agency: string;
  readonly control: string;
  readonly date: string;
}

async function convertCommand(from: string, to: string, options: ConvertOptions): Promise<number> {
  const image = await read(from);
  const facts = {
    finger: image.thumb?.fgp ?? options.finger,
    impression: image.thumb?.imp ?? options.impression,
    agency: options.agency,
    controlNumber: options.control,
    date: options.date,
  };
  writeFileSync(to, await encodeAs(image, extname(to), facts));
  return EXIT.done;
}

function code(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('wants an ANSI/NIST code');
  return n;
}

const JOBS = availableParallelism();

/** `benchlink prints ...`: the print library by hand. Touches no database. */
export function printsCommands(program: Command, done: (code: number) => void): void {
  const prints = program
    .command('prints')
    .description('read, compare and search prints; touches no database');
  prints
    .command('extract <file>')
    .description('read one print into a template')
    .option('--template <file>', 'write the template')
    .option('--iso <file>', 'write it as ISO/IEC 19794-2:2005')
    .option('--trace <dir>', 'write the picture of every step')
    .option('--json', 'minutiae and facts as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints extract thumb.wsq --trace steps --json')
    .action(async (file, options) => done(await extractCommand(file, options)));
  prints
    .command('compare <a> <b>')
    .description('is it the same finger? score, false match rate and evidence')
    .option('--html <file>', "write an examiner's page")
    .option('--json', 'the comparison as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints compare booking.png record.wsq --html page.html')
    .action(async (a, b, options) => done(await compareCommand(a, b, options)));
  prints
    .command('scores <dir>')
    .description('compare all pairs of prints in a folder')
    .requiredOption('--out <csv>', 'where the scores go: a,b,score')
    .option('--jobs <n>', 'worker threads', count, JOBS)
    .addHelpText('after', '\nExample:\n  benchlink prints scores DB1_B --out scores.csv')
    .action(async (dir, options) => done(await scoresCommand(dir, options)));
  prints
    .command('identify <probe>')
    .description('candidates for a print out of a gallery, best first')
    .requiredOption('--gallery <dir>', 'folder of prints, or a shard')
    .option('--top <k>', 'candidates', count, 10)
    .option('--jobs <n>', 'worker threads', count, JOBS)
    .option('--json', 'candidates as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints identify thumb.png --gallery records --top 5')
    .action(async (probe, options) => done(await identifyCommand(probe, options)));
  prints
    .command('quality <files...>')
    .description('how well prints can be compared, 0 to 100')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints quality *.png')
    .action(async (files, options) => done(await qualityCommand(files, options)));
  prints
    .command('convert <from> <to>')
    .description('rewrite a print: png, tif, wsq, an2, eft or raw, by the ending of <to>')
    .option('--finger <fgp>', 'ANSI/NIST finger position where the source names none', code, 0)
    .option('--impression <imp>', 'ANSI/NIST impression type where the source names none', code, 29)
    .option('--agency <ori>', 'agency for an ANSI/NIST file', 'ZZ0000000')
    .option('--control <tcn>', 'control number for an ANSI/NIST file', 'BENCHLINK')
    .option('--date <yyyymmdd>', 'capture date for an ANSI/NIST file', '19700101')
    .addHelpText('after', '\nExample:\n  benchlink prints convert card.an2 thumb.png')
    .action(async (from, to, options) => done(await convertCommand(from, to, options)));
}
