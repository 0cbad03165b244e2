import { canonicalJson, type Warrant } from '../../domain/index.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Members that are one value although they are objects. */
function isLeaf(value: unknown): boolean {
  return !isObject(value) || Object.hasOwn(value, 'raw');
}

/**
 * Canonical paths whose values differ, in alphabetical order: `bail.cents`, `person.aliases`. Lists and coded
 * words count as one value.
 */
export function changedFields(before: Warrant, after: Warrant): string[] {
  const paths: string[] = [];
  compare(before as unknown as Json, after as unknown as Json, '', paths);
  return paths.sort();
}

function compare(before: Json, after: Json, prefix: string, paths: string[]): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a = before[key];
    const b = after[key];
    const path = `${prefix}${key}`;
    if (isObject(a) && isObject(b) && !isLeaf(a) && !isLeaf(b)) compare(a, b, `${path}.`, paths);
    else if (canonicalJson(a ?? null) !== canonicalJson(b ?? null)) paths.push(path);
  }
}

/** Lays what a partial record states over what is known; an empty list states nothing. */
function overlay(known: Json, stated: Json): Json {
  const merged: Record<string, unknown> = { ...known };
  for (const [key, value] of Object.entries(stated)) {
    if (Array.isArray(value) && value.length === 0) continue;
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) && !isLeaf(value) ? overlay(old, value) : value;
  }
  return merged;
}

/** Removes one canonical path; lists become empty. */
function without(facts: Json, path: readonly string[]): Json {
  const [head, ...rest] = path;
  if (head === undefined || facts[head] === undefined) return facts;
  const value = facts[head];
  if (rest.length > 0 && isObject(value)) return { ...facts, [head]: without(value, rest) };
  if (Array.isArray(value)) return { ...facts, [head]: [] };
  const { [head]: _gone, ...others } = facts;
  return others;
}

/**
 * The facts after a modification: what is stated holds, what was cleared is gone, what is absent stays.
 * @param cleared canonical paths the source explicitly emptied
 */
export function applyModification(known: Warrant, stated: Warrant, cleared: readonly string[]): Warrant {
  const merged = overlay(known as unknown as Json, stated as unknown as Json);
  return cleared.reduce((facts, path) => without(facts, path.split('.')), merged) as unknown as Warrant;
}

/** What an end says of the warrant; everything else of it stays as known. */
export function applyEnd(known: Warrant, stated: Warrant): Warrant {
  const { status, statusDate, recallDate, recallReason, servedDate } = stated;
  const told = { statusDate, recallDate, recallReason, servedDate };
  const given = Object.entries(told).filter(([, value]) => value !== undefined);
  return { ...known, status, ...Object.fromEntries(given) };
}
