import fc from 'fast-check';
import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/ingest/parameters.ts';
import { Refusal } from '../../../src/ingest/refusal.ts';
import { readXml, type XmlElement } from '../../../src/ingest/xml.ts';

/** Our names are resolved by our own hand; saxes, which can do it too, is the judge. */
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

interface Seen {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: Seen[];
  text: string;
}

const expanded = (uri: string, local: string) => (uri === '' ? local : `{${uri}}${local}`);

/** The document as saxes resolves it, or `refused`. */
function bySaxes(xml: string): Seen | 'refused' {
  const parser = new SaxesParser({ xmlns: true });
  const open: Seen[] = [];
  let root: Seen | undefined;
  parser.on('opentag', (tag) => {
    const attributes = (Object.values(tag.attributes) as SaxesAttributeNS[])
      .filter(({ uri }) => uri !== XMLNS)
      .map(({ uri, local, value }) => [expanded(uri, local), value] as const);
    const seen = { name: expanded(tag.uri, tag.local), attributes, children: [], text: '' };
    open.at(-1)?.children.push(seen);
    root ??= seen;
    open.push(seen);
  });
  parser.on('closetag', () => open.pop());
  const addText = (text: string) => {
    const at = open.at(-1);
    if (at) at.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(xml).close();
  } catch {
    return 'refused';
  }
  return root!;
}

function seen(element: XmlElement): Seen {
  return {
    name: element.name,
    attributes: element.attributes.map(({ name, value }) => [name, value] as const),
    children: element.children.map(seen),
    text: element.text,
  };
}

async function byUs(xml: string, chunk = xml.length): Promise<Seen | 'refused'> {
  const bytes = Buffer.from(xml);
  const pieces = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  );
  let root: Seen | undefined;
  try {
    const reading = { keys: {}, limits: DEFAULT_LIMITS, cut: new Set<string>() };
    for await (const part of readXml(pieces, reading)) if (part.kind === 'root') root = seen(part.element);
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
  return root!;
}

const READ: readonly (readonly [string, string])[] = [
  ['no namespace at all', '<a b="1"><c/></a>'],
  ['a default namespace, which no attribute has', '<a xmlns="u" b="1"><c b="2"/></a>'],
  ['a default namespace taken back below', '<a xmlns="u"><b xmlns=""><c/></b><d/></a>'],
  ['a prefix used before its declaration in one tag', '<p:a p:b="1" xmlns:p="u"/>'],
  ['a prefix bound anew below and as before after', '<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>'],
  ['a prefix bound anew by two that stand beside', '<a><p:b xmlns:p="u"/><p:b xmlns:p="v"/></a>'],
  ['two prefixes for one namespace', '<p:a xmlns:p="u" xmlns:q="u"><q:a p:x="1" q:y="2"/></p:a>'],
  ['an attribute with and without its namespace', '<a xmlns="u" xmlns:p="u" b="1" p:b="2"/>'],
  ['the prefix xml, which needs no declaration', '<a xml:lang="en"><xml:b/></a>'],
  ['the prefix xml, declared as what it is', `<a xmlns:xml="${XML}" xml:lang="en"/>`],
  ['blanks about the name of a namespace', '<p:a xmlns:p="  u "><q:b xmlns:q="u" p:c="1"/></p:a>'],
  ['names that only begin like a declaration', '<a xmlnsx="1" xmlns-y="2"><xmlnsp:b xmlns:xmlnsp="u"/></a>'],
  ['names every object has', '<constructor:a xmlns:constructor="u" xmlns:__proto__="v" __proto__:b="1"/>'],
  ['a name every object has as an attribute', '<a __proto__="1" constructor="2"/>'],
  ['an instruction', '<a><?go now: this?></a>'],
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['an element whose prefix is not declared', '<p:a/>'],
  ['an attribute whose prefix is not declared', '<a p:b="1"/>'],
  ['a prefix after the end of what declared it', '<a><p:b xmlns:p="u"/><p:c/></a>'],
  ['a prefix of what stood beside, empty', '<a><b xmlns:p="u"></b><c p:d="1"/></a>'],
  ['a prefix taken back', '<p:a xmlns:p="u"><b xmlns:p=""/></p:a>'],
  ['a prefix bound to blanks', '<a xmlns:p="  "/>'],
  ['one attribute under two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
  ['one attribute under two prefixes of two levels', '<a xmlns:p="u"><b xmlns:q="u" p:c="1" q:c="1"/></a>'],
  ['one attribute twice', '<a xmlns:p="u" p:b="1" p:b="2"/>'],
  ['one declaration twice', '<a xmlns:p="u" xmlns:p="u"/>'],
  ['the default namespace twice', '<a xmlns="u" xmlns="u"/>'],
  ['xml bound to another namespace', '<a xmlns:xml="u"/>'],
  ['the namespace of xml under another prefix', `<a xmlns:p="${XML}"/>`],
  ['the namespace of xml as default', `<a xmlns="${XML}"/>`],
  ['xmlns declared', '<a xmlns:xmlns="u"/>'],
  ['xmlns declared as what it is', `<a xmlns:xmlns="${XMLNS}"/>`],
  ['the namespace of declarations under a prefix', `<a xmlns:p="${XMLNS}"/>`],
  ['the namespace of declarations as default', `<a xmlns="${XMLNS}"/>`],
  ['an element with the prefix xmlns', '<xmlns:a/>'],
  ['an element with nothing before its colon', '<:a/>'],
  ['an element with nothing after its colon', '<p: xmlns:p="u"/>'],
  ['an element with two colons', '<p:a:b xmlns:p="u"/>'],
  ['an attribute with nothing before its colon', '<a :b="1"/>'],
  ['an attribute with nothing after its colon', '<a xmlns:p="u" p:="1"/>'],
  ['an attribute with two colons', '<a xmlns:p="u" p:b:c="1"/>'],
  ['a declaration of nothing', '<a xmlns:="u"/>'],
  ['a declaration with two colons', '<a xmlns:p:q="u"/>'],
  ['an end tag of the same namespace by another prefix', '<p:a xmlns:p="u" xmlns:q="u"></q:a>'],
  ['an instruction with a colon', '<a><?p:go now?></a>'],
  ['an instruction with a colon before the root', '<?xml:go now?><a/>'],
  ['an entity with a colon', '<a>&p:b;</a>'],
];

describe('Names are resolved as Namespaces in XML 1.0 say', () => {
  it.each(READ)('reads %s', async (_, xml) => {
    const judged = bySaxes(xml);
    expect(judged).not.toBe('refused');
    for (const chunk of [xml.length, 1, 3]) expect(await byUs(xml, chunk)).toEqual(judged);
  });

  it.each(REFUSED)('refuses %s', async (_, xml) => {
    expect(bySaxes(xml)).toBe('refused');
    for (const chunk of [xml.length, 1, 3]) expect(await byUs(xml, chunk)).toBe('refused');
  });
});

/** Few prefixes, names and namespaces, so that they meet; now and then what may not be. */
const prefixes = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('', '', 'p', 'q', 'r') },
  { weight: 1, arbitrary: fc.constantFrom('xml', 'xmlns', '__proto__', 'é') },
);
const locals = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'c', 'xmlns-x', 'ñ') },
  { weight: 1, arbitrary: fc.constantFrom('', 'a:b', '-a', '1') },
);
const uris = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('u', 'v', 'u ', 'w&amp;x') },
  { weight: 1, arbitrary: fc.constantFrom('', XML, XMLNS) },
);
const qname = fc.tuple(prefixes, locals).map(([prefix, local]) => (prefix ? `${prefix}:${local}` : local));
const declaration = fc
  .tuple(prefixes, uris)
  .map(([prefix, uri]) => `${prefix ? `xmlns:${prefix}` : 'xmlns'}="${uri}"`);
