import { XMLParser } from 'fast-xml-parser';
import type { SchemaSet } from './schemas.ts';

/** One element of a type's sequence. */
export interface Particle {
  readonly ref: string;
  readonly min: 0 | 1;
  readonly repeats: boolean;
}

export interface SchemaType {
  readonly name: string;
  readonly base: string;
  /** True for types that hold a value and no elements. */
  readonly simple: boolean;
  readonly particles: readonly Particle[];
  /** Restrictions of the value. */
  readonly facets: Readonly<Record<string, readonly string[]>>;
}

export interface SchemaElement {
  readonly name: string;
  readonly type: string | undefined;
  readonly head: string | undefined;
  readonly abstract: boolean;
}

/** Our schema documents as plain facts: types and elements by qualified name. */
export interface SchemaModel {
  readonly types: ReadonlyMap<string, SchemaType>;
  readonly elements: ReadonlyMap<string, SchemaElement>;
}

/** Prefix of each document's own names. */
const PREFIXES: Readonly<Record<string, string>> = {
  'fta-warrant.xsd': 'fta',
  'niem-core.xsd': 'nc',
  'domains/justice.xsd': 'j',
  'domains/biom.xsd': 'biom',
  'domains/screening.xsd': 'scr',
  'adapters/niem-xs.xsd': 'niem-xs',
  'utility/structures.xsd': 'structures',
};

const LISTS = ['xs:complexType', 'xs:simpleType', 'xs:element', 'xs:enumeration', 'xs:pattern'];
const FACETS = ['xs:enumeration', 'xs:pattern', 'xs:minInclusive', 'xs:maxInclusive'];

type Raw = { readonly [key: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => LISTS.includes(name),
});

function raw(value: unknown): Raw {
  return value !== null && typeof value === 'object' ? (value as Raw) : {};
}

function rows(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map(raw) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function facetsOf(restriction: Raw): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const facet of FACETS) {
    const entry = restriction[facet];
    const entries = Array.isArray(entry) ? rows(entry) : entry === undefined ? [] : [raw(entry)];
    const values = entries.map((row) => text(row.value)).filter((each) => each !== undefined);
    if (values.length > 0) found[facet.slice(3)] = values;
  }
  return found;
}

function particle(row: Raw): Particle {
  return {
    ref: text(row.ref) ?? '',
    min: row.minOccurs === '0' ? 0 : 1,
    repeats: row.maxOccurs === 'unbounded',
  };
}

function complexType(prefix: string, row: Raw): SchemaType {
  const simple = row['xs:simpleContent'] !== undefined;
  const content = raw(row['xs:simpleContent'] ?? row['xs:complexContent']);
  const extension = raw(content['xs:extension']);
  const sequence = raw(extension['xs:sequence']);
  return {
    name: `${prefix}:${text(row.name)}`,
    base: text(extension.base) ?? '',
    simple,
    particles: rows(sequence['xs:element']).map(particle),
    facets: {},
  };
}

function simpleType(prefix: string, row: Raw): SchemaType {
  const restriction = raw(row['xs:restriction']);
  return {
    name: `${prefix}:${text(row.name)}`,
    base: text(restriction.base) ?? '',
    simple: true,
    particles: [],
    facets: facetsOf(restriction),
  };
}

function element(prefix: string, row: Raw): SchemaElement {
  return {
    name: `${prefix}:${text(row.name)}`,
    type: text(row.type),
    head: text(row.substitutionGroup),
    abstract: row.abstract === 'true',
  };
}

/** Reads our own schema documents; they keep to the few constructions this understands. */
export function readSchemaModel(schemas: SchemaSet): SchemaModel {
  const types = new Map<string, SchemaType>();
  const elements = new Map<string, SchemaElement>();
  for (const [file, bytes] of schemas) {
    const prefix = PREFIXES[file] ?? '';
    const schema = raw(raw(parser.parse(Buffer.from(bytes).toString('utf8')))['xs:schema']);
    for (const row of rows(schema['xs:complexType'])) {
      const type = complexType(prefix, row);
      types.set(type.name, type);
    }
    for (const row of rows(schema['xs:simpleType'])) {
      const type = simpleType(prefix, row);
      types.set(type.name, type);
    }
    for (const row of rows(schema['xs:element'])) {
      const found = element(prefix, row);
      elements.set(found.name, found);
    }
  }
  return { types, elements };
}
