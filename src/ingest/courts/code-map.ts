import type { Coded, Problem } from '../../domain/index.ts';
import { present } from '../row-reader.ts';
import type { CodeMapEntry, CodeMaps } from './format.ts';

/** A word's meaning, or the problem that there is none on that date. */
export interface Mapped<Code extends string> {
  readonly coded: Coded<Code>;
  readonly problem?: Problem;
}

function inForce(entry: CodeMapEntry, date: string): boolean {
  return (entry.from === undefined || entry.from <= date) && (entry.to === undefined || date <= entry.to);
}

const indexes = new WeakMap<readonly CodeMapEntry[], ReadonlyMap<string, readonly CodeMapEntry[]>>();

/** Words are compared without case and outer blanks; nothing else is forgiven. */
function wordKey(raw: string): string {
  return raw.trim().toUpperCase();
}

/** The lines of a word in a set; each set is indexed once. */
function linesOf(set: readonly CodeMapEntry[] | undefined, raw: string): readonly CodeMapEntry[] {
  if (!set) return [];
  let index = indexes.get(set);
  if (!index) {
    index = Map.groupBy(set, (entry) => wordKey(entry.raw));
    indexes.set(set, index);
  }
  return index.get(wordKey(raw)) ?? [];
}

/** The lines of one code set: configuration's first, then the format's own where configuration is silent. */
export function mergeMaps(configured: CodeMaps, own: CodeMaps): CodeMaps {
  const sets = new Set([...Object.keys(configured), ...Object.keys(own)]);
  return Object.fromEntries([...sets].map((set) => [set, [...(configured[set] ?? []), ...(own[set] ?? [])]]));
}

export interface CodeQuery<Code extends string> {
  readonly set: string;
  readonly raw: string;
  /** The date on which the word was used, ISO. */
  readonly date: string;
  /** What the set may map to; another code in the configuration is no mapping. */
  readonly allowed: readonly Code[];
  /** Canonical field path, for the problem. */
  readonly field: string;
  readonly sourceField?: string;
  readonly line?: number;
}

/**
 * Translates a court's word by its dated code map. The key is (code set, word): the same word may mean two
 * things in two sets. The first line in force on the date decides; without one the record waits for an
 * operator (SRC-UNMAPPED names set, word and date).
 */
export function mapCode<Code extends string>(maps: CodeMaps, query: CodeQuery<Code>): Mapped<Code> {
  const { set, raw, date, allowed } = query;
  const lines = linesOf(maps[set], raw);
  const entry = lines.find((line) => inForce(line, date));
  const code = allowed.find((candidate) => candidate === entry?.code);
  if (code !== undefined) return { coded: { code, raw } };
  return { coded: { raw }, problem: unmapped(query, lines) };
}

function unmapped(query: CodeQuery<string>, lines: readonly CodeMapEntry[]): Problem {
  const { set, raw, date, field, sourceField, line } = query;
  const dated = lines.length > 0 ? ' (it has a mapping, but for other dates)' : '';
  return present<Problem>({
    code: 'SRC-UNMAPPED',
    severity: 'error',
    field,
    sourceField,
    line,
    message: `Code "${raw.slice(0, 40)}" of code set "${set}" has no mapping on ${date}${dated}. Add a line to the source's code map, then reprocess.`,
  });
}
