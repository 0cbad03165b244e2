import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { type ExonerationWords, exonerate } from '../exonerate.ts';
import { type Common, me, oneWarrant, withCommon, withStore } from './open.ts';
import { output } from './output.ts';

interface ExonerateOptions extends Common, ExonerationWords {
  readonly by: string;
}

/** `benchlink exonerate ID`: somebody is not the person this warrant names. */
export function exonerateCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('exonerate <id>'))
    .description(
      'record that somebody is not the person a warrant names; the warrant stands, and the record says so',
    )
    .requiredOption('--name <name>', 'who it is not, "SURNAME, GIVEN"')
    .requiredOption('--method <text>', 'how that was found out, e.g. "fingerprints compared"')
    .option('--born <date>', 'date of birth, YYYY-MM-DD')
    .option('--number <kind:number>', 'a number that tells the person apart, e.g. CII:A12345678')
    .option('--date <date>', 'day of the finding, YYYY-MM-DD')
    .option('--informant <name>', 'who found it out')
    .option('--by <name>', 'who records it', me())
    .addHelpText(
      'after',
      '\nExample:\n  benchlink exonerate FTA-000123 --name "EXAMPLE, ANN" --born 1990-02-28 --number CII:A12345678 --method "fingerprints compared" --informant "Deputy 4711"',
    )
    .action(async (id: string, options: ExonerateOptions) => {
      const result = await withStore(options, async (store) => {
        const row = await oneWarrant(store, id);
        return { id: row.id, added: await exonerate(store, options.by, row.id, options) };
      });
      const out = output(options.json ?? false);
      if (out.json) out.data(result);
      else
        out.line(
          result.added
            ? `Recorded. The next run tells the destination; no later change takes it away.`
            : 'It was recorded before.',
        );
      done(EXIT.done);
    });
}
