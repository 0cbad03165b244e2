import { type Command, InvalidArgumentError } from 'commander';
import { FIELD_KEYS } from '../match/link/index.ts';
import { type PairOptions, pairCommand } from './link-pairs.ts';
import { type DriftOptions, driftCommand, thresholdsCommand } from './link-reports.ts';
import { type TrainOptions, trainCommand } from './link-train.ts';

function chance(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('wants a probability from 0 to 1');
  return value;
}

const COLUMNS_HELP =
  'fields and their columns: id=rec_id,given=given_name,surname=surname,dob=date_of_birth,...';
const FIELDS_HELP = `\nFields: ${FIELD_KEYS.join(', ')}; any other is compared as text. Usual names (first_name, last_name, postcode, suburb, date_of_birth, ...) are understood; a field may join columns: street=number+road. Dates may be YYYYMMDD, ISO or with slashes.\n`;

function pairOptions(command: Command): Command {
  return command
    .requiredOption('--columns <map>', COLUMNS_HELP)
    .requiredOption('--out <file>', 'CSV to write: id_a,id_b,probability')
    .option('--train', 'learn the weights from these files first')
    .option('--model <file>', 'model to use, or to start training from')
    .option('--floor <p>', 'least probability to write', chance, 0.01)
    .option('--explain <file>', 'also write the reasoning for every pair, a JSON document a line')
    .option('--mask', 'with --explain: mask personal values')
    .option('--json', 'summary as JSON')
    .addHelpText('after', FIELDS_HELP);
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
    .description('Learn a model without truth, from CSV files, an installation or the synthetic county')
    .option('--columns <map>', COLUMNS_HELP)
    .option('--columns-b <map>', 'columns of the second file')
    .option('--store', 'learn from the warrants and bookings of an installation')
    .option('--config <file>', 'configuration of the installation (default: benchlink.json here)')
    .option('--synthetic', 'learn from the synthetic county: this is how the shipped model is made')
    .option('--model <file>', 'model to start from')
    .option('--name <name>', 'name to give the model', 'trained')
    .requiredOption('--out <file>', 'model to write, JSON')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink link train warrants.csv bookings.csv --columns given=first,surname=last,dob=born --out model.json\n  benchlink link train --store --out model.json',
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
