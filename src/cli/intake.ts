import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { EXIT } from '../errors.ts';
import { MISBEHAVIOURS, type Misbehaviour } from '../transmit/intake/index.ts';
import { openSandbox } from '../transmit/intake/sandbox.ts';
import { output } from './output.ts';

interface IntakeCliOptions {
  readonly port: number;
  readonly adminPort?: number;
  readonly data: string;
  readonly certs: string;
  readonly drop?: string;
  readonly zone: string;
  readonly misbehave?: Misbehaviour;
  readonly json?: boolean;
}

function port(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n > 65_535) throw new InvalidArgumentError('wants a port, 0 to 65535');
  return n;
}

const MODES = Object.entries(MISBEHAVIOURS)
  .map(([mode, what]) => `  ${mode.padEnd(19)} ${what}`)
  .join('\n');

const HELP = `
What it takes: messages in NIEM 6.0 XML or JSON, OJBC reports and CODE/VALUE text, told apart by their own bytes, and
answers in the format of the message. What it holds persists in --data; the same command takes it up again.

Routes over HTTPS (a client certificate of --certs is required; PORT as printed):
  POST /messages              takes a message (header Message-Id) and answers about it
  GET  /messages/ID           the answer to a message again
  POST /messages/ID/close     the same, and nothing more is taken under the id
  GET  /records               every live record, one JSON line each
  GET  /records/FCN           one record with all its fields
  GET  /notices?after=SEQ     unsolicited messages: purge, locate, hit-request, late answer
  POST /notices/SEQ/response  the answer to a hit request (YR)

Admin routes (--admin-port, plain HTTP on loopback only), JSON bodies; a record is named by "fcn" or by "oca":
  GET  /stats                 what it has seen and holds
  GET  /records               every record in whatever state, newest first
  GET  /misbehaviours         the modes below
  POST /misbehave             {"mode": MODE, "times": N}
  POST /purge                 {"before": "YYYY-MM-DD"}: removes records not validated by then, with notices
  POST /locate                {"oca": OCA, "byOri": ORI}: another agency has found the person
  POST /hit                   {"oca": OCA, "byOri": ORI, "priority": "U" or "R"}: asks for a hit confirmation
  POST /drift                 {"oca": OCA, "state": "active" or "purged"}: changes a record without a word

Drop (--drop DIR, to be mounted or served over SFTP): in/ID.xml (.json, .txt) is taken up every second and answered in
ack/; out/active.ndjson and out/notices.ndjson are its lists; responses/ takes answers to hit requests.

Misbehaviours:
${MODES}

Example:
  benchlink intake --port 8443 --admin-port 8444 --data sandbox --certs sandbox/certificates
  curl -s localhost:8444/misbehave -d '{"mode": "drop-after", "times": 3}'

docs/intake.md has a walk through the whole of it.`;

/** `benchlink intake`: the reference destination as a process of its own, until it is told to stop. */
export function intakeCommand(program: Command, done: (code: number) => void): void {
  program
    .command('intake')
    .description(
      'the reference intake: a sandbox destination over mutual TLS that validates, answers and can misbehave',
    )
    .option('--port <n>', 'HTTPS port; 0 takes a free one', port, 8443)
    .option('--admin-port <n>', 'plain HTTP on loopback, to change its behaviour; 0 takes a free one', port)
    .option('--data <dir>', 'its own database', 'intake')
    .option(
      '--certs <dir>',
      'certificates; made there, good for a year, if there are none',
      'intake/certificates',
    )
    .option('--drop <dir>', 'a drop folder it serves as well')
    .option('--zone <zone>', 'its time zone', 'America/Los_Angeles')
    .addOption(new Option('--misbehave <mode>', 'start misbehaving').choices(Object.keys(MISBEHAVIOURS)))
    .option('--json', 'print its addresses as JSON')
    .addHelpText('after', HELP)
    .action(async (options: IntakeCliOptions) => {
      const { adminPort, drop, misbehave } = options;
      const intake = await openSandbox({
        data: options.data,
        certs: options.certs,
        port: options.port,
        zone: options.zone,
        clock: systemClock,
        ...(adminPort === undefined ? {} : { adminPort }),
        ...(drop ? { drop } : {}),
        ...(misbehave ? { misbehave } : {}),
      });
      const out = output(options.json ?? false);
      const admin = intake.adminUrl ? `, admin at ${intake.adminUrl}` : '';
      if (out.json)
        out.data({
          url: intake.url,
          adminUrl: intake.adminUrl ?? null,
          certs: options.certs,
          drop: drop ?? null,
        });
      else
        out.line(
          `intake at ${intake.url}${admin}; certificates in ${options.certs}${drop ? `; drop in ${drop}` : ''}`,
        );
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      await intake.close();
      done(EXIT.done);
    });
}
