import { readFileSync } from 'node:fs';

/** Our extension schema and the subset of NIEM 6.0 it uses, by their path below `xsd/`. */
export const SCHEMA_FILES = [
  'fta-warrant.xsd',
  'niem-core.xsd',
  'domains/justice.xsd',
  'domains/biom.xsd',
  'domains/screening.xsd',
  'adapters/niem-xs.xsd',
  'utility/structures.xsd',
] as const;

export type SchemaSet = ReadonlyMap<string, Uint8Array>;

/** Reads the schema documents that ship with the code. */
export function readSchemas(): SchemaSet {
  return new Map(SCHEMA_FILES.map((file) => [file, readFileSync(new URL(`./xsd/${file}`, import.meta.url))]));
}
