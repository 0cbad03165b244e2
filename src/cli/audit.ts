import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { verifyAudit } from '../store/index.ts';
import { type Common, withCommon, withStore } from './open.ts';
import { output, progress } from './output.ts';

/** `audit verify`: is the record of everything still whole? */
export function auditCommands(program: Command, done: (code: number) => void): void {
  const audit = program.command('audit').description('the hash-chained record of every act');
  withCommon(audit.command('verify'))
    .description('walk the chain and name its first broken link')
    .addHelpText('after', '\nExample:\n  benchlink audit verify')
    .action(async (options: Common) => {
      const verdict = await withStore(options, (store) => verifyAudit(store.db, progress('audit')));
      const out = output(options.json ?? false);
      if (out.json) out.data(verdict);
      else
        out.line(
          verdict.ok
            ? `The audit is whole: ${verdict.entries} entries.`
            : `The audit is broken: ${verdict.why}.`,
        );
      done(verdict.ok ? EXIT.done : EXIT.someFailed);
    });
}
