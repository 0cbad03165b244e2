import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { snapshot } from '../ingest/support/documents.ts';
import { wsq } from '../support/print-files.ts';
import { temporaryFolder } from '../support/store.ts';
import { cli } from './support/cli.ts';

const GOOD = `<?xml version="1.0" encoding="UTF-8"?>\n${snapshot([
  {
    persons: [{ id: 'P1', surname: 'Kahale', birth: '1990-01-01' }],
    cities: ['Hilo'],
    results: [{ number: '0001', docket: '1DTA-26-00068', person: 'P1', level: 'Felony', bail: '661.58' }],
  },
])}`;

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  // A wrong check sum: nothing may get as far as reading it.
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

/** A PNG whose header states a size and whose data is next to nothing: a decompression bomb. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const data = deflateSync(Buffer.alloc(1_000_000));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('a court file that is wrong', () => {
  const person = '<nc:PersonSurName>Kahale';
  it.each<[string, string | Uint8Array, string, RegExp]>([
    [
      'cut in the middle',
      GOOD.slice(0, GOOD.indexOf(person) + 30),
      'SRC-UNREADABLE',
      /:\d+: .*record 1.*PersonSurName.*cut short/s,
    ],
    [
      'with tags that do not match',
      GOOD.replace('Kahale</nc:PersonSurName>', 'Kahale</nc:PersonGivenName>'),
      'SRC-UNREADABLE',
      /:\d+: .*record 1, .*PersonName\)/s,
    ],
    [
      'that multiplies its entities (billion laughs)',
      GOOD.replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>').replace(
        'Kahale',
        '&b;',
      ),
      'SRC-DOCTYPE',
      /:\d+: .*document type definition.*leave it out/s,
    ],
    [
      'of Latin-1 bytes declared as UTF-8',
      Buffer.from(GOOD.replace('Kahale', 'Muñoz'), 'latin1'),
      'SRC-ENCODING',
      /:\d+: .*utf-8.*<nc:PersonSurName>.*windows-1252/s,
    ],
    ['of 0 bytes', '', 'SRC-EMPTY', /0 bytes/],
    [
      'with an attribute of 10 MB',
      GOOD.replace('<nc:PersonSurName>', `<nc:PersonSurName x="${'a'.repeat(10_000_000)}">`),
      'SRC-LIMIT',
      /:\d+: .*limit of 1048576 characters.*record 1/s,
    ],
  ])('%s: says where, what and what next, and ends with 1', async (_what, content, code, said) => {
    const path = file('drop.xml', content);
    const { exit, stdout } = await cli('parse', path);
    expect(exit).toBe(1);
    expect(stdout).toContain(`error ${code}`);
    expect(stdout).toContain(`${path}`);
    expect(stdout).toMatch(said);
    expect(stdout).toMatch(/next: Have the source put the file right and send it again\./);
    expect(stdout).not.toMatch(/Kahale|Muñoz|aaaa|\n\s+at /);
    const json = JSON.parse((await cli('parse', path, '--json')).stdout) as {
      problems: { code: string }[];
    }[];
    expect(json[0]?.problems.map((problem) => problem.code)).toContain(code);
  });

  it('of Latin-1 bytes that says so is right', async () => {
    const text = GOOD.replace(/^<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="ISO-8859-1"?>');
    const path = file('drop.xml', Buffer.from(text.replace('Kahale', 'Muñoz'), 'latin1'));
    const { exit, stdout } = await cli('parse', path, '--json');
    expect(exit).toBe(0);
    expect(stdout).toContain('"surname":"Muñoz"');
  });

  it('with one bad record names record and field, and reads the others', async () => {
    const fixture = join(import.meta.dirname, '../../fixtures/courts/ebench-snapshot/blocks.xml');
    const path = file(
      'drop.xml',
      readFileSync(fixture, 'utf8').replace(/<nc:Date>[\d-]+</, '<nc:Date>2026-02-30<'),
    );
    const { exit, stdout } = await cli('parse', path);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/drop\.xml:\d+: record \d+: error [A-Z-]+ [\w.]+: /);
    expect(stdout).toMatch(/next: Have a clerk correct the record/);
  });

  it('that answers why it gives no warrant keeps the answer, and what stands beside it', async () => {
    const denied = '<q:Denial xmlns:q="urn:query"><q:Reason>Not allowed here.</q:Reason></q:Denial>';
    const text = GOOD.replace(/<e:eBWResults>.*<\/e:eBWResults>/s, `<e:eBWResults>${denied}</e:eBWResults>`);
    const path = file('drop.xml', text.replace('<w:Warrants ', '<w:Warrants batch="B-7" '));
    const { exit, stdout } = await cli('parse', path, '--json');
    expect(exit).toBe(1);
    const [one] = JSON.parse(stdout) as { facts: { extra: { value: string }[] } }[];
    expect(one?.facts.extra.map(({ value }) => value)).toEqual(['Not allowed here.', 'B-7']);
    expect((await cli('parse', path)).stdout).toContain('holds no warrant; it holds Denial.');
  });

  it('that is not there is a usage error', async () => {
    const { exit, stderr } = await cli('parse', '/nowhere/drop.xml');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/FILE-UNREADABLE: \/nowhere\/drop\.xml/);
  });
});

describe('a print that is wrong', () => {
  const half = wsq(1);
  it.each<[string, string, string | Uint8Array, string]>([
    ['a PNG that is a text file', 'thumb.png', 'a note, not a picture\n', 'PRINT-FORMAT-UNKNOWN'],
    ['a picture of 20,000 x 20,000', 'thumb.png', pngOf(20_000, 20_000), 'PRINT-TOO-LARGE'],
    ['a WSQ cut in half', 'thumb.wsq', half.subarray(0, half.length / 2), 'PRINT-TRUNCATED'],
    ['a file of 0 bytes', 'thumb.png', '', 'PRINT-EMPTY'],
  ])('%s: says which file, what and what next, and ends with 1', async (_what, name, content, code) => {
    const path = file(name, content);
    const { exit, stderr } = await cli('prints', 'extract', path);
    expect(stderr).toContain(`benchlink: ${code}: `);
    expect(stderr).toContain(path);
    expect(stderr).toMatch(/Have the print scanned or exported again/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exit).toBe(1);
  });

  it('not there is a usage error', async () => {
    const { exit, stderr } = await cli('prints', 'extract', '/nowhere/thumb.wsq');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/FILE-UNREADABLE: \/nowhere\/thumb\.wsq/);
  });
});
