import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { localDate, systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { nextStep, type Problem } from '../domain/index.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import type { FileFacts } from '../ingest/courts/format.ts';
import { HEAD_BYTES } from '../ingest/parameters.ts';
import { allFormats, joinFacts, type ParsedAny, parseStream } from '../ingest/parse.ts';
import { printsBeside } from '../ingest/transports/local-files.ts';
import { readPrintFile } from '../ports/read-print-file.ts';

interface ParseCliOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly check?: boolean;
  readonly source?: string;
  readonly config?: string;
}

async function head(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BenchlinkError(
      'usage',
      'FILE-UNREADABLE',
      `${file} cannot be read (${error.code ?? error.message}).`,
    );
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return new Uint8Array(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The file's bytes, opened when the first is asked for: what is not read is never open. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: 1 << 18 });
}

function whatOf(record: ParsedAny['record']): string {
  if ('warrant' in record)
    return `${record.event} warrant ${record.warrant.number ?? record.warrant.oca ?? '-'}`;
  const prints = `${record.prints.length} prints`;
  if ('booking' in record) return `${record.booking.kind} ${record.booking.number || '-'}, ${prints}`;
  if ('prior' in record) return `record ${record.prior.number || '-'}, ${prints}`;
  return `${prints} of ${record.owner.kind} ${record.owner.number}`;
}

/** Writes JSON piece by piece: a file may hold millions of records. */
class Report {
  readonly #json: boolean;
  #records = 0;
  #bad = 0;
  #file = '';
  readonly problems: Problem[] = [];

  constructor(json: boolean) {
    this.#json = json;
  }

  begin(file: string, first: boolean): void {
    this.#file = file;
    this.#records = 0;
    this.problems.length = 0;
    if (this.#json) process.stdout.write(`${first ? '' : ',\n'}{"file":${JSON.stringify(file)},"records":[`);
  }

  record({ record, problems }: ParsedAny): void {
    this.#records += 1;
    if (problems.some((p) => p.severity === 'error')) this.#bad += 1;
    if (this.#json)
      process.stdout.write(`${this.#records > 1 ? ',' : ''}\n${JSON.stringify({ record, problems })}`);
    else this.#tell(record, problems);
  }

  #tell(record: ParsedAny['record'], problems: readonly Problem[]): void {
    const { ordinal, line } = record.place;
    process.stdout.write(`  ${ordinal}${line ? ` (line ${line})` : ''}: ${whatOf(record)}\n`);
    for (const p of problems) this.#tellProblem(p, `record ${ordinal}: `);
  }

  /** `FILE:LINE: record N: error CODE FIELD: what is wrong`, and what to do about it. */
  #tellProblem({ severity, code, field, line, message }: Problem, record: string): void {
    const place = `${this.#file}${line ? `:${line}` : ''}`;
    process.stdout.write(
      `    ${place}: ${record}${severity} ${code}${field ? ` ${field}` : ''}: ${message}\n`,
    );
    if (severity === 'error') process.stdout.write(`      next: ${nextStep(code)}\n`);
  }

  end(format: string | undefined, facts: unknown): void {
    const failed = this.problems.some((p) => p.severity === 'error');
    if (failed) this.#bad += 1;
    if (this.#json) {
      process.stdout.write(
        `],\n"format":${JSON.stringify(format ?? null)},"facts":${JSON.stringify(facts)},"problems":${JSON.stringify(this.problems)}}`,
      );
      return;
    }
    for (const p of this.problems) this.#tellProblem(p, '');
    process.stdout.write(`  ${this.#records} records, format ${format ?? 'unknown'}\n`);
  }

  get bad(): number {
    return this.#bad;
  }
}

async function parseOne(file: string, options: ParseCliOptions, report: Report): Promise<void> {
  const config = options.source ? loadConfig(options.config) : undefined;
  const source = config?.sources.find((s) => s.name === options.source);
  if (options.source && !source)
    throw new BenchlinkError('usage', 'SOURCE-UNKNOWN', `No source is named "${options.source}".`);
  const zone = config?.zone ?? 'America/Los_Angeles';
  const facts: FileFacts[] = [];
  let format: string | undefined;
  const first = await head(file);
  const items = parseStream(first, bytesOf(file), {
    name: basename(file),
    today: localDate(systemClock.now(), zone),
    zone,
    check: options.check ?? false,
    prints: { read: readPrintFile, beside: printsBeside(dirname(file)) },
    ...((options.format ?? source?.format) ? { format: options.format ?? source!.format! } : {}),
    ...(source ? { codes: source.codes, options: source.options } : {}),
  });
  for await (const item of items) {
    if (item.kind === 'format') format = item.format.name;
    else if (item.kind === 'record') report.record(item);
    else if (item.kind === 'problem') report.problems.push(item.problem);
    else facts.push(item.facts);
  }
  report.end(format, joinFacts(facts));
}

/** `benchlink parse`: any supported input as canonical records; touches no database. */
export function parseCommand(program: Command, done: (code: number) => void): void {
  program
    .command('parse <files...>')
    .description('any supported input as canonical records and problems; touches no database')
    .option('--format <name>', 'the format; recognised by content where absent')
    .option('--source <name>', "use this configured source's format, code maps and options")
    .option('--config <file>', 'configuration file, with --source')
    .option('--check', 'also list what the checks of a run would find')
    .option('--json', 'an array of files, each with records and problems')
    .addHelpText(
      'after',
      `\nFormats: ${allFormats({ read: readPrintFile })
        .map((f) => f.name)
        .join(', ')}\n\nExample:\n  benchlink parse drop/*.xml --json`,
    )
    .action(async (files: string[], options: ParseCliOptions) => {
      const report = new Report(options.json ?? false);
      if (options.json) process.stdout.write('[\n');
      for (const [i, file] of files.entries()) {
        if (!options.json) process.stdout.write(`${file}\n`);
        report.begin(file, i === 0);
        await parseOne(file, options, report);
      }
      if (options.json) process.stdout.write('\n]\n');
      done(report.bad > 0 ? EXIT.someFailed : EXIT.done);
    });
}
