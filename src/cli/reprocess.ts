import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { isReasonCode, type ReasonCode, type WarrantState } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import { REPROCESSABLE, type ReprocessReport, reprocess, resubmit } from '../reprocess.ts';
import {
  CORRECTABLE_FIELDS,
  type Correction,
  type RecordsReport,
  reprocessRecords,
  resubmitRecord,
  typedValue,
} from '../reprocess-records.ts';
import { type Common, me, oneWarrant, withCommon, withStore } from './open.ts';
import { type Output, output, progress } from './output.ts';

interface ReprocessOptions extends Common {
  readonly state?: WarrantState;
  readonly code?: string;
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly by: string;
}

interface ResubmitOptions extends Common {
  readonly set: readonly Correction[];
  readonly version?: number;
  readonly reason?: string;
  readonly by: string;
}

function code(text: string): string {
  if (!isReasonCode(text)) throw new InvalidArgumentError('is no reason code; see docs/reasons.md');
  return text;
}

function correction(text: string, before: readonly Correction[]): Correction[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('wants FIELD=VALUE, or FIELD= to remove');
  const field = text.slice(0, at);
  return [...before, { field, value: typedValue(field, text.slice(at + 1)) }];
}

interface Told {
  readonly warrants: ReprocessReport | undefined;
  readonly records: RecordsReport | undefined;
}

/** Quarantined records never became warrants: they are read again, warrants go round again. */
async function reprocessBoth(options: ReprocessOptions): Promise<Told> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { state, code: reasonCode, source, dryRun = false, by } = options;
  const query = { ...(reasonCode ? { code: reasonCode as ReasonCode } : {}), ...(source ? { source } : {}) };
  return withStore(options, async (store, config) => ({
    records:
      state === undefined || state === 'quarantined'
        ? await reprocessRecords({ store, config, clock: systemClock, actor: by }, query, { dryRun })
        : undefined,
    warrants:
      state === 'quarantined'
        ? undefined
        : await reprocess(
            store,
            by,
            { ...query, ...(state ? { state } : {}) },
            { dryRun, onProgress: progress('reprocess'), signal: stop.signal },
          ),
  }));
}

function tell({ warrants, records }: Told, dryRun: boolean, out: Output): void {
  const unchanged = ' (dry run, nothing changed)';
  if (warrants) {
    const done = dryRun ? unchanged : `, ${warrants.done} go round again, ${warrants.skipped} had moved on`;
    out.line(`warrants: ${warrants.selected} selected${done}`);
    for (const [name, n] of Object.entries(warrants.byCode)) out.line(`  ${name}: ${n}`);
  }
  if (records) {
    const done = dryRun ? unchanged : `, ${records.applied} right now, ${records.stillWrong} still wrong`;
    out.line(`quarantined records: ${records.selected} selected${done}`);
  }
}

function reprocessCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('reprocess'))
    .description('send failed, refused or quarantined records round again, once their cause is put right')
    .addOption(
      new Option('--state <state>', 'only these (default: failed, rejected and quarantined)').choices([
        ...REPROCESSABLE,
        'quarantined',
      ]),
    )
    .option('--code <code>', 'only those with this reason', code)
    .option('--source <name>', 'only those of this source')
    .option('--dry-run', 'count them, change nothing')
    .option('--by <name>', 'who does it', me())
    .addHelpText('after', '\nExample:\n  benchlink reprocess --code DST-REJECT --dry-run')
    .action(async (options: ReprocessOptions) => {
      const told = await reprocessBoth(options);
      const out = output(options.json ?? false);
      if (out.json) out.data({ ...told.warrants, records: told.records });
      else tell(told, options.dryRun ?? false, out);
      const left = told.warrants?.stopped || (told.warrants?.skipped ?? 0) > 0;
      done(left || (told.records?.stillWrong ?? 0) > 0 ? EXIT.someFailed : EXIT.done);
    });
}

/** `record:124`, as `benchlink failures` names a record that never became a warrant. */
const RECORD = /^record[: ]?(\d+)$/i;

async function resubmitOne(
  id: string,
  options: ResubmitOptions,
): Promise<{ version?: number; outcome?: string }> {
  return withStore(options, async (store, config) => {
    const record = RECORD.exec(id)?.[1];
    if (record) {
      const desk = { store, config, clock: systemClock, actor: options.by };
      return { outcome: (await resubmitRecord(desk, Number(record), options.set)).outcome };
    }
    const row = await oneWarrant(store, id);
    const version = await resubmit(store, options.by, row.id, {
      version: options.version ?? row.version,
      corrections: options.set,
      ...(options.reason ? { reason: options.reason } : {}),
    });
    return { version };
  });
}

function resubmitCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('resubmit <id>'))
    .description(
      'correct one warrant or record and send it round again: a new version, the one before is kept',
    )
    .option('--set <field=value>', 'a correction; may be repeated', correction, [])
    .option('--version <n>', 'the version the correction was made to (default: the present one)', Number)
    .option('--reason <text>', 'why')
    .option('--by <name>', 'who does it', me())
    .addHelpText(
      'after',
      `\nExample:\n  benchlink resubmit FTA-000123 --set person.birthDate=1980-05-17 --reason "typing error at the court"\n  benchlink resubmit record:124 --set issuedDate=2026-02-28\n\nFields: ${CORRECTABLE_FIELDS.join(', ')}\ncharge, extradition.note and person.ids.mnu add to what is there.`,
    )
    .action(async (id: string, options: ResubmitOptions) => {
      const result = await resubmitOne(id, options);
      const out = output(options.json ?? false);
      if (out.json) out.data({ id, ...result });
      else if (result.version) out.line(`${id} goes round again as version ${result.version}.`);
      else out.line(`${id} is right now (${result.outcome}); the next run carries on.`);
      done(EXIT.done);
    });
}

/** `reprocess` and `resubmit`: the one way back. */
export function reprocessCommands(program: Command, done: (code: number) => void): void {
  reprocessCommand(program, done);
  resubmitCommand(program, done);
}
