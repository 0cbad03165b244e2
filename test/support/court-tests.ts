import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/domain/index.ts';
import type { FileFacts, InputFormat, ParseContext } from '../../src/ingest/courts/format.ts';
import { DEFAULT_LIMITS } from '../../src/ingest/parameters.ts';
import { headOf } from '../../src/ingest/sniff.ts';

/** What a whole file came to, as golden examples keep it. */
export interface Parsed {
  readonly facts: readonly FileFacts[];
  readonly records: readonly { readonly record: unknown; readonly problems: readonly Problem[] }[];
  readonly problems: readonly Problem[];
}

export const TEST_CONTEXT: ParseContext = {
  source: 'test-source',
  zone: 'America/Los_Angeles',
  today: '2026-11-23',
  limits: DEFAULT_LIMITS,
  codes: {},
  options: {},
};

function* chunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A Buffer has made itself JSON before a replacer sees it. */
function isBuffer(value: unknown): value is { data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  );
}

/** Bytes inside a record are compared as base64. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (member instanceof Uint8Array) return { base64: Buffer.from(member).toString('base64') };
    return isBuffer(member) ? { base64: Buffer.from(member.data).toString('base64') } : member;
  });
  return JSON.parse(text);
}

export async function parseWhole<R>(
  format: InputFormat<R>,
  bytes: Uint8Array,
  context: ParseContext = TEST_CONTEXT,
  chunkSize = 65_536,
): Promise<Parsed> {
  const facts: FileFacts[] = [];
  const records: { record: unknown; problems: readonly Problem[] }[] = [];
  const problems: Problem[] = [];
  for await (const item of format.parse(chunks(bytes, chunkSize), context)) {
    if (item.kind === 'file') facts.push(item.facts);
    else if (item.kind === 'problem') problems.push(item.problem);
    else records.push({ record: plain(item.record), problems: item.problems });
  }
  return { facts, records, problems };
}

const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

function examplesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.expected.json') && entry.name !== 'context.json',
    )
    .map((entry) => entry.name);
}

/** The fixture folder's own context (codes, options) on top of the usual one. */
export function fixtureContext(folder: string): ParseContext {
  const file = join(folder, 'context.json');
  return existsSync(file) ? { ...TEST_CONTEXT, ...JSON.parse(readFileSync(file, 'utf8')) } : TEST_CONTEXT;
}

/**
 * The suite every input format must pass: a dated history, golden examples found by walking its fixture folder,
 * the same answer however the bytes are cut, and no crash or silent change on damaged input.
 * @param folder below `fixtures/`, e.g. `courts/utah`
 */
export function formatTests<R>(format: InputFormat<R>, folder: string): void {
  const path = join(FIXTURES, folder);
  const examples = examplesIn(path);
  const context = fixtureContext(path);
  describe(`${format.name}, as every input format`, () => {
    test('has a dated history, oldest first', () => {
      const dates = format.history.map((line) => line.date);
      expect(dates.length).toBeGreaterThan(0);
      for (const date of dates) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect([...dates].sort()).toEqual(dates);
    });
    test(`has golden examples in fixtures/${folder}`, () => expect(examples).not.toEqual([]));
    for (const name of examples) goldenTests(format, join(path, name), context);
    damageTests(
      format,
      examples.map((name) => join(path, name)),
      context,
    );
  });
}

function goldenTests<R>(format: InputFormat<R>, file: string, context: ParseContext): void {
  const name = file.split('/').pop() ?? file;
  const bytes = readFileSync(file);
  test(`reads ${name} as its golden example says`, async () => {
    const parsed = await parseWhole(format, bytes, context);
    const golden = file.replace(/\.[^.]+$/, '.expected.json');
    if (!existsSync(golden)) {
      writeFileSync(golden, `${JSON.stringify(plain(parsed), null, 2)}\n`);
      expect.fail(`${golden} was missing and has been written: review it, then run again.`);
    }
    expect(plain(parsed)).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
  test(`knows ${name} for its own`, () => {
    expect(format.sniff(headOf(bytes, name))).not.toBe('no');
  });
  test(`reads ${name} alike in chunks of 1, 7 and 4096 bytes`, async () => {
    const whole = await parseWhole(format, bytes, context);
    for (const size of [1, 7, 4096]) expect(await parseWhole(format, bytes, context, size)).toEqual(whole);
  });
}

function damage(bytes: Uint8Array, at: number, kind: number, value: number): Uint8Array {
  const place = at % Math.max(1, bytes.length);
  if (kind === 0) return bytes.subarray(0, place);
  const copy = Uint8Array.from(bytes);
  if (kind === 1) copy[place] = (copy[place] ?? 0) ^ (1 << (value % 8));
  if (kind === 2) copy[place] = value;
  if (kind === 3)
    return Buffer.concat([bytes.subarray(0, place), bytes.subarray((place + value) % bytes.length)]);
  return copy;
}

function damageTests<R>(format: InputFormat<R>, files: readonly string[], context: ParseContext): void {
  const originals = files.map((file) => readFileSync(file));
  test('never throws on damaged input, and condemns or explains an empty one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(3), fc.nat(255), async (which, at, kind, value) => {
        const original = originals[which % Math.max(1, originals.length)] ?? new Uint8Array();
        await parseWhole(format, damage(original, at, kind, value), context);
      }),
      { numRuns: 100 },
    );
    expect((await parseWhole(format, new Uint8Array(), context)).problems.length).toBeGreaterThan(0);
  });
  test('a file cut anywhere gives a prefix of its records, or says what is wrong', async () => {
    for (const original of originals) {
      const whole = await parseWhole(format, original, context);
      const known = whole.records.map((one) => JSON.stringify(one));
      const step = Math.max(1, Math.floor(original.length / 60));
      for (let length = 1; length < original.length; length += step) {
        // Between two lines a plain file looks whole: only a trailer or a completion mark can tell.
        if (original[length - 1] === 0x0a) continue;
        const cut = await parseWhole(format, original.subarray(0, length), context);
        if (cut.problems.length > 0) continue;
        for (const one of cut.records) {
          if (one.problems.some((problem) => problem.severity === 'error')) continue;
          expect(known).toContain(JSON.stringify(one));
        }
      }
    }
  });
}
