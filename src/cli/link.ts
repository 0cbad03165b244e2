import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { BenchlinkError, EXIT, errorText } from '../errors.ts';
import {
  checkModel,
  createLinker,
  defaultModel,
  driftReport,
  type FileLinks,
  type JudgedDecision,
  type LinkModel,
  type LinkProfile,
  type LinkRecord,
  linkFiles,
  openFiles,
  parseColumns,
  readRecords,
  startModel,
  thresholdTable,
  trainOnFiles,
} from '../match/link/index.ts';
import { gatherLinkageCounty } from '../synth/linkage/index.ts';
import { output, table } from './output.ts';

interface PairOptions {
  readonly columns: string;
  readonly columnsB?: string;
  readonly out: string;
  readonly train?: boolean;
  readonly model?: string;
  readonly floor: number;
  readonly explain?: string;
  readonly mask?: boolean;
  readonly json?: boolean;
}

/** People in the synthetic county a model is learned from, and in the one thresholds are shown on. */
const SYNTHETIC_PEOPLE = { train: 40_000, thresholds: 20_000 } as const;
/** A drawn county makes fewer mistakes than a real one, so only half of what it teaches is believed. */
const SYNTHETIC_DOUBT = 0.5;
/** Pairs written to a file at a time. */
const BATCH = 10_000;

function chance(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('wants a probability from 0 to 1');
  return value;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BenchlinkError(
      'usage',
      'LINK_FILE_UNREADABLE',
      `${file} cannot be read as JSON: ${errorText(error)}`,
    );
  }
}

function modelFrom(file: string | undefined): LinkModel {
  return file === undefined ? defaultModel() : checkModel(readJson(file));
}

async function* recordsOf(file: string, columns: string): AsyncGenerator<LinkRecord> {
  try {
    yield* readRecords(createReadStream(file), file, parseColumns(columns));
  } catch (error) {
    if (error instanceof BenchlinkError) throw error;
    throw new BenchlinkError('usage', 'LINK_FILE_UNREADABLE', `${file} cannot be read: ${errorText(error)}`);
  }
}

