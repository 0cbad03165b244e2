import { report } from '../support/documents.ts';

const BODY = report('Issued', {
  oca: '1',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  person: { id: 'P', given: 'A', surname: 'B' },
});
const ROOT = BODY.slice(BODY.indexOf('<doc:'));
const inside = (text: string) =>
  ROOT.replace('</doc:WarrantIssuedReport>', `${text}</doc:WarrantIssuedReport>`);
const dtd = (body: string, use = '') => `<?xml version="1.0"?><!DOCTYPE r ${body}>${inside(use)}`;
const latin = (text: string) => Buffer.from(text, 'latin1');

const laughs = Array.from({ length: 10 }, (_, i) =>
  i === 0 ? '<!ENTITY l0 "lol">' : `<!ENTITY l${i} "${`&l${i - 1};`.repeat(10)}">`,
).join('');

/** Thirty ways to hurt a reader of XML, drawn when asked for: name, and the bytes. */
export const ATTACKS: readonly (readonly [string, () => Uint8Array])[] = (
  [
    ['billion laughs', () => dtd(`[${laughs}]`, '<x>&l9;</x>')],
    [
      'quadratic blow-up, 100,000 times 100,000',
      () => dtd(`[<!ENTITY a "${'a'.repeat(100_000)}">]`, `<x>${'&a;'.repeat(100_000)}</x>`),
    ],
    ['an entity that contains itself', () => dtd('[<!ENTITY a "&b;"><!ENTITY b "&a;">]', '<x>&a;</x>')],
    ['an external entity on disk', () => dtd('[<!ENTITY a SYSTEM "file:///etc/passwd">]', '<x>&a;</x>')],
    [
      'an external entity on the network',
      () => dtd('[<!ENTITY a SYSTEM "http://127.0.0.1:9/">]', '<x>&a;</x>'),
    ],
    ['a parameter entity', () => dtd('[<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]')],
    ['an external document type', () => dtd('SYSTEM "http://127.0.0.1:9/x.dtd"')],
    ['a document type of 20 MB', () => dtd(`[<!-- ${'x'.repeat(20_000_000)} -->]`)],
    ['a document type after the root', () => `${ROOT}<!DOCTYPE r>`],
    ['30,000 elements deep, closed', () => inside('<a>'.repeat(30_000) + '</a>'.repeat(30_000))],
    ['30,000 elements never closed', () => inside('<a>'.repeat(30_000))],
    ['an attribute of 10 MB', () => inside(`<a b="${'x'.repeat(10_000_000)}"/>`)],
    [
      '200,000 attributes on one element',
      () => inside(`<a ${Array.from({ length: 200_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
    ],
    [
      '300 attributes on one element',
      () => inside(`<a ${Array.from({ length: 300 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
    ],
    ['a name of 5 MB', () => inside(`<${'n'.repeat(5_000_000)}/>`)],
    ['a text of 20 MB', () => inside(`<a>${'x'.repeat(20_000_000)}</a>`)],
    ['a comment of 20 MB', () => inside(`<!--${'x'.repeat(20_000_000)}-->`)],
    ['a CDATA section never closed', () => inside('<![CDATA[ x')],
    ['an instruction of 20 MB', () => inside(`<?a ${'x'.repeat(20_000_000)}?>`)],
    ['2,000,000 small elements in one record', () => inside('<a/>'.repeat(2_000_000))],
    ['2,000,000 entity references to nothing', () => inside(`<a>${'&x;'.repeat(2_000_000)}</a>`)],
    ['a file cut in the middle', () => ROOT.slice(0, ROOT.length / 2)],
    ['tags that cross', () => inside('<a><b></a></b>')],
    ['two roots', () => ROOT + ROOT],
    ['text after the root', () => `${ROOT}junk`],
    ['an attribute given twice', () => inside('<a b="1" b="2"/>')],
    ['a prefix bound to nothing', () => inside('<zz:a/>')],
    ['a NUL character', () => inside('<a>\0</a>')],
    ['a reference to NUL', () => inside('<a>&#0;</a>')],
    ['a lone surrogate by reference', () => inside('<a>&#xD800;</a>')],
    ['a replacement character', () => inside('<a>Nu\uFFFDez</a>')],
    ['a replacement character by reference', () => inside('<a>Nu&#xFFFD;ez</a>')],
    [
      'Latin-1 bytes under a UTF-8 declaration',
      () => latin(`<?xml version="1.0" encoding="UTF-8"?>${inside('<a>Nu\xF1ez</a>')}`),
    ],
    [
      'windows-1252 bytes under a Latin-1 declaration',
      () => latin(`<?xml version="1.0" encoding="ISO-8859-1"?>${inside('<a>O\x92Neil</a>')}`),
    ],
    ['an encoding nobody reads', () => `<?xml version="1.0" encoding="UTF-7"?>${ROOT}`],
    ['UTF-16 declared, UTF-8 sent', () => `<?xml version="1.0" encoding="UTF-16"?>${ROOT}`],
    [
      'UTF-8 declared, UTF-16 sent',
      () => Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>${ROOT}`, 'utf16le'),
    ],
    ['UTF-16 without a byte order mark', () => Buffer.from(ROOT, 'utf16le')],
    ['UTF-32', () => Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
    ['XML 1.1 with control characters', () => `<?xml version="1.1"?>${inside('<a>&#1;</a>')}`],
    ['a record of 5 MB in small pieces', () => inside('<a>some text</a>'.repeat(320_000))],
    [
      'one million namespace declarations',
      () => inside(`<a ${Array.from({ length: 1_000_000 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}/>`),
    ],
  ] as readonly (readonly [string, () => string | Uint8Array])[]
).map(([name, draw]) => [
  name,
  () => {
    const drawn = draw();
    return typeof drawn === 'string' ? Buffer.from(drawn) : drawn;
  },
]);
