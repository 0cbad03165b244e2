import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { isReasonCode, type WarrantState } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import { reprocess, resubmit } from '../reprocess.ts';
import { type Common, oneWarrant, withCommon, withStore } from './open.ts';
import { output, progress } from './output.ts';

interface ReprocessOptions extends Common {
  readonly state?: WarrantState;
  readonly code?: string;
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly by: string;
}

interface ResubmitOptions extends Common {
  readonly set: readonly { field: string; value: string | null }[];
  readonly version?: number;
  readonly reason?: string;
  readonly by: string;
}

function code(text: string): string {
  if (!isReasonCode(text)) throw new InvalidArgumentError('is no reason code; see docs/reasons.md');
  return text;
}

function correction(text: string, before: readonly { field: string; value: string | null }[]) {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('wants FIELD=VALUE, or FIELD= to remove');
  return [...before, { field: text.slice(0, at), value: text.slice(at + 1) || null }];
}

const me = userInfo().username;

/** `reprocess` and `resubmit`: the one way back. */
export function reprocessCommands(program: Command, done: (code: number) => void): void {
  withCommon(program.command('reprocess'))
    .description('send failed or refused warrants round again, once their cause is put right')
    .option('--state <state>', 'failed, rejected or not-selected (default: failed and rejected)')
    .option('--code <code>', 'only those with this reason', code)
    .option('--source <name>', 'only those of this source')
    .option('--dry-run', 'count them, change nothing')
    .option('--by <name>', 'who does it', me)
    .addHelpText('after', '\nExample:\n  benchlink reprocess --code DST-REJECT --dry-run')
    .action(async (options: ReprocessOptions) => {
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      const { state, code: reasonCode, source } = options;
      const report = await withStore(options, (store) =>
        reprocess(
          store,
          options.by,
          {
            ...(state ? { state } : {}),
            ...(reasonCode && isReasonCode(reasonCode) ? { code: reasonCode } : {}),
            ...(source ? { source } : {}),
          },
          { dryRun: options.dryRun ?? false, onProgress: progress('reprocess'), signal: stop.signal },
        ),
      );
      const out = output(options.json ?? false);
      if (out.json) out.data(report);
      else {
        out.line(
          `${report.selected} selected${options.dryRun ? ' (dry run, nothing changed)' : `, ${report.done} go round again, ${report.skipped} had moved on`}`,
        );
        for (const [name, n] of Object.entries(report.byCode)) out.line(`  ${name}: ${n}`);
      }
      done(report.stopped || report.skipped > 0 ? EXIT.someFailed : EXIT.done);
    });
  withCommon(program.command('resubmit <id>'))
    .description('correct one warrant and send it round again: a new version, the one before is kept')
    .option('--set <field=value>', 'a correction; may be repeated', correction, [])
    .option('--version <n>', 'the version the correction was made to (default: the present one)', Number)
    .option('--reason <text>', 'why')
    .option('--by <name>', 'who does it', me)
    .addHelpText(
      'after',
      '\nExample:\n  benchlink resubmit FTA-000123 --set person.birthDate=1980-05-17 --reason "typing error at the court"',
    )
    .action(async (id: string, options: ResubmitOptions) => {
      const version = await withStore(options, async (store) => {
        const row = await oneWarrant(store, id);
        return resubmit(store, options.by, row.id, {
          version: options.version ?? row.version,
          corrections: options.set,
          ...(options.reason ? { reason: options.reason } : {}),
        });
      });
      const out = output(options.json ?? false);
      if (out.json) out.data({ id, version });
      else out.line(`${id} goes round again as version ${version}.`);
      done(EXIT.done);
    });
}
