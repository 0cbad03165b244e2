import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { threadsFor } from '../../../src/cli/prints/options.ts';
import { toPng } from '../../../src/match/print/tools/write-image.ts';
import { drawImpression, drawMaster } from '../../../src/synth/prints/index.ts';
import { drawInto, newFolder, prints } from './command.ts';

const drawn = newFolder();
const good = (name = 'a_1.png'): Uint8Array => readFileSync(join(drawn, name));

beforeAll(() => drawInto(drawn, ['a', 'b'], 2));

function put(folder: string, name: string, bytes: string | Uint8Array = good()): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A print of 500 ppi that states another resolution. */
function stating(ppi: number): Promise<Uint8Array> {
  return toPng({ ...drawImpression(drawMaster('whole'), 1), ppi });
}

function namesIn(csv: string): Set<string> {
  const rows: { a: string; b: string }[] = parse(readFileSync(csv), { columns: true });
  return new Set(rows.flatMap(({ a, b }) => [a, b]));
}

describe('a folder with more in it than prints', () => {
  it('is read without what is no file; a print that a link does not lead to is named', async () => {
    const folder = newFolder();
    for (const name of ['a_1.png', 'a_2.png']) put(folder, name, good(name));
    put(folder, 'no ending', good('b_1.png'));
    put(folder, 'notes.txt', 'not a print');
    put(folder, '.hidden.png');
    mkdirSync(join(folder, 'sub.png'));
    symlinkSync('sub.png', join(folder, 'link to a folder'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('nowhere', join(folder, 'dangling.png'));
    symlinkSync('a_1.png', join(folder, 'linked.png'));
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    const csv = join(newFolder(), 'scores.csv');
    const ran = await prints('scores', folder, '--out', csv);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('dangling.png: ENOENT') });
    expect(namesIn(csv)).toEqual(new Set(['a_1.png', 'a_2.png', 'dangling.png', 'linked.png', 'no ending']));
    const found = await prints('identify', join(drawn, 'a_2.png'), '--gallery', folder, '--json');
    expect(JSON.parse(found.out).gallery).toBe(4);
  });

  it('keeps names as they are: spaces, commas, quotes, other scripts', async () => {
    const folder = newFolder();
    const names = ['a b.png', 'a,b.png', 'q"uote.png', "ap'os.png", 'żółć 指.png', '=1.png'];
    for (const name of names) put(folder, name);
    const csv = join(newFolder(), 'scores, all.csv');
    expect((await prints('scores', folder, '--out', csv)).code).toBe(0);
    expect(namesIn(csv)).toEqual(new Set(names));
  });

  it('of one print gives the header alone', async () => {
    const folder = newFolder();
    put(folder, 'one.png');
    const csv = join(newFolder(), 'scores.csv');
    expect((await prints('scores', folder, '--out', csv)).code).toBe(0);
    expect(readFileSync(csv, 'utf8')).toBe('a,b,score\n');
  });

  it('says what to do with those that cannot be read, once', async () => {
    const folder = newFolder();
    put(folder, 'a.png');
    put(folder, 'b.png', '');
    put(folder, 'c.png', 'text');
    const ran = await prints('scores', folder, '--out', join(newFolder(), 'scores.csv'));
    expect(ran.err).toMatch(/b\.png: PRINT-EMPTY.*c\.png: PRINT-FORMAT-UNKNOWN.*scanned or exported again/s);
    expect(ran.err.match(/scanned or exported again/g)).toHaveLength(1);
  });
});

describe('--jobs', () => {
  it('gives the same file whatever it is', async () => {
    const files = ['1', '3', '5000'].map((jobs) => [jobs, join(newFolder(), 'scores.csv')] as const);
    for (const [jobs, csv] of files)
      expect((await prints('scores', drawn, '--out', csv, '--jobs', jobs)).code).toBe(0);
    expect(new Set(files.map(([, csv]) => readFileSync(csv, 'utf8'))).size).toBe(1);
  });

  it('never makes more threads than there are prints or processors, and one at least', () => {
    expect(threadsFor(5000, 3)).toBeLessThanOrEqual(3);
    expect(threadsFor(5000, 5000)).toBe(threadsFor(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY));
    expect(threadsFor(4, 0)).toBe(1);
  });

  it.each(['0', '-1', '1.5', 'many'])('is refused as %s', async (jobs) => {
    const ran = await prints('scores', drawn, '--out', join(newFolder(), 'o.csv'), '--jobs', jobs);
    expect(ran.code).toBe(2);
  });
});

describe('a result that cannot be written', () => {
  it.each(['scores', 'index'])('%s says so before it reads a print', async (command) => {
    for (const out of [join(drawn, 'nowhere', 'x'), drawn]) {
      const ran = await prints(command, drawn, '--out', out);
      expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(/nowhere|is a folder/) });
      expect(ran.err).not.toContain('reading');
    }
  });

  it.runIf(process.platform === 'linux')('a disk that is full is named, not a fault', async () => {
    const ran = await prints('scores', drawn, '--out', '/dev/full');
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('DISK-FULL') });
  });
});

