import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { answerHitNow, type HitLine, hitList } from '../hits.ts';
import { type Common, me, withCommon, withStore } from './open.ts';
import { output, table } from './output.ts';

interface AnswerOptions extends Common {
  readonly confirm?: boolean;
  readonly deny?: boolean;
  readonly later?: number;
  readonly name: string;
  readonly agency?: string;
  readonly phone?: string;
  readonly remarks?: string;
  readonly by: string;
}

function hours(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 999) throw new InvalidArgumentError('wants whole hours, 1 to 999');
  return n;
}

function answerOf(options: AnswerOptions) {
  const { name, agency, phone, remarks } = options;
  const given = [options.confirm && 'Y', options.deny && 'N', options.later !== undefined && 'P'].filter(
    Boolean,
  );
  if (given.length !== 1) {
    throw new BenchlinkError(
      'usage',
      'ANSWER-UNCLEAR',
      'Give exactly one of --confirm, --deny, --later HOURS.',
    );
  }
  return {
    confirmed: given[0] as 'Y' | 'N' | 'P',
    name,
    ...(options.later === undefined ? {} : { hours: options.later }),
    ...(agency ? { agency } : {}),
    ...(phone ? { phone } : {}),
    ...(remarks ? { remarks } : {}),
  };
}

function due(line: HitLine): string {
  return line.minutesLeft < 0 ? `${-line.minutesLeft} min OVERDUE` : `${line.minutesLeft} min`;
}

function tell(lines: readonly HitLine[]): string {
  return table(
    ['hit', 'due in', 'urgent', 'asked by', 'FCN', 'warrant', 'stands', 'not this person'],
    lines.map((line) => [
      line.id,
      due(line),
      line.priority === 'U' ? 'yes' : 'no',
      line.byOri,
      line.fcn,
      line.number ?? line.warrantId ?? 'none of ours',
      line.state ?? '-',
      line.exonerations,
    ]),
  );
}

/** `benchlink hits`: hit confirmations other agencies ask of us; `hits answer`: the response. */
export function hitsCommands(program: Command, done: (code: number) => void): void {
  const hits = withCommon(program.command('hits'))
    .description('hit confirmations other agencies wait for (YQ), most urgent first')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink hits\n  benchlink hits answer 3 --confirm --name "SGT EXAMPLE" --phone 213-555-0100',
    )
    .action(async (options: Common) => {
      const lines = await withStore(options, (store) => hitList(store, systemClock));
      const out = output(options.json ?? false);
      if (out.json) out.data(lines);
      else out.line(lines.length === 0 ? 'No agency waits for a hit confirmation.' : tell(lines));
      done(EXIT.done);
    });
  withCommon(hits.command('answer <hit>'))
    .description('answer a request (YR); only a warrant that stands can be confirmed')
    .option('--confirm', 'the person is the one wanted and the warrant stands')
    .option('--deny', 'not this person, or the warrant does not stand')
    .option('--later <hours>', 'a substantive answer follows within so many hours', hours)
    .requiredOption('--name <name>', 'who answers')
    .option('--agency <name>', 'for which agency')
    .option('--phone <number>', 'where to call')
    .option('--remarks <text>', 'remarks')
    .option('--by <name>', 'who does it, for the audit', me())
    .addHelpText(
      'after',
      '\nExample:\n  benchlink hits answer 3 --deny --name "SGT EXAMPLE" --remarks "recalled today"',
    )
    .action(async (hit: string, options: AnswerOptions) => {
      const answer = answerOf(options);
      const result = await withStore(options, (store, config) =>
        answerHitNow({ config, store, clock: systemClock, actor: options.by }, Number(hit), answer),
      );
      const out = output(options.json ?? false);
      if (out.json) out.data({ hit: Number(hit), ...result });
      else {
        out.line(result.response);
        out.line(result.sent ? 'The destination has it.' : 'It is kept and goes out with the next run.');
      }
      done(result.sent ? EXIT.done : EXIT.someFailed);
    });
}
