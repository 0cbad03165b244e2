import { Command, CommanderError } from 'commander';
import { alertCommands } from './cli/alerts.ts';
import { auditCommands } from './cli/audit.ts';
import { demoCommand } from './cli/demo.ts';
import { destinationCommands } from './cli/destination.ts';
import { exonerateCommand } from './cli/exonerate.ts';
import { explainCommand } from './cli/explain.ts';
import { hitsCommands } from './cli/hits.ts';
import { intakeCommand } from './cli/intake.ts';
import { linkCommands } from './cli/link.ts';
import { reportError } from './cli/output.ts';
import { packageCommand } from './cli/package.ts';
import { parseCommand } from './cli/parse.ts';
import { printsCommands } from './cli/prints/index.ts';
import { quarantineCommands } from './cli/quarantine.ts';
import { recallBulkCommands } from './cli/recall-bulk.ts';
import { reconcileCommand } from './cli/reconcile.ts';
import { reprocessCommands } from './cli/reprocess.ts';
import { retentionCommand } from './cli/retention.ts';
import { reviewCommands } from './cli/review.ts';
import { runCommand } from './cli/run.ts';
import { scheduleCommand } from './cli/schedule.ts';
import { scorecardCommand } from './cli/scorecard.ts';
import { sourceCommands } from './cli/source.ts';
import { statusCommands } from './cli/status.ts';
import { validateCommand } from './cli/validate.ts';
import { EXIT } from './errors.ts';

/** Command groups, in the order of the help. */
const GROUPS: readonly ((program: Command, done: (code: number) => void) => void)[] = [
  demoCommand,
  runCommand,
  parseCommand,
  statusCommands,
  explainCommand,
  reviewCommands,
  reprocessCommands,
  quarantineCommands,
  recallBulkCommands,
  packageCommand,
  reconcileCommand,
  validateCommand,
  hitsCommands,
  exonerateCommand,
  destinationCommands,
  retentionCommand,
  linkCommands,
  printsCommands,
  auditCommands,
  intakeCommand,
  scheduleCommand,
  sourceCommands,
  scorecardCommand,
  alertCommands,
];

function build(done: (code: number) => void): Command {
  const program = new Command('benchlink')
    .description(
      "Carries Failure to Appear bench warrants from court case systems to the state's wanted-persons file",
    )
    .exitOverride()
    .showHelpAfterError('(add --help for the options and an example)')
    .enablePositionalOptions();
  for (const register of GROUPS) register(program, done);
  return program;
}

/** A reader that has seen enough (`| head`) is no error of ours. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
}

/**
 * Runs one command. Exit codes: 0 done, 1 some records failed, 2 usage or configuration, 3 could not run.
 * @param argv as `process.argv`
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  process.stdout.off('error', onOutputError).on('error', onOutputError);
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