async function writePairs(file: string, links: FileLinks): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('id_a,id_b,probability\n');
  for (let at = 0; at < links.pairs.length; at += BATCH) {
    const rows = links.pairs
      .slice(at, at + BATCH)
      .map((pair) => [pair.idA, pair.idB, pair.probability.toFixed(6)]);
    if (!stream.write(stringify(rows))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

async function writeExplanations(file: string, links: FileLinks, mask: boolean): Promise<void> {
  const stream = createWriteStream(file);
  for (let n = 0; n < links.pairs.length; n += 1) {
    if (!stream.write(`${JSON.stringify(links.explain(n, { mask }))}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

async function pairCommand(a: string, b: string | undefined, options: PairOptions): Promise<number> {
  const records = (file: string, columns: string) => recordsOf(file, columns);
  const files = await openFiles(
    records(a, options.columns),
    b === undefined ? undefined : records(b, options.columnsB ?? options.columns),
  );
  const given = modelFrom(options.model);
  const model =
    options.train === true
      ? trainOnFiles(files, given, { name: 'trained on these files', on: 'the files linked' })
      : given;
  const links = linkFiles(files, model, options.floor);
  await writePairs(options.out, links);
  if (options.explain !== undefined) await writeExplanations(options.explain, links, options.mask ?? false);
  const summary = {
    recordsA: files.left.size,
    recordsB: files.right.size,
    pairsCompared: links.compared,
    pairsWritten: links.pairs.length,
    expectedLinks: Number(links.links.toFixed(1)),
    learnedFields: options.train === true ? model.trained.learned : [],
    out: options.out,
  };
  const out = output(options.json ?? false);
  if (out.json) out.data(summary);
  else
    out.line(
      `${summary.pairsWritten} pairs in ${options.out}; about ${Math.round(links.links)} true links expected`,
    );
  return EXIT.done;
}

interface TrainOptions {
  readonly columns?: string;
  readonly columnsB?: string;
  readonly out: string;
  readonly name: string;
  readonly model?: string;
  readonly synthetic?: boolean;
}

async function trainCommand(
  a: string | undefined,
  b: string | undefined,
  options: TrainOptions,
): Promise<number> {
  const start = options.model === undefined ? startModel() : modelFrom(options.model);
  const model =
    options.synthetic === true ? await trainSynthetic(start) : await trainFiles(a, b, options, start);
  writeFileSync(options.out, `${JSON.stringify(model, rounded, 2)}\n`);
  output(false).line(`model in ${options.out}; learned ${model.trained.learned.join(', ')}`);
  return EXIT.done;
}

/** Six digits are more than any file can teach. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

async function trainSynthetic(start: LinkModel): Promise<LinkModel> {
  const county = gatherLinkageCounty({ seed: 'model', people: SYNTHETIC_PEOPLE.train, warrantShare: 0.5 });
  const files = await openFiles(
    county.warrants.map(({ warrant }) => warrant),
    county.bookings,
  );
  return trainOnFiles(files, start, {
    name: 'synthetic county',
    on: `synthetic linkage county, ${SYNTHETIC_PEOPLE.train} people`,
    doubt: SYNTHETIC_DOUBT,
  });
}

async function trainFiles(
  a: string | undefined,
  b: string | undefined,
  options: TrainOptions,
  start: LinkModel,
): Promise<LinkModel> {
  if (a === undefined || options.columns === undefined) {
    throw new BenchlinkError(
      'usage',
      'LINK_NOTHING_TO_TRAIN',
      'give one or two CSV files and --columns, or --synthetic',
    );
  }
  const files = await openFiles(
    recordsOf(a, options.columns),
    b === undefined ? undefined : recordsOf(b, options.columnsB ?? options.columns),
  );
  return trainOnFiles(files, start, { name: options.name, on: 'CSV files' });
}

interface DriftOptions {
  readonly columns: string;
  readonly model?: string;
  readonly earlier?: string;
  readonly out?: string;
  readonly json?: boolean;
}

async function driftCommand(file: string, options: DriftOptions): Promise<number> {
  const model = modelFrom(options.model);
  const linker = createLinker(model);
  await linker.index(recordsOf(file, options.columns));
  const profile = linker.profile();
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(profile, rounded, 2)}\n`);
  const earlier = options.earlier === undefined ? undefined : (readJson(options.earlier) as LinkProfile);
  const rows = driftReport(profile, model, earlier);
  const out = output(options.json ?? false);
  if (out.json) out.data({ records: profile.records, rows });
  else out.line(driftTable(rows));
  return rows.some((row) => row.alarms.length > 0) ? EXIT.someFailed : EXIT.done;
}

function driftTable(rows: ReturnType<typeof driftReport>): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return table(
    ['field', 'complete', 'commonest', 'stand-in', 'weight shift', 'look at'],
    rows.map((row) => [
      row.field,
      percent(row.complete),
      percent(row.commonest),
      percent(row.standIn),
      `${row.weightShift.toFixed(1)} bits`,
      row.alarms.join(' '),
    ]),
  );
}

async function thresholdsCommand(options: {
  readonly model?: string;
  readonly seed: string;
  readonly json?: boolean;
}): Promise<number> {
  const people = SYNTHETIC_PEOPLE.thresholds;
  const county = gatherLinkageCounty({ seed: options.seed, people, warrantShare: 0.5 });
  const linker = createLinker(modelFrom(options.model));
  await linker.index(county.bookings);
  const judged = county.warrants.map(({ warrant, booking }): JudgedDecision => {
    const decision = linker.link(warrant);
    return { decision, right: decision.candidates[0]?.id === booking };
  });
  const rows = thresholdTable(judged);
  const out = output(options.json ?? false);
  if (out.json) out.data({ warrants: judged.length, rows });
  else {
    out.line(`Synthetic county: ${judged.length} warrants against ${county.bookings.length} bookings`);
    out.line(
      table(
        ['probability', 'attached', 'expected false per 100,000', 'false per 100,000 found'],
        rows.map((row) => [
          String(row.probability),
          `${(100 * row.attached).toFixed(2)} %`,
          row.expectedFalsePer100k.toFixed(1),
          row.observedFalsePer100k?.toFixed(1) ?? '',
        ]),
      ),
    );
  }
  return EXIT.done;
}

const COLUMNS_HELP =
  'fields and their columns: id=rec_id,given=given_name,surname=surname,dob=date_of_birth,...';

function pairOptions(command: Command): Command {
  return command
    .requiredOption('--columns <map>', COLUMNS_HELP)
    .requiredOption('--out <file>', 'CSV to write: id_a,id_b,probability')
    .option('--train', 'learn the weights from these files first')
    .option('--model <file>', 'model to use, or to start training from')
    .option('--floor <p>', 'least probability to write', chance, 0.01)
    .option('--explain <file>', 'also write the reasoning for every pair, a JSON document a line')
    .option('--mask', 'with --explain: mask personal values')
    .option('--json', 'summary as JSON');
}

/** Adds `benchlink link`. `done` takes the exit code. */
export function linkCommands(program: Command, done: (code: number) => void = () => undefined): void {
  const link = program.command('link').description('Link records that share no key, and explain every link');
  pairOptions(link.command('score <a> <b>').description('Link the records of two CSV files'))
    .option('--columns-b <map>', 'columns of the second file, where they are named otherwise')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink link score court.csv jail.csv --columns id=no,given=first,surname=last,dob=born --out pairs.csv --train',
    )
    .action(async (a: string, b: string, options: PairOptions) => done(await pairCommand(a, b, options)));
  pairOptions(
    link.command('dedupe <a>').description('Find the records of one CSV file that are of one person'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  benchlink link dedupe jail.csv --columns id=no,given=first,surname=last,dob=born --out pairs.csv --train',
    )
    .action(async (a: string, options: PairOptions) => done(await pairCommand(a, undefined, options)));
  link
    .command('train [a] [b]')
    .description('Learn a model from CSV files without truth, or from the synthetic county')
    .option('--columns <map>', COLUMNS_HELP)
    .option('--columns-b <map>', 'columns of the second file')
    .option('--synthetic', 'learn from the synthetic county: this is how the shipped model is made')
    .option('--model <file>', 'model to start from')
    .option('--name <name>', 'name to give the model', 'trained')
    .requiredOption('--out <file>', 'model to write, JSON')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink link train warrants.csv bookings.csv --columns given=first,surname=last,dob=born --out model.json',
    )
    .action(async (a: string | undefined, b: string | undefined, options: TrainOptions) =>
      done(await trainCommand(a, b, options)),
    );
  link
    .command('drift <bookings>')
    .description('Show how a file has moved away from the model: completeness, default values, weights')
    .requiredOption('--columns <map>', COLUMNS_HELP)
    .option('--model <file>', 'model to compare with')
    .option('--earlier <profile>', 'profile of an earlier file')
    .option('--out <profile>', 'profile to write, JSON, for the next time')
    .option('--json', 'report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink link drift bookings.csv --columns given=first,surname=last,dob=born --earlier last.json',
    )
    .action(async (file: string, options: DriftOptions) => done(await driftCommand(file, options)));
  link
    .command('thresholds')
    .description(
      'Show what each threshold gives on the synthetic county: links made, and false links per 100,000',
    )
    .option('--model <file>', 'model to judge')
    .option('--seed <seed>', 'which county', 'thresholds')
    .option('--json', 'table as JSON')
    .addHelpText('after', '\nExample:\n  benchlink link thresholds --seed 7')
    .action(async (options: { model?: string; seed: string; json?: boolean }) =>
      done(await thresholdsCommand(options)),
    );
}
