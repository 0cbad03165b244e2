import { z } from 'zod';
import type { Problem } from '../../domain/index.ts';
import { toJson } from './json.ts';
import { jsonSchema } from './json-schema.ts';
import { ncicName } from './name.ts';
import type { Profile } from './profile.ts';
import { readSchemas } from './schemas.ts';

function problem(message: string, field?: string): Problem {
  return { code: 'DST-INVALID', severity: 'error', ...(field ? { field } : {}), message };
}

let compiled: ReadonlyMap<string, z.ZodType> | undefined;

/** One validator a kind of message, so that a fault is told of the message it is in. */
function validators(): ReadonlyMap<string, z.ZodType> {
  if (compiled) return compiled;
  const { oneOf, $defs } = jsonSchema(readSchemas());
  compiled = new Map(
    (oneOf as { required: string[] }[]).map((message) => [
      message.required.find((name) => !name.startsWith('@')) ?? '',
      z.fromJSONSchema({ ...message, $defs } as Parameters<typeof z.fromJSONSchema>[0]),
    ]),
  );
  return compiled;
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value !== null && typeof value === 'object' ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** All that is wrong with a JSON message; its messages repeat no value of the document. */
export function validateJson(bytes: Uint8Array): readonly Problem[] {
  const message = parse(bytes);
  if (!message) return [problem('The message is not a JSON object in UTF-8.')];
  const root = Object.keys(message).find((key) => validators().has(key));
  const found = root ? validators().get(root)?.safeParse(message) : undefined;
  if (!found) return [problem('The object is none of the messages of this format.')];
  return (found.error?.issues ?? []).map((issue) => problem(issue.message, issue.path.join('/')));
}

/** NIEM 6.0 JSON, from the same model and of the same content as the XML. */
export const NIEM_6_JSON: Profile = {
  name: 'niem-6-json',
  contentType: 'application/ld+json',
  build: toJson,
  validate: validateJson,
  nameOf: (warrant) => ncicName(warrant.person.name),
};
