import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../../src/ingest/parse.ts';
import { fixtureContext } from '../../support/court-tests.ts';
import { sharedFiles } from '../support/context.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const FOLDERS = ['courts', 'bookings', 'records'].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind)).map((name) => join(FIXTURES, kind, name)),
);
const filesOf = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter((name) => ending.test(name) && !/context|expected/.test(name))
    .map((name) => ({ file: join(folder, name), folder }));

interface Sample {
  readonly file: string;
  readonly folder?: string;
}

const XML: readonly Sample[] = [
  ...FOLDERS.flatMap((folder) => filesOf(folder, /\.xml$/)),
  ...['corpus/ojbc-ebw', 'corpus/ojbc-custody', 'corpus/ojbc-criminal-history', 'ojbc-warrant-reporting/xml']
    .flatMap((folder) => sharedFiles(folder))
    .map((file) => ({ file })),
];
const ROWS: readonly Sample[] = FOLDERS.flatMap((folder) => filesOf(folder, /\.(csv|txt|jsonl)$/));

/** What the same document may look like when another program writes it; what it says stays. */
const REWRITTEN: Readonly<Record<string, (xml: string) => Uint8Array>> = {
  'with other namespace prefixes': (xml) => {
    const prefixes = [...new Set([...xml.matchAll(/xmlns:([\w.-]+)=/g)].map((found) => found[1]!))];
    const other = new Map(prefixes.map((prefix, i) => [prefix, `q${i}`]));
    return Buffer.from(
      xml
        .replaceAll(/(<\/?)([\w.-]+):/g, (whole, open, prefix) =>
          other.has(prefix) ? `${open}${other.get(prefix)}:` : whole,
        )
        .replaceAll(/\s([\w.-]+):([\w.-]+)=/g, (whole, prefix, local) =>
          prefix === 'xmlns' && other.has(local)
            ? ` xmlns:${other.get(local)}=`
            : other.has(prefix)
              ? ` ${other.get(prefix)}:${local}=`
              : whole,
        ),
    );
  },
  'with its texts in CDATA': (xml) =>
    Buffer.from(xml.replaceAll(/>([^<>&]*[^<>&\s][^<>&]*)<\//g, '><![CDATA[$1]]></')),
  'with numeric references': (xml) =>
    Buffer.from(
      xml.replaceAll(
        />([^<>&]+)<\//g,
        (_, text: string) => `>${[...text].map((c) => `&#x${c.codePointAt(0)!.toString(16)};`).join('')}</`,
      ),
    ),
  'with comments and instructions between': (xml) =>
    Buffer.from(xml.replaceAll(/<\/([\w:.-]+)>(?!\s*$)/g, '</$1><!-- note --><?tool x?>')),
  'with a comment inside each text': (xml) =>
    Buffer.from(xml.replaceAll(/>(\w)(\w[^<>&]*)<\//g, '>$1<!-- note -->$2</')),
  'in UTF-16 with its mark': (xml) => Buffer.from(`\uFEFF${xml.replace(/ encoding="[^"]*"/, '')}`, 'utf16le'),
  'in UTF-8 with a byte order mark': (xml) => Buffer.from(`\uFEFF${xml.replace(/ encoding="[^"]*"/, '')}`),
  'with CRLF line ends': (xml) => Buffer.from(xml.replaceAll(/\r?\n/g, '\r\n')),
  'on one line': (xml) => Buffer.from(xml.replaceAll(/>\s+</g, '><')),
};

/** Everything but the lines, which another layout moves. */
function withoutLines(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'line' ? undefined : member)));
}

async function said(bytes: Uint8Array, folder: string | undefined) {
  const { codes, options } = folder ? fixtureContext(folder) : { codes: {}, options: {} };
  const { file: _name, ...rest } = await parseFile(bytes, {
    today: '2026-11-23',
    zone: 'America/Los_Angeles',
    codes,
    options,
  });
  return withoutLines(rest);
}

describe('A document says the same however it is written', () => {
  it.each(Object.keys(REWRITTEN))('%s', async (way) => {
    for (const { file, folder } of XML) {
      const bytes = readFileSync(file);
      const latin = /encoding="iso-8859-1"/i.test(bytes.subarray(0, 100).toString('latin1'));
      const xml = bytes
        .toString(latin ? 'latin1' : 'utf8')
        .replace(/encoding="iso-8859-1"/i, 'encoding="UTF-8"');
      expect(await said(REWRITTEN[way]!(xml), folder), file).toEqual(await said(bytes, folder));
    }
  });

  it.each([
    ['with CRLF line ends', (text: string) => Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))],
    ['in UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['in UTF-16 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ] as const)('rows: %s', async (way, write) => {
    for (const { file, folder } of ROWS) {
      // JSON is UTF-8 by its standard.
      if (way.includes('UTF-16') && file.endsWith('.jsonl')) continue;
      const bytes = readFileSync(file);
      // A line break inside quotes is data and stays as it came.
      const again = JSON.stringify(await said(write(bytes.toString('utf8')), folder)).replaceAll(
        '\\r\\n',
        '\\n',
      );
      expect(JSON.parse(again), file).toEqual(await said(bytes, folder));
    }
  });
});
