import { BenchlinkError, EXIT, errorText } from '../errors.ts';

/** What every command gets: where to write, and how. */
export interface Output {
  readonly json: boolean;
  line(text?: string): void;
  /** One JSON document on stdout. */
  data(value: unknown): void;
}

export function output(json: boolean): Output {
  return {
    json,
    line: (text = '') => process.stdout.write(`${text}\n`),
    data: (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  };
}

/** Progress on a terminal rewrites one line; elsewhere a plain line now and then. Always on stderr. */
export function progress(label: string, everyMs = 2000): (done: number, of?: number, unit?: string) => void {
  let last = 0;
  const started = performance.now();
  return (done, of, unit = '') => {
    const now = performance.now();
    const finished = of !== undefined && done >= of;
    const interval = process.stderr.isTTY ? 100 : everyMs;
    if (!finished && now - last < interval) return;
    last = now;
    const share = of ? ` of ${of} (${Math.floor((100 * done) / of)} %)` : '';
    const seconds = ((now - started) / 1000).toFixed(1);
    const text = `${label}: ${done}${share}${unit ? ` ${unit}` : ''}, ${seconds} s`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}${finished ? '\n' : ''}`);
    else process.stderr.write(`${text}\n`);
  };
}

/** Columns padded to their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[], right: boolean[]) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  return [
    line([...head], numeric),
    widths.map((w) => '-'.repeat(w)).join('  '),
    ...rows.map((row) => line(row.map(String), numeric)),
  ].join('\n');
}

/** The exit code for what a command threw, after telling the person. */
export function reportError(error: unknown, json: boolean): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'SYS-FAULT';
  const known = error instanceof BenchlinkError;
  if (json)
    process.stdout.write(`${JSON.stringify({ error: { code, message: errorText(error) } }, null, 2)}\n`);
  process.stderr.write(`benchlink: ${code}: ${errorText(error)}\n`);
  if (!known && !(error instanceof Error && error.name === 'PrintError') && process.env.BENCHLINK_DEBUG) {
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  }
  return known && error.kind === 'usage' ? EXIT.usage : EXIT.couldNotRun;
}
