import type { Command } from 'commander';
import { isoInstant, systemClock } from '../clock.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { answerIngestReview, INGEST_ANSWERS, type IngestAnswer } from '../ingest/answers.ts';
import { decideMatchReview, type ReviewDecision } from '../review.ts';
import { openReviews, type Store } from '../store/index.ts';
import { type Common, me, withCommon, withStore } from './open.ts';
import { output, table } from './output.ts';

interface DecideOptions extends Common {
  readonly attach?: string;
  readonly booking?: boolean;
  readonly confirm?: string;
  readonly sendWithoutPrint?: boolean;
  readonly keep?: boolean;
  readonly done?: boolean;
  readonly removed?: string;
  readonly at?: string;
  readonly stands?: boolean;
  readonly recalled?: boolean;
  readonly served?: boolean;
  readonly by: string;
  readonly note?: string;
}

type Decision = ReviewDecision | { readonly kind: IngestAnswer };

function decisionOf(options: DecideOptions, now: string): Decision {
  const given: Decision[] = [];
  for (const kind of INGEST_ANSWERS) if (options[kind]) given.push({ kind });
  if (options.attach) given.push({ kind: 'attach', bookingId: options.attach });
  if (options.booking === false) given.push({ kind: 'no-booking' });
  if (options.confirm) given.push({ kind: 'confirm', recordId: options.confirm });
  if (options.sendWithoutPrint) given.push({ kind: 'send-without-print' });
  if (options.keep) given.push({ kind: 'keep' });
  if (options.done) given.push({ kind: 'done' });
  if (options.removed) given.push({ kind: 'removed', by: options.removed, at: options.at ?? now });
  if (given.length !== 1) {
    throw new BenchlinkError(
      'usage',
      'DECISION-UNCLEAR',
      'Give exactly one of --attach, --no-booking, --confirm, --send-without-print, --keep, --done, --removed, --stands, --recalled, --served.',
    );
  }
  return given[0]!;
}

function isIngestAnswer(decision: Decision): decision is { readonly kind: IngestAnswer } {
  return INGEST_ANSWERS.some((kind) => kind === decision.kind);
}

async function decide(
  store: Store,
  question: number,
  decision: Decision,
  { by, note }: DecideOptions,
): Promise<'decided' | 'second-examiner'> {
  if (!isIngestAnswer(decision)) return decideMatchReview(store, by, question, decision, note);
  if (await answerIngestReview(store, by, question, decision.kind, note)) return 'decided';
  throw new BenchlinkError('usage', 'REVIEW-DECIDED', `Somebody answered question ${question} before.`);
}

/** `review`: the open questions; `review decide`: a person's answer. */
export function reviewCommands(program: Command, done: (code: number) => void): void {
  const review = withCommon(program.command('review'))
    .description('warrants that wait for a person, and why')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink review\n  benchlink review decide 12 --attach b_1f2e --by "A. Clerk"',
    )
    .action(async (options: Common) => {
      const rows = await withStore(options, (store) => openReviews(store.db));
      const out = output(options.json ?? false);
      if (out.json) out.data(rows);
      else if (rows.length === 0) out.line('No question is open.');
      else
        out.line(
          table(
            ['question', 'warrant', 'code', 'since', 'what'],
            rows.map((r) => [r.id, r.warrant_id, r.code, r.opened_at.slice(0, 16), r.sentence]),
          ),
        );
      done(EXIT.done);
    });
  withCommon(review.command('decide <question>'))
    .description('answer a question; the answer is kept with your name')
    .option('--attach <booking>', 'this booking or citation is the origin')
    .option('--no-booking', 'no known booking is the origin')
    .option(
      '--confirm <record>',
      'the prior record is this person’s: pack its number; takes two examiners if a search found it',
    )
    .option('--send-without-print', 'send without print and number')
    .option('--keep', 'do not send; a record that is on file is taken back')
    .option('--done', 'what the destination said has been dealt with; the warrant stays where it stands')
    .option('--removed <who>', 'taken off by telephone: who at the destination says that the record is gone')
    .option('--at <time>', 'when they said so, e.g. 2026-01-15T09:30-08:00 (default: now)')
    .option('--stands', 'asked, the court says that the warrant stands as it is')
    .option('--recalled', 'asked, the court says that it is recalled')
    .option('--served', 'asked, the court says that it is served')
    .option('--by <name>', 'who decides', me())
    .option('--note <text>', 'why')
    .addHelpText(
      'after',
      '\nExamples:\n  benchlink review decide 12 --attach b_1f2e --note "same date of birth on the booking card"\n  benchlink review decide 13 --confirm p_9c0d\n  benchlink review decide 14 --removed "Sgt. Example, WPS desk" --by "A. Clerk"',
    )
    .action(async (question: string, options: DecideOptions) => {
      const decision = decisionOf(options, isoInstant(systemClock.now()));
      const outcome = await withStore(options, (store) => decide(store, Number(question), decision, options));
      const out = output(options.json ?? false);
      if (out.json) out.data({ question: Number(question), decision, outcome });
      else if (outcome === 'decided') out.line(`Question ${question} is decided; the next run carries on.`);
      else {
        out.line(
          `Noted. The record was found by a search, so a second examiner looks without being told what you found, and answers with: benchlink review decide ${question} --confirm RECORD --by NAME`,
        );
      }
      done(EXIT.done);
    });
}
