/** When a file is known to be whole. A file is never claimed before. */
export type CompleteRule =
  /** Unchanged for so long, and of the same size on a second look. */
  | { readonly by: 'age'; readonly seconds: number }
  /** A second file says so: the same name with this suffix. */
  | { readonly by: 'marker'; readonly suffix: string }
  /** The last line that is not blank begins with this text, and the file is that old. */
  | { readonly by: 'trailer'; readonly startsWith: string; readonly seconds: number };

/** What one look at a file shows. */
export interface Look {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export interface Evidence {
  readonly first: Look;
  /** A later look; undefined where the file has gone. */
  readonly second: Look | undefined;
  readonly now: number;
  readonly hasMarker: boolean;
  /** The last bytes, decoded; only needed for a trailer. */
  readonly tail?: string;
}

/** `overdue`: old enough that the sender should have finished. */
export type Completeness = 'complete' | 'growing' | 'overdue' | 'gone';

/** After this long without its mark or trailer a file counts as half-written, and a person is told. */
export const OVERDUE_SECONDS = 3600;
/** Bytes read from the end to find a trailer line. */
export const TAIL_BYTES = 8192;

function lastLine(tail: string): string {
  return (
    tail
      .trimEnd()
      .split(/[\r\n]/)
      .pop() ?? ''
  );
}

/** Judges one file by its rule. */
export function judgeComplete(rule: CompleteRule, evidence: Evidence): Completeness {
  const { first, second, now } = evidence;
  if (!second) return 'gone';
  const age = (now - second.modified) / 1000;
  const waiting = age > OVERDUE_SECONDS ? 'overdue' : 'growing';
  if (first.size !== second.size || first.modified !== second.modified) return 'growing';
  if (rule.by === 'marker') return evidence.hasMarker ? 'complete' : waiting;
  if (age < rule.seconds) return 'growing';
  if (rule.by === 'trailer' && second.size > 0) {
    return lastLine(evidence.tail ?? '').startsWith(rule.startsWith) ? 'complete' : waiting;
  }
  return 'complete';
}

/** Names under which senders write what is not finished, and files that are nobody's input. */
export function isTemporary(name: string): boolean {
  return (
    name.startsWith('.') ||
    name.startsWith('~') ||
    /\.(tmp|temp|part|partial|filepart|crdownload|swp)$/i.test(name)
  );
}

/** Whether a name fits a pattern of `*` and `?`; several patterns divided by commas. */
export function matchesPattern(name: string, pattern: string): boolean {
  return pattern.split(',').some((one) => {
    const source = one
      .trim()
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'i').test(name);
  });
}
