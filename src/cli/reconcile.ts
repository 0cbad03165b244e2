import { createWriteStream, type WriteStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { EXIT } from '../errors.ts';
import { createLog } from '../log.ts';
import { DIFFERENCE_TEXTS, type FoundDifference, type RepairAct, reconcileNow } from '../reconcile.ts';
import { type DifferenceRow, openDifferences } from '../store/index.ts';
import { type Common, me, withCommon, withStore } from './open.ts';
import { type Output, output, progress, table } from './output.ts';

interface ReconcileOptions extends Common {
  readonly dryRun?: boolean;
  readonly act?: readonly RepairAct[];
  readonly open?: boolean;
  readonly out?: string;
  readonly by: string;
}

/** Differences shown; all of them go to --out. */
const SHOWN = 50;
const COLUMNS = ['code', 'act', 'ori', 'oca', 'warrant', 'fcn', 'nam'] as const;

function cells(found: FoundDifference): string[] {
  const { code, act, ori, oca, warrantId = '', fcn = '', nam = '' } = found;
  return [code, act, ori, oca, warrantId, fcn, nam];
}

/** Every difference as it is found: the list may be long. */
class DifferenceFile {
  readonly #stream: WriteStream;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
    this.#stream.write(`${COLUMNS.join(',')}\n`);
  }

  add(found: FoundDifference): void {
    const quoted = cells(found).map((cell) =>
      /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
    );
    this.#stream.write(`${quoted.join(',')}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.once('error', reject);
      this.#stream.end(() => resolve());
    });
  }
}

function tellOpen(rows: readonly DifferenceRow[], out: Output): void {
  if (out.json || rows.length === 0) {
    if (out.json) out.data(rows);
    else out.line('No difference waits for a person.');
    return;
  }
  const shown = rows.map((row) => [row.code, row.act, row.ori, row.oca, row.warrant_id ?? '', row.fcn ?? '']);
  out.line(table(['code', 'proposed', 'ori', 'oca', 'warrant', 'fcn'], shown));
  for (const code of new Set(rows.map((row) => row.code)))
    out.line(`${code}: ${DIFFERENCE_TEXTS[code as FoundDifference['code']]}.`);
}

async function compare(options: ReconcileOptions): Promise<number> {
  const shown: FoundDifference[] = [];
  const file = options.out ? new DifferenceFile(options.out) : undefined;
  const show = progress('reconcile');
  const result = await withStore(options, (store, config) =>
    reconcileNow({
      config,
      store,
      clock: systemClock,
      log: createLog(config.log),
      actor: options.by,
      dryRun: options.dryRun ?? false,
      ...(options.act ? { acts: options.act } : {}),
      onProgress: (cases) => show(cases, undefined, 'cases'),
      onDifference: (found) => {
        file?.add(found);
        if (shown.length < SHOWN) shown.push(found);
      },
    }),
  );
  await file?.close();
  const total = Object.values(result.differences).reduce((sum, n) => sum + (n ?? 0), 0);
  const out = output(options.json ?? false);
  if (out.json) out.data({ ...result, shown });
  else {
    const { court, ours, theirs } = result.counts;
    out.line(`court ${court} warrants, ours ${ours} records, theirs ${theirs} records`);
    if (total === 0) out.line('The lists agree.');
    else {
      out.line(table([...COLUMNS], shown.map(cells)));
      if (total > shown.length) out.line(`${total - shown.length} more; --out FILE has all of them.`);
      for (const [code, n] of Object.entries(result.differences))
        out.line(`${code} ${n}: ${DIFFERENCE_TEXTS[code as FoundDifference['code']]}.`);
    }
    if (result.dryRun) out.line('Dry run: nothing was written, repaired or sent.');
    else if (total > 0) out.line(`${result.acted} repaired, ${total - result.acted} wait for a person.`);
    if (result.sent)
      out.line(`sent ${result.sent.sent}, accepted ${result.sent.accepted}, open ${result.sent.open}`);
  }
  return total > result.acted ? EXIT.someFailed : EXIT.done;
}

/** `benchlink reconcile`: the court's list, ours and the destination's, three ways. */
export function reconcileCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('reconcile'))
    .description(
      "compare the court's list, ours and the destination's; repair what policy allows, propose the rest",
    )
    .option('--dry-run', 'compare only: write, repair and send nothing')
    .addOption(
      new Option(
        '--act <act...>',
        'repairs to make without asking (default: destination.reconcile.acts)',
      ).choices(['cancel', 'enter', 'adopt']),
    )
    .option('--open', 'show what earlier comparisons left to a person, without comparing')
    .option('--out <file>', 'every difference as CSV')
    .option('--by <name>', 'who does it', me())
    .addHelpText(
      'after',
      `
Acts:
  cancel  remove a record of a warrant the court has ended, at once
  enter   enter a standing warrant the destination has lost
  adopt   take a record of ours that we did not know of, and bring it up to date
  look    a person compares; nothing is done by itself
Exit code 1: some differences wait for a person.

Example:
  benchlink reconcile --dry-run --out differences.csv
  benchlink reconcile --act cancel enter --by "A. Clerk"`,
    )
    .action(async (options: ReconcileOptions) => {
      if (!options.open) return done(await compare(options));
      const rows = await withStore(options, (store) => openDifferences(store.db, 1000));
      tellOpen(rows, output(options.json ?? false));
      done(rows.length > 0 ? EXIT.someFailed : EXIT.done);
    });
}
