import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jsonSchema,
  NAMESPACES,
  readSchemas,
  toJson,
  toXml,
  validateJson,
  type WarrantMessage,
} from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { leavesOf } from './leaves.ts';
import { ENTER, FACTS, HEADER, RECORD, WARRANT } from './samples.ts';

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
const validate = ajv.compile(jsonSchema(readSchemas()));
const parsed = (message: WarrantMessage) => JSON.parse(Buffer.from(toJson(message)).toString('utf8'));

function errorsOf(value: unknown): unknown {
  return validate(value) ? [] : validate.errors;
}

function leavesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesIn);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(leavesIn);
  return [String(value)];
}

function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (value === null || typeof value !== 'object') return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(keysIn)];
}

const MESSAGES: readonly WarrantMessage[] = [
  ENTER,
  { ...HEADER, kind: 'cancel', record: RECORD, reason: 'QUASHED', date: '2026-02-01' },
  { ...HEADER, kind: 'clear', record: RECORD, reason: 'SERVED', date: '2026-02-01' },
  {
    ...HEADER,
    kind: 'supplemental',
    record: RECORD,
    additions: {
      aliases: [{ surname: 'B', given: 'A' }],
      birthDates: ['1990-01-01'],
      smt: [],
      mnu: ['PS-1'],
    },
  },
  { ...HEADER, kind: 'validate', record: RECORD, validator: 'CLERK', consulted: 'court', date: '2026-03-01' },
  {
    ...HEADER,
    kind: 'modify',
    record: RECORD,
    before: FACTS,
    facts: { ...FACTS, warrant: { ...WARRANT, oca: '9' } },
  },
];

describe('A message in NIEM JSON', () => {
  it.each(MESSAGES)('of kind $kind is valid against the JSON Schema', (message) => {
    expect(errorsOf(parsed(message))).toEqual([]);
    expect(validateJson(toJson(message))).toEqual([]);
  });

  it('has no augmentation container: its properties are the own ones of the object', () => {
    const text = Buffer.from(toJson(ENTER)).toString();
    expect(text).not.toMatch(/Augmentation"/);
    const person =
      parsed(ENTER)['fta:WarrantEntryRequest']['j:Warrant']['j:CourtOrderDesignatedSubject'][
        'nc:EntityPerson'
      ];
    expect(person['j:PersonFBIIdentification']).toEqual({ 'nc:IdentificationID': '62760NY12' });
    expect(
      person['biom:Biometric']['biom:FingerImpressionImageDetail']['biom:ExemplarFingerPositionCode'],
    ).toBe('11');
  });

  it('maps every prefix it uses, in a context of its own', () => {
    const message = parsed(ENTER);
    expect(message['@context']).toEqual(NAMESPACES);
    for (const key of keysIn(message)) {
      if (key.startsWith('@') || key in NAMESPACES) continue;
      expect(Object.keys(NAMESPACES)).toContain(key.split(':')[0]);
    }
  });

  it('says word for word what the XML says', () => {
    fc.assert(
      fc.property(facts, (record) => {
        const message: WarrantMessage = { ...HEADER, kind: 'enter', facts: record };
        const { '@context': _context, ...body } = parsed(message);
        const json = leavesIn(body).map((leaf) =>
          /^-?[\d.]+(e-?\d+)?$/i.test(leaf) ? String(Number(leaf)) : leaf,
        );
        const xml = leavesOf(toXml(message)).map(({ text }) =>
          /^-?[\d.]+(e-?\d+)?$/i.test(text) ? String(Number(text)) : text,
        );
        expect(json.toSorted()).toEqual(xml.toSorted());
      }),
      { numRuns: 100 },
    );
  });

  it('is valid whatever the source says or leaves out', () => {
    fc.assert(
      fc.property(facts, (record) => {
        expect(errorsOf(parsed({ ...HEADER, kind: 'enter', facts: record }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('that is no JSON, or no message, is told so', () => {
    for (const bytes of ['', '{', '[]', 'null', '{"a":1}', Buffer.from([0x22, 0xff, 0x22])]) {
      expect(validateJson(Buffer.from(bytes as string))).toHaveLength(1);
    }
  });

  it.each<[string, (message: Record<string, unknown>) => unknown]>([
    ['a property of no model', (message) => ({ ...message, 'nc:Nothing': 1 })],
    ['no context', ({ '@context': _context, ...rest }) => rest],
    ['two messages in one', (message) => ({ ...message, ...parsed(MESSAGES[1]!) })],
    [
      'a code outside its table',
      (message) => JSON.parse(JSON.stringify(message).replace('CASH_ONLY', 'CASH')),
    ],
    ['an id, which reference code NONE forbids', (message) => ({ ...message, '@id': '#1' })],
  ])('is not valid with %s', (_what, spoil) => {
    const spoilt = spoil(parsed(ENTER));
    expect(errorsOf(spoilt)).not.toEqual([]);
    expect(validateJson(Buffer.from(JSON.stringify(spoilt)))).not.toEqual([]);
  });
});
