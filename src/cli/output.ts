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

const BAR_CELLS = 24;

/** `[######------------------] `: how much of it is done. */
function bar(done: number, of: number): string {
  const full = Math.min(BAR_CELLS, Math.floor((BAR_CELLS * done) / of));
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] `;
}

/** Progress on a terminal rewrites one line, with a bar where it is known how much there is; elsewhere a plain line now and then. Always on stderr. */
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
    const drawn = of && process.stderr.isTTY ? bar(done, of) : '';
    const text = `${label}: ${drawn}${done}${share}${unit ? ` ${unit}` : ''}, ${seconds} s`;
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

/** Errors of the operating system that a wrong path on the command line gives. */
const WRONG_PATH = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EEXIST', 'EROFS', 'EPERM'];

/** What can be done about a print that cannot be read: nothing of ours makes a picture out of something else. */
const PRINT_STEP =
  'Have the print scanned or exported again: PNG, TIFF, JPEG, JPEG 2000, BMP, WSQ and ANSI/NIST are read.';

/** Faults of a print that another picture would not put right. */
const NO_PICTURE = ['PRINT-TEMPLATE', 'PRINT-UNSUPPORTED', 'PRINT-NO-IMAGE'];

/** What to do about an error of a print by its code; empty where the message says it or nothing is to be said. */
export function printStep(code: string): string {
  return code.startsWith('PRINT-') && code !== 'PRINT-INDEX' && !NO_PICTURE.includes(code) ? PRINT_STEP : '';
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly exit: number;
  /** Whether it is a fault of this program, whose place in the code helps. */
  readonly fault: boolean;
}

const DISK_FULL = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

function told(error: unknown): Told {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'SYS-FAULT';
  const message = errorText(error);
  if (error instanceof BenchlinkError) {
    const exits = { usage: EXIT.usage, reject: EXIT.someFailed } as const;
    const exit = error.kind in exits ? exits[error.kind as keyof typeof exits] : EXIT.couldNotRun;
    return { code, message, exit, fault: error.kind === 'fault' };
  }
  if (error instanceof Error && error.name === 'PrintError' && code !== 'PRINT-INDEX') {
    const step = printStep(code);
    return { code, message: step ? `${message} ${step}` : message, exit: EXIT.someFailed, fault: false };
  }
  if (error instanceof Error && 'path' in error && WRONG_PATH.includes(code)) {
    const path = String(error.path);
    const why = `${path} cannot be used (${code}). Check the path and who may read it.`;
    return { code: 'FILE-UNREADABLE', message: why, exit: EXIT.usage, fault: false };
  }
  if (DISK_FULL.includes(code)) {
    const why = 'The disk is full. Free some space and start it again: nothing is lost and nothing doubled.';
    return { code: 'DISK-FULL', message: why, exit: EXIT.couldNotRun, fault: false };
  }
  return { code, message, exit: EXIT.couldNotRun, fault: true };
}

/** The exit code for what a command threw, after telling the person. */
export function reportError(error: unknown, json: boolean): number {
  const { code, message, exit, fault } = told(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  process.stderr.write(`benchlink: ${code}: ${message}\n`);
  if (fault && process.env.BENCHLINK_DEBUG)
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  return exit;
}
