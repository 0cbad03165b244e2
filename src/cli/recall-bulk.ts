import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isCalendarDate } from '../clock.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import {
  approveBulkRecall,
  type BulkPreview,
  type BulkSelection,
  bulkProgress,
  previewBulkRecall,
  proposeBulkRecall,
  rejectBulkRecall,
} from '../ingest/bulk-recall.ts';
import { runBulkRecall, undoBulkRecall } from '../ingest/bulk-recall-run.ts';
import { listBulkRecalls } from '../store/index.ts';
import { type Common, me, withCommon, withStore } from './open.ts';
import { type Output, output, progress, table } from './output.ts';

interface Chosen extends Common {
  readonly list?: string;
  readonly source?: string;
  readonly court?: string;
  readonly county?: string;
  readonly level?: string;
  readonly issuedBefore?: string;
}

interface ProposeOptions extends Chosen {
  readonly title: string;
  readonly authority: string;
  readonly perMinute: number;
  readonly by: string;
}

interface Acting extends Common {
  readonly by: string;
}

type Done = (code: number) => void;

/** 250,000 warrants in 21 hours; the destination's own throttle holds beside it. */
const PER_MINUTE = 200;
/** Numbers shown of those that name no warrant, or several. */
const SHOWN = 20;

function date(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('wants a date, YYYY-MM-DD');
  return text;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('wants a whole number above 0');
  return value;
}

/** One number a line, the first cell of a delimited line; blank lines and those that begin with # say nothing. */
function numbersIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new BenchlinkError('usage', 'FILE-UNREADABLE', `${file} cannot be read (${code}).`);
  }
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) =>
      line
        .split(/[,;\t|]/, 1)[0]!
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    )
    .filter((number) => number !== '');
}

function selectionOf({ list, source, court, county, level, issuedBefore }: Chosen): BulkSelection {
  const of = source ? { source } : {};
  const rule = {
    ...(court ? { courtOri: court } : {}),
    ...(county ? { county } : {}),
    ...(level ? { level } : {}),
    ...(issuedBefore ? { issuedBefore } : {}),
  };
  if (list === undefined) return { kind: 'rule', rule: { ...of, ...rule } };
  if (Object.keys(rule).length > 0) {
    throw new BenchlinkError(
      'usage',
      'BULK-RULE',
      'Give a list or a rule, not both; --source narrows either.',
    );
  }
  return { kind: 'numbers', numbers: numbersIn(list), ...of };
}

function tellPreview(out: Output, preview: BulkPreview): void {
  const { total, byState, sent, over, unknown, ambiguous } = preview;
  out.line(`${total} warrants would be recalled; ${sent} of them were sent, each becomes a cancellation.`);
  for (const [state, n] of Object.entries(byState)) out.line(`  ${state}: ${n}`);
  if (over > 0) out.line(`${over} named are over already.`);
  const list = (numbers: readonly string[], what: string) => {
    if (numbers.length === 0) return;
    const more =
      numbers.length > SHOWN ? ` and ${numbers.length - SHOWN} more (all of them with --json)` : '';
    out.line(`${numbers.length} ${what}: ${numbers.slice(0, SHOWN).join(', ')}${more}`);
  };
  list(unknown, 'numbers name no warrant');
  list(ambiguous, 'numbers name more than one warrant and are left out; name these by our id');
}

function choosing(command: Command): Command {
  return withCommon(command)
    .option('--list <file>', 'a file of warrant numbers, OCAs or our ids, one a line')
    .option('--source <name>', 'only warrants of this source')
    .option('--court <ori>', 'rule: of this court')
    .option('--county <name>', 'rule: of this county')
    .addOption(new Option('--level <level>', 'rule: of this level').choices(['F', 'M', 'I']))
    .option('--issued-before <date>', 'rule: issued before this day, YYYY-MM-DD', date);
}

function choosingCommands(group: Command, done: Done): void {
  choosing(group.command('preview'))
    .description('what a list or a rule would recall; changes nothing')
    .addHelpText('after', '\nExample:\n  benchlink recall-bulk preview --court CA010015J --level I')
    .action(async (options: Chosen) => {
      const selection = selectionOf(options);
      const preview = await withStore(options, (store) => previewBulkRecall(store, selection));
      const out = output(options.json ?? false);
      if (out.json) out.data(preview);
      else tellPreview(out, preview);
      done(preview.unknown.length + preview.ambiguous.length > 0 ? EXIT.someFailed : EXIT.done);
    });
  choosing(group.command('propose'))
    .description('fix what is to be recalled, for another person to approve')
    .requiredOption('--title <text>', 'what it is')
    .requiredOption('--authority <text>', 'the order or minute that allows it')
    .option('--per-minute <n>', 'warrants recalled in a minute at most', count, PER_MINUTE)
    .option('--by <name>', 'who proposes', me())
    .addHelpText(
      'after',
      '\nExample:\n  benchlink recall-bulk propose --list quashed.txt --title "Infractions before 2020" --authority "Standing order 26-14" --by "A. Clerk"',
    )
    .action(async (options: ProposeOptions) => {
      const { title, authority, perMinute, by } = options;
      const proposal = { title, authority, perMinute, selection: selectionOf(options) };
      const made = await withStore(options, (store) => proposeBulkRecall(store, by, proposal));
      const out = output(options.json ?? false);
      if (out.json) out.data(made);
      else {
        tellPreview(out, made.preview);
        out.line(`${made.id} waits for another person: benchlink recall-bulk approve ${made.id} --by NAME`);
      }
      done(EXIT.done);
    });
}

