import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { EXIT } from '../errors.ts';
import { isMisbehaviour, MISBEHAVIOURS } from '../transmit/intake/index.ts';
import { openSandbox } from '../transmit/intake/sandbox.ts';
import { output } from './output.ts';

interface IntakeCliOptions {
  readonly port: number;
  readonly adminPort?: number;
  readonly data: string;
  readonly certs: string;
  readonly zone: string;
  readonly misbehave?: string;
}

function port(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n > 65_535) throw new InvalidArgumentError('wants a port, 0 to 65535');
  return n;
}

/** `benchlink intake`: the reference destination as a process of its own, until it is told to stop. */
export function intakeCommand(program: Command, done: (code: number) => void): void {
  program
    .command('intake')
    .description(
      'the reference intake: a sandbox destination over mutual TLS that validates, answers and can misbehave',
    )
    .option('--port <n>', 'HTTPS port; 0 takes a free one', port, 8443)
    .option('--admin-port <n>', 'plain HTTP on loopback, to change its behaviour', port)
    .option('--data <dir>', 'its own database', 'intake')
    .option('--certs <dir>', 'certificates; made there if there are none', 'intake/certificates')
    .option('--zone <zone>', 'its time zone', 'America/Los_Angeles')
    .addOption(new Option('--misbehave <mode>', 'start misbehaving').choices(Object.keys(MISBEHAVIOURS)))
    .addHelpText(
      'after',
      `\nExample:\n  benchlink intake --port 8443 --misbehave drop-after\n\nMisbehaviours:\n${Object.entries(
        MISBEHAVIOURS,
      )
        .map(([mode, what]) => `  ${mode}: ${what}`)
        .join('\n')}\nRoutes: docs/intake.md`,
    )
    .action(async (options: IntakeCliOptions) => {
      const intake = await openSandbox({
        data: options.data,
        certs: options.certs,
        clock: systemClock,
        port: options.port,
        zone: options.zone,
        ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
        ...(options.misbehave && isMisbehaviour(options.misbehave) ? { misbehave: options.misbehave } : {}),
      });
      const out = output(false);
      out.line(
        `intake at ${intake.url}${intake.adminUrl ? `, admin at ${intake.adminUrl}` : ''}; certificates in ${options.certs}`,
      );
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      await intake.close();
      done(EXIT.done);
    });
}
