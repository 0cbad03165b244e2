import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema, parseConfig } from '../../src/config.ts';

/** The parts of a JSON Schema that zod writes and this test reads. */
interface Schema {
  readonly type?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** A key by its whole path, and what holds where it is left out. */
type Keys = Map<string, string>;

const shown = (value: unknown): string => `\`${JSON.stringify(value)}\``;

/** Defaults too long for a cell of a table are told in words there. */
const LONGEST_DEFAULT = 80;

function absent(schema: Schema, required: boolean): string {
  if (schema.default === undefined) return required ? 'required' : '';
  const text = shown(schema.default);
  return text.length > LONGEST_DEFAULT ? 'see below' : text;
}

function variants(schema: Schema): readonly Schema[] | undefined {
  const options = schema.oneOf ?? schema.anyOf;
  return options?.every((option) => option.properties?.type?.const !== undefined) ? options : undefined;
}

/** Keys of a choice between types: those all types share are named once, the others with their type. */
function keysOfChoice(options: readonly Schema[], path: string): Keys {
  const byType = options.map((option) => ({
    type: String(option.properties!.type!.const),
    keys: keysOf(option, path),
  }));
  const same = (key: string, value: string) => byType.every(({ keys }) => keys.get(key) === value);
  return new Map(
    byType.flatMap(({ type, keys }) =>
      [...keys]
        .filter(([key]) => key !== `${path}.type`)
        .map(([key, value]): [string, string] =>
          same(key, value) ? [key, value] : [`${key} (${type})`, value],
        ),
    ),
  );
}

function keysOf(schema: Schema, path: string): Keys {
  const options = variants(schema);
  if (options) return new Map([[`${path}.type`, 'see below'], ...keysOfChoice(options, path)]);
  if (schema.items) return keysOf(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object')
    return keysOf(schema.additionalProperties, `${path}.NAME`);
  const keys: Keys = new Map();
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    keys.set(at, absent(member, schema.required?.includes(name) ?? false));
    for (const [key, value] of keysOf(member, at)) if (key !== at) keys.set(key, value);
  }
  return keys;
}

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
const ROW = /^\| `([^`]+)`(?: \(([\w-]+)\))? \| ([^|]*) \| ([^\n]+) \|$/gm;

const rows = new Map(
  [...PAGE.matchAll(ROW)].map(([, path, type, value, meaning]) => [
    type ? `${path} (${type})` : path!,
    { value: value!.trim(), meaning: meaning!.trim() },
  ]),
);

describe('docs/configuration.md', () => {
  const keys = keysOf(z.toJSONSchema(configSchema, { io: 'input' }) as Schema, '');

  it('names every key of the configuration with its default, and no other', () => {
    const line = ([key, value]: [string, string]) => `${key} | ${value}`;
    const told = [...rows].map(([key, { value }]) => line([key, value]));
    const there = [...keys].map(line);
    expect({
      'not told': there.filter((text) => !told.includes(text)),
      'told, but not so': told.filter((text) => !there.includes(text)),
    }).toEqual({ 'not told': [], 'told, but not so': [] });
    expect(keys.size).toBeGreaterThan(40);
  });

  it('says something of each', () => {
    expect([...rows].filter(([, { meaning }]) => meaning.length < 10)).toEqual([]);
  });

  it('shows only examples that are valid', () => {
    const examples = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1]!);
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) parseConfig(JSON.parse(example), '/etc/benchlink');
  });
});
