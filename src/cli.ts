import { Command, CommanderError } from 'commander';
import { auditCommands } from './cli/audit.ts';
import { demoCommand } from './cli/demo.ts';
import { reportError } from './cli/output.ts';
import { printsCommands } from './cli/prints.ts';
import { reviewCommands } from './cli/review.ts';
import { statusCommands } from './cli/status.ts';
import { EXIT } from './errors.ts';

function build(done: (code: number) => void): Command {
  const program = new Command('benchlink')
    .description(
      "Carries Failure to Appear bench warrants from court case systems to the state's wanted-persons file",
    )
    .exitOverride()
    .showHelpAfterError('(add --help for the options and an example)')
    .enablePositionalOptions();
  demoCommand(program, done);
  statusCommands(program, done);
  reviewCommands(program, done);
  auditCommands(program, done);
  printsCommands(program, done);
  return program;
}

/**
 * Runs one command. Exit codes: 0 done, 1 some records failed, 2 usage or configuration, 3 could not run.
 * @param argv as `process.argv`
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  try {
    await build((result) => {
      code = result;
    }).parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportError(error, argv.includes('--json'));
  }
}
