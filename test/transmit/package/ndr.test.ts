import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { readSchemas, toJson, toXml, type WarrantMessage } from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { checkNdr, checkNdrJson, checkNdrSchemas } from './ndr.ts';
import { ENTER, HEADER } from './samples.ts';

const STRUCTURES = 'xmlns:s="https://docs.oasis-open.org/niemopen/ns/model/structures/6.0/"';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const rulesOf = (text: string, code: 'NONE' | 'IDREF' | 'ANYURI' | 'ANY' = 'NONE') =>
  checkNdr(Buffer.from(text), code).map(
    (problem) => problem.message.slice('NDR 6.0 rule '.length).split(':')[0],
  );

/** Names of all elements our schema documents declare. */
function propertiesOf(): ReadonlySet<string> {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const prefixes: Record<string, string> = {
    'fta-warrant.xsd': 'fta',
    'niem-core.xsd': 'nc',
    'domains/justice.xsd': 'j',
    'domains/biom.xsd': 'biom',
    'domains/screening.xsd': 'scr',
  };
  const found = new Set<string>();
  for (const [file, bytes] of readSchemas()) {
    const elements: unknown = parser.parse(Buffer.from(bytes))['xs:schema']['xs:element'] ?? [];
    for (const element of [elements].flat() as { name: string }[])
      found.add(`${prefixes[file]}:${element.name}`);
  }
  return found;
}

describe('The Naming and Design Rules 6.0', () => {
  it('hold for every package, whatever the source says', () => {
    const properties = propertiesOf();
    fc.assert(
      fc.property(facts, (record) => {
        const message: WarrantMessage = { ...HEADER, kind: 'enter', facts: record };
        expect(checkNdr(toXml(message))).toEqual([]);
        expect(checkNdrJson(JSON.parse(Buffer.from(toJson(message)).toString()), properties)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(checkNdr(toXml(ENTER))).toEqual([]);
  });

  it('hold for our schema documents', () => {
    expect(checkNdrSchemas(readSchemas())).toEqual([]);
  });

  it.each<[string, string, 'NONE' | 'IDREF' | 'ANYURI' | 'ANY', string]>([
    ['an id where nothing may refer', `<a ${STRUCTURES} s:id="x"/>`, 'NONE', '12-4 to 12-6'],
    ['a uri where only ids may be', `<a ${STRUCTURES} s:uri="#x"/>`, 'IDREF', '12-4 to 12-6'],
    [
      'a ref where only uris may be',
      `<a ${STRUCTURES} s:id="x"><b s:ref="x"/></a>`,
      'ANYURI',
      '12-4 to 12-6',
    ],
    ['id and ref at once', `<a ${STRUCTURES} s:id="x" s:ref="x"/>`, 'ANY', '12-7 to 12-10'],
    ['a ref to nothing', `<a ${STRUCTURES} s:ref="x"/>`, 'IDREF', '12-7 to 12-10'],
    ['the same id twice', `<a ${STRUCTURES} s:id="x"><b s:id="x"/></a>`, 'IDREF', '12-7 to 12-10'],
    ['an augmentation twice', '<a><PersonAugmentation/><PersonAugmentation/></a>', 'NONE', '12-13'],
    ['nil to clear a field', `<a ${XSI} xsi:nil="true"/>`, 'NONE', '12-14'],
    ['a base below the root', '<a><b xml:base="https://x.example/"/></a>', 'NONE', '12-15'],
    ['an attribute of nobody', '<a colour="red"/>', 'NONE', '12-3'],
  ])('forbid %s', (_what, text, code, rule) => {
    expect(rulesOf(text, code)).toContain(rule);
  });

  it('allow nil that refers, and references that hit', () => {
    expect(
      rulesOf(`<a ${STRUCTURES} ${XSI}><b s:id="x"/><b s:ref="x" xsi:nil="true"/></a>`, 'IDREF'),
    ).toEqual([]);
  });

  it('want a conformance target on every schema document', () => {
    expect(checkNdrSchemas(new Map([['x.xsd', Buffer.from('<schema/>')]]))).toHaveLength(1);
  });
});