const attribute = fc.tuple(qname, fc.constantFrom('', '1', ' x ', '&#x41;')).map(([n, v]) => `${n}="${v}"`);
const text = fc.constantFrom('', ' ', 'x', ' y ', '&lt;', '<![CDATA[ z ]]>', '<!-- : -->', '<?pi a:b?>');

const element = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      name: qname,
      declared: fc.array(declaration, { maxLength: 3 }),
      attributes: fc.array(attribute, { maxLength: 3 }),
      inside: fc.array(fc.oneof({ maxDepth: 4, depthSize: 'medium' }, text, tie('element')), {
        maxLength: 4,
      }),
    })
    .map(({ name, declared, attributes, inside }) => {
      const start = [name, ...declared, ...attributes].join(' ');
      return inside.length === 0 ? `<${start}/>` : `<${start}>${inside.join('')}</${name}>`;
    }),
})).element;

/** White space about an element's text says nothing here; text between elements is kept by us only as it counts. */
function plain(of: Seen | 'refused'): Seen | 'refused' {
  if (of === 'refused') return of;
  const children = of.children.map((child) => plain(child) as Seen);
  return { ...of, text: of.text.replace(/[ \n\t\r]+/g, ''), children };
}

describe('Drawn documents', () => {
  /** Every prefix declared at the root as well, so that most of what is drawn can be read. */
  const wrapped = element.map((inner) => `<root xmlns:p="u" xmlns:q="v" xmlns:r="u">${inner}</root>`);

  it('say to us what they say to saxes, or are refused by both', async () => {
    let read = 0;
    let refused = 0;
    const drawn = fc.oneof({ weight: 1, arbitrary: element }, { weight: 5, arbitrary: wrapped });
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer({ min: 1, max: 40 }), async (xml, chunk) => {
        const judged = bySaxes(xml);
        if (judged === 'refused') refused += 1;
        else read += 1;
        expect(plain(await byUs(xml, chunk))).toEqual(plain(judged));
      }),
      { numRuns: 3000 },
    );
    // A draw that is all of one kind would prove nothing.
    expect(Math.min(read, refused)).toBeGreaterThan(300);
  });
});
