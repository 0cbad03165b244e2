import type { Json } from './json.ts';
import { EXTENSION, NAMESPACES } from './namespaces.ts';
import { type Particle, readSchemaModel, type SchemaModel, type SchemaType } from './schema-model.ts';
import type { SchemaSet } from './schemas.ts';

type JsonSchema = { readonly [key: string]: Json };

const AUGMENTATION = 'structures:AugmentationType';
const MESSAGE = /^fta:Warrant\w+Request$/;

const DAY = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';

/** Values of XML Schema as JSON has them. */
const VALUES: Readonly<Record<string, JsonSchema>> = {
  'xs:string': { type: 'string' },
  'xs:token': { type: 'string' },
  'xs:base64Binary': { type: 'string', contentEncoding: 'base64' },
  'xs:date': { type: 'string', pattern: `^${DAY}$` },
  'xs:dateTime': { type: 'string', pattern: `^${DAY}T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?$` },
  'xs:gYear': { type: 'string', pattern: '^\\d{4}$' },
  'xs:boolean': { type: 'boolean' },
  'xs:decimal': { type: 'number' },
  'xs:integer': { type: 'integer' },
  'xs:nonNegativeInteger': { type: 'integer', minimum: 0 },
};

function facets(type: SchemaType, base: JsonSchema): JsonSchema {
  const numeric = base.type === 'integer' || base.type === 'number';
  const { enumeration, pattern, minInclusive, maxInclusive } = type.facets;
  return {
    ...base,
    ...(enumeration ? { enum: numeric ? enumeration.map(Number) : enumeration } : {}),
    ...(pattern ? { pattern: `^(${pattern.join('|')})$` } : {}),
    ...(minInclusive ? { minimum: Number(minInclusive[0]) } : {}),
    ...(maxInclusive ? { maximum: Number(maxInclusive[0]) } : {}),
  };
}

/** One particle once substitution groups are resolved and augmentations dissolved. */
interface Slot extends Particle {
  readonly names: readonly string[];
}

class Converter {
  readonly #model: SchemaModel;
  readonly #definitions: Record<string, Json> = {};

  constructor(model: SchemaModel) {
    this.#model = model;
  }

  #type(name: string): SchemaType {
    const type = this.#model.types.get(name);
    if (!type) throw new TypeError(`No type ${name} in the schema set`);
    return type;
  }

  /** Elements that may stand where a reference is made. */
  #concrete(ref: string): readonly string[] {
    const own = this.#model.elements.get(ref)?.abstract ? [] : [ref];
    const substitutes = [...this.#model.elements.values()].filter((each) => each.head === ref);
    return [...own, ...substitutes.flatMap((each) => this.#concrete(each.name))];
  }

  #typeOf(element: string): string {
    return this.#model.elements.get(element)?.type ?? '';
  }

  #slots(type: SchemaType): Slot[] {
    const inherited = type.base.startsWith('structures:') ? [] : this.#slots(this.#type(type.base));
    return [...inherited, ...type.particles.flatMap((particle) => this.#resolved(particle))];
  }

  #resolved(particle: Particle): Slot[] {
    const names = this.#concrete(particle.ref);
    const isContainer = (name: string) => this.#model.types.get(this.#typeOf(name))?.base === AUGMENTATION;
    const containers = names.filter(isContainer);
    const dissolved = containers.flatMap((name) => this.#slots(this.#type(this.#typeOf(name))));
    const plain = names.filter((name) => !isContainer(name));
    return [
      ...(plain.length > 0 ? [{ ...particle, names: plain }] : []),
      ...dissolved.map((slot) => ({ ...slot, min: 0 as const })),
    ];
  }

  #value(type: SchemaType): JsonSchema {
    const known = VALUES[type.base];
    return facets(type, known ?? this.#value(this.#type(type.base)));
  }

  #object(type: SchemaType): JsonSchema {
    const slots = this.#slots(type);
    const properties: Record<string, Json> = {};
    for (const { names, repeats } of slots) {
      for (const name of names) {
        const item = this.#reference(this.#typeOf(name));
        properties[name] = repeats ? { type: 'array', items: item, minItems: 1 } : item;
      }
    }
    const needed = slots.filter((slot) => slot.min === 1);
    const required = needed.flatMap(({ names }) => (names.length === 1 ? names : []));
    const choices = needed
      .filter(({ names }) => names.length > 1)
      .map(
        ({ names }): Json => ({
          anyOf: names.map((name) => ({ type: 'object', properties: { [name]: {} }, required: [name] })),
        }),
      );
    return {
      type: 'object',
      properties,
      additionalProperties: false,
      ...(required.length > 0 ? { required } : {}),
      ...(choices.length > 0 ? { allOf: choices } : {}),
    };
  }

  #reference(name: string): JsonSchema {
    if (!(name in this.#definitions)) {
      this.#definitions[name] = {};
      const type = this.#type(name);
      this.#definitions[name] = type.simple ? this.#value(type) : this.#object(type);
    }
    return { $ref: `#/$defs/${name}` };
  }

  convert(): JsonSchema {
    const roots = [...this.#model.elements.keys()].filter((name) => MESSAGE.test(name));
    const uris = Object.entries(NAMESPACES).map(([prefix, uri]): [string, Json] => [prefix, { const: uri }]);
    const context = {
      type: 'object',
      properties: Object.fromEntries(uris),
      required: Object.keys(NAMESPACES),
      additionalProperties: false,
    };
    const messages = roots.map(
      (root): Json => ({
        type: 'object',
        properties: { '@context': context, [root]: this.#reference(this.#typeOf(root)) },
        required: ['@context', root],
        additionalProperties: false,
      }),
    );
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `${EXTENSION}message.schema.json`,
      oneOf: messages,
      $defs: this.#definitions,
    };
  }
}

/**
 * The JSON Schema (2020-12) of the messages, derived from the XML schema documents, so that the two formats admit
 * the same messages. Augmentations are dissolved; repeatable elements are arrays, single ones plain.
 */
export function jsonSchema(schemas: SchemaSet): JsonSchema {
  return new Converter(readSchemaModel(schemas)).convert();
}
