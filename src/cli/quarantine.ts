import { type Command, InvalidArgumentError } from 'commander';
import { BenchlinkError, EXIT } from '../errors.ts';
import { type ShownRecord, showRecord } from '../ingest/raw-record.ts';
import { type Common, withCommon, withStore } from './open.ts';
import { type Output, output } from './output.ts';

interface QuarantineOptions extends Common {
  readonly lines: number;
}

/** Lines of the sender's file shown: a warrant in XML is shorter. */
const LINES = 60;

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('wants a whole number above 0');
  return value;
}

function tell(out: Output, shown: ShownRecord): void {
  const { id, source, file, ordinal, line, state, problems, raw, versions } = shown;
  out.line(
    `record:${id} is ${state}: record ${ordinal} of ${file} from ${source}${line ? `, line ${line}` : ''}`,
  );
  for (const p of problems) out.line(`  ${p.severity} ${p.code} ${p.field ?? ''}: ${p.message}`);
  for (const { by, at, changed, id: own } of versions)
    out.line(
      `  version record:${own} by ${by} at ${at.slice(0, 16)}Z changed ${changed.join(', ') || 'nothing'}`,
    );
  out.line();
  for (const [i, text] of raw.entries()) out.line(`${String((line ?? 1) + i).padStart(7)}  ${text}`);
  if (state === 'quarantined') {
    out.line();
    out.line(`Correct it with: benchlink resubmit record:${id} --set FIELD=VALUE`);
  }
}

/** `quarantine show`: one stopped record, its problems, the raw lines, and what people made of it. */
export function quarantineCommands(program: Command, done: (code: number) => void): void {
  const group = program.command('quarantine').description('records that were stopped; `failures` lists them');
  withCommon(group.command('show <record>'))
    .description('one record: all that is wrong, the lines as they came, and every version made of it')
    .option('--lines <n>', 'lines of the raw file shown at most', count, LINES)
    .addHelpText('after', '\nExample:\n  benchlink quarantine show record:124')
    .action(async (record: string, options: QuarantineOptions) => {
      const id = /^(?:record:)?(\d+)$/i.exec(record)?.[1];
      if (!id)
        throw new BenchlinkError('usage', 'NOT-FOUND', `"${record}" names no record; write record:124.`);
      const shown = await withStore(options, (store) => showRecord(store, Number(id), options.lines));
      const out = output(options.json ?? false);
      if (out.json) out.data(shown);
      else tell(out, shown);
      done(EXIT.done);
    });
}