function deciding(
  group: Command,
  name: string,
  what: string,
  work: (options: Acting, id: string) => Promise<unknown>,
  done: Done,
): void {
  withCommon(group.command(`${name} <id>`))
    .description(what)
    .option('--by <name>', 'who does it', me())
    .addHelpText('after', `\nExample:\n  benchlink recall-bulk ${name} bulk_1f2e --by "B. Judge"`)
    .action(async (id: string, options: Acting) => {
      const result = await work(options, id);
      const out = output(options.json ?? false);
      if (out.json) out.data({ id, ...(result as object) });
      else
        out.line(
          `${id}: ${Object.entries(result as object)
            .map(([key, n]) => `${key} ${n}`)
            .join(', ')}`,
        );
      const { tooLate = 0, planned = 0 } = result as { tooLate?: number; planned?: number };
      done(tooLate > 0 || (name === 'run' && planned > 0) ? EXIT.someFailed : EXIT.done);
    });
}

async function carryOut(options: Acting, id: string): Promise<unknown> {
  let stop = false;
  const ask = () => {
    stop = true;
  };
  process.once('SIGINT', ask);
  process.once('SIGTERM', ask);
  const show = progress('recall-bulk');
  return withStore(options, (store) =>
    runBulkRecall(
      {
        store,
        actor: options.by,
        // A stop need not wait for the pause to end.
        sleep: async (ms) => {
          for (let left = ms; left > 0 && !stop; left -= 1000) await sleep(Math.min(left, 1000));
        },
        shouldStop: () => stop,
        onProgress: (n, of) => show(n, of, 'warrants'),
      },
      id,
    ),
  );
}

function decidingCommands(group: Command, done: Done): void {
  const say = async (options: Acting, work: Promise<void>, state: string) => {
    await work;
    return { state, by: options.by };
  };
  deciding(
    group,
    'approve',
    "another person's yes",
    (options, id) =>
      withStore(options, (store) => say(options, approveBulkRecall(store, options.by, id), 'approved')),
    done,
  );
  deciding(
    group,
    'reject',
    "another person's no",
    (options, id) =>
      withStore(options, (store) => say(options, rejectBulkRecall(store, options.by, id), 'rejected')),
    done,
  );
  deciding(
    group,
    'run',
    'recall what was approved, at its pace; stopped or killed, it goes on when it is run again',
    carryOut,
    done,
  );
  deciding(
    group,
    'undo',
    'take back what has not been sent yet',
    (options, id) => withStore(options, (store) => undoBulkRecall(store, options.by, id)),
    done,
  );
}

function statusCommand(group: Command, done: Done): void {
  withCommon(group.command('status [id]'))
    .description('every bulk recall, or how far one is')
    .addHelpText('after', '\nExample:\n  benchlink recall-bulk status --json')
    .action(async (id: string | undefined, options: Common) => {
      const out = output(options.json ?? false);
      await withStore(options, async (store) => {
        if (id !== undefined) {
          const how = await bulkProgress(store, id);
          if (out.json) out.data({ id, ...how });
          else
            out.line(
              Object.entries(how)
                .map(([key, n]) => `${key} ${n}`)
                .join(', '),
            );
          return;
        }
        const rows = await listBulkRecalls(store.db);
        const shown = rows.map(({ selection: _selection, ...row }) => row);
        if (out.json) out.data(shown);
        else if (rows.length === 0) out.line('There is no bulk recall.');
        else
          out.line(
            table(
              ['id', 'state', 'warrants', 'per minute', 'proposed by', 'approved by', 'title'],
              shown.map((r) => [
                r.id,
                r.state,
                r.total,
                r.per_minute,
                r.proposed_by,
                r.approved_by ?? '-',
                r.title,
              ]),
            ),
          );
      });
      done(EXIT.done);
    });
}

/** `recall-bulk`: many warrants recalled by one order, seen by two people. */
export function recallBulkCommands(program: Command, done: Done): void {
  const group = program
    .command('recall-bulk')
    .description('recall many warrants by one order: preview, propose, approve by another person, run, undo');
  choosingCommands(group, done);
  decidingCommands(group, done);
  statusCommand(group, done);
}
