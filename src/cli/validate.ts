import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import { BenchlinkError, EXIT, errorText } from '../errors.ts';
import { certifyOne, type ValidationLine, validationList } from '../validate.ts';
import { type Common, me, oneWarrant, withCommon, withStore } from './open.ts';
import { output, table } from './output.ts';

interface ValidateOptions extends Common {
  readonly ahead?: number;
  readonly limit: number;
  readonly certify?: readonly string[];
  readonly validator?: string;
  readonly consulted?: string;
  readonly by: string;
}

function whole(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('wants a whole number');
  return n;
}

function listed(lines: readonly ValidationLine[]): string {
  return table(
    ['by', 'days', 'number', 'OCA', 'FCN', 'name', 'docket', 'court', 'state'],
    lines.map((line) => [
      line.validateBy,
      line.daysLeft,
      line.number ?? line.warrantId,
      line.oca,
      line.fcn,
      line.name + (line.riders.length > 0 ? ` (+${line.riders.length})` : ''),
      line.docket ?? '',
      line.courtOri ?? '',
      line.state,
    ]),
  );
}

async function list(options: ValidateOptions): Promise<number> {
  const lines = await withStore(options, (store, config) =>
    validationList(store, config, systemClock, {
      limit: options.limit,
      ...(options.ahead === undefined ? {} : { aheadDays: options.ahead }),
    }),
  );
  const out = output(options.json ?? false);
  if (out.json) out.data(lines);
  else if (lines.length === 0) out.line('No record is due for validation.');
  else {
    out.line(listed(lines));
    out.line(
      'Hold each against the court, then certify it (--certify ID --validator NAME --consulted WHOM) or have it recalled.',
    );
  }
  return EXIT.done;
}

interface Certified {
  readonly id: string;
  readonly messageId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

async function certifyAll(options: ValidateOptions, ids: readonly string[]): Promise<number> {
  const { validator, consulted } = options;
  if (!validator || !consulted) {
    const text =
      '--certify wants --validator (who certifies) and --consulted (court, prosecutor or complainant).';
    throw new BenchlinkError('usage', 'CERTIFY-UNCLEAR', text);
  }
  const results = await withStore(options, async (store, config) => {
    const command = { config, store, clock: systemClock, actor: options.by, validator, consulted };
    const found: Certified[] = [];
    for (const id of ids) {
      try {
        const row = await oneWarrant(store, id);
        found.push({ id, messageId: await certifyOne(command, row.id) });
      } catch (error) {
        if (!(error instanceof BenchlinkError) || error.code === 'NO-DESTINATION') throw error;
        found.push({ id, error: { code: error.code, message: errorText(error) } });
      }
    }
    return found;
  });
  const out = output(options.json ?? false);
  if (out.json) out.data(results);
  else
    for (const { id, error } of results)
      out.line(
        error
          ? `${id}: ${error.code}: ${error.message}`
          : `${id} is certified; the next run tells the destination.`,
      );
  return results.some((result) => result.error) ? EXIT.someFailed : EXIT.done;
}

/** `benchlink validate-due`: the list of records to validate, and their certification. */
export function validateCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('validate-due'))
    .description('records that must be validated or be purged; certify them after consulting the court')
    .option(
      '--ahead <days>',
      'list those due within so many days (default: destination.clocks.validateAheadDays)',
      whole,
    )
    .option('--limit <n>', 'list at most so many', whole, 500)
    .option('--certify <id...>', 'certify these warrants: id, number, OCA or FCN')
    .option('--validator <name>', 'VLN: who certifies')
    .option('--consulted <whom>', 'who was consulted: court, prosecutor or complainant')
    .option('--by <name>', 'who does it, for the audit', me())
    .addHelpText(
      'after',
      `
Example:
  benchlink validate-due
  benchlink validate-due --certify FTA-000123 --validator "A CLERK" --consulted "Superior Court, Dept 12"

A record the destination has purged comes back as the question DST-PURGED in 'benchlink review'; after consulting the
court 'benchlink resubmit ID' enters it again.`,
    )
    .action(async (options: ValidateOptions) => {
      done(options.certify ? await certifyAll(options, options.certify) : await list(options));
    });
}
