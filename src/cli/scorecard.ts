import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { isCalendarDate, startOfDay, systemClock } from '../clock.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { type Scorecard, scorecard, scorecards } from '../ingest/scorecard/index.ts';
import { scorecardHtml, scorecardText } from '../ingest/scorecard/render.ts';
import { type Common, withCommon, withStore } from './open.ts';
import { output } from './output.ts';

interface ScorecardOptions extends Common {
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly html?: string;
}

/** Days looked back where no span is given: a month of nights. */
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('wants a date, YYYY-MM-DD');
  return text;
}

async function cardsOf(options: ScorecardOptions): Promise<Scorecard[]> {
  return withStore(options, async (store, { zone }) => {
    const now = systemClock.now();
    const from = options.from
      ? startOfDay(options.from, zone)
      : new Date(now.getTime() - USUAL_DAYS * DAY_MS).toISOString();
    const to = options.to ? startOfDay(options.to, zone) : new Date(now.getTime() + 1).toISOString();
    return options.source
      ? [await scorecard(store, options.source, from, to, zone)]
      : scorecards(store, from, to, zone);
  });
}

/** `benchlink scorecard`: how well each court's data serves. */
export function scorecardCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('scorecard'))
    .description("each court's data: completeness, rejects by reason, lateness; worst first")
    .option('--source <name>', 'only this source')
    .option('--from <date>', 'files received from this day, YYYY-MM-DD (default: the last 30 days)', day)
    .option('--to <date>', 'and before this day', day)
    .option('--html <file>', 'also write it as a page for the court')
    .addHelpText('after', '\nExample:\n  benchlink scorecard --source fresno-superior --html fresno.html')
    .action(async (options: ScorecardOptions) => {
      const cards = await cardsOf(options);
      if (options.html) write(options.html, scorecardHtml(cards));
      const out = output(options.json ?? false);
      if (out.json) out.data(cards);
      else if (cards.length === 0) out.line('No source has sent a file in that time.');
      else out.line(cards.map(scorecardText).join('\n\n'));
      done(EXIT.done);
    });
}

function write(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new BenchlinkError('usage', 'FILE-UNWRITABLE', `${file} cannot be written (${code}).`);
  }
}