describe('a file that is not what the command wants is named with what to do', () => {
  const template = (): string => join(drawn, 't.tpl');
  beforeAll(async () => {
    await prints('convert', join(drawn, 'a_1.png'), template());
  });

  it.each([
    ['a folder', () => ['compare', join(drawn, 'a_1.png'), drawn], 2, /is a folder; name one print/],
    ['a template', () => ['extract', template()], 1, /t\.tpl: A template holds no picture/],
    ['a template for its quality', () => ['quality', template()], 1, /t\.tpl: A template holds no picture/],
    [
      'a picture as gallery',
      () => ['identify', template(), '--gallery', join(drawn, 'a_1.png')],
      2,
      /neither a folder nor a shard/,
    ],
    [
      'a file in the way of the trace',
      () => ['extract', join(drawn, 'a_1.png'), '--trace', template()],
      2,
      /t\.tpl cannot be used/,
    ],
    ['a date of another kind', () => ['convert', template(), 'x.an2', '--date', '2026'], 2, /YYYYMMDD/],
    [
      'an agency that is no ORI',
      () => ['convert', template(), 'x.an2', '--agency', 'Sheriff'],
      2,
      /nine capitals/,
    ],
    [
      'an impression that is none',
      () => ['convert', template(), 'x.an2', '--impression', '99'],
      2,
      /0 to 29/,
    ],
    ['a size that is none', () => ['extract', template(), '--raw', '388'], 2, /WIDTHxHEIGHT/],
  ])('%s', async (_, args, code, message) => {
    expect(await prints(...args())).toMatchObject({ code, err: expect.stringMatching(message) });
  });

  it('a print too small or too large asks for its true resolution', async () => {
    const ran = await prints('extract', put(newFolder(), 'tiny.png'), '--ppi', '4000');
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/tiny\.png: .*is 4000 ppi its true/) });
  });
});

describe('a picture without a header', () => {
  it('is read with its size, and says which bytes it should have', async () => {
    const raw = join(newFolder(), 'a.raw');
    await prints('convert', join(drawn, 'a_1.png'), raw);
    const same = await prints('compare', raw, join(drawn, 'a_1.png'), '--raw', '300x320', '--json');
    expect(JSON.parse(same.out)).toMatchObject({ qualityA: JSON.parse(same.out).qualityB, reasonsA: [] });
    expect(await prints('extract', raw, '--raw', '300x321')).toMatchObject({
      code: 1,
      err: expect.stringContaining('has 96300 bytes, one a pixel; this file has 96000'),
    });
    expect((await prints('extract', raw)).err).toContain('--raw');
    const gif = await prints('extract', put(newFolder(), 'a.gif', 'GIF89a'));
    expect(gif.err).toContain('This is a GIF file');
    expect(gif.err).not.toContain('--raw');
  });
});

describe('a resolution that is missing or wrong', () => {
  it('72 ppi is taken for 500, and every command says so', async () => {
    const folder = newFolder();
    const file = put(folder, 'edited.png', await stating(72));
    const true500 = put(newFolder(), 'true.png', await stating(500));
    const note = "The file states 72 ppi, which cannot be a print's; it was taken for 500 ppi.";
    expect((await prints('extract', file)).out).toContain(note);
    expect((await prints('quality', file)).out).toContain(note);
    expect((await prints('compare', file, true500)).out).toContain(note);
    expect((await prints('identify', file, '--gallery', drawn)).err).toContain(note);
    expect((await prints('convert', file, join(newFolder(), 'x.png'))).err).toContain(note);
    const told = 'edited.png: no resolution a print can have is stated, 500 ppi was taken';
    expect((await prints('scores', folder, '--out', join(newFolder(), 'o.csv'))).err).toContain(told);
    expect((await prints('index', folder, '--out', join(newFolder(), 'o.shard'))).err).toContain(told);
    expect((await prints('extract', file, '--ppi', '500')).out).not.toContain('taken for');
    const minutiae = async (of: string) => JSON.parse((await prints('extract', of, '--json')).out).minutiae;
    expect(await minutiae(file)).toEqual(await minutiae(true500));
  });

  it.each([200, 250, 1000])('%i ppi stated where it is 500 is told by the ridges', async (ppi) => {
    const ran = await prints('quality', put(newFolder(), 'scaled.png', await stating(ppi)), '--json');
    expect(JSON.parse(ran.out)).toMatchObject([
      { ppi: expect.closeTo(ppi, 0), reasons: ['wrong-resolution'] },
    ]);
  });

  it('the ridges tell it on every command', async () => {
    const folder = newFolder();
    const file = put(folder, 'scaled.png', await stating(1000));
    const note = "The picture's resolution is probably wrong: ridges are";
    const page = join(newFolder(), 'page.html');
    expect((await prints('extract', file)).out).toContain(note);
    expect((await prints('compare', file, join(drawn, 'a_2.png'), '--html', page)).out).toContain(
      `scaled.png: ${note}`,
    );
    expect(readFileSync(page, 'utf8')).toContain(
      'resolution is probably wrong, so this does not say that they differ',
    );
    expect((await prints('identify', file, '--gallery', drawn)).err).toContain(note);
    const summary = await prints('scores', folder, '--out', join(newFolder(), 'o.csv'), '--json');
    expect(summary.err).toContain(`scaled.png: ${note}`);
    expect(JSON.parse(summary.out)).toMatchObject({
      ppiAssumed: [],
      wrongResolution: [{ name: 'scaled.png' }],
    });
  });
});
