import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodeImage,
  extract,
  fromIso19794,
  type GreyImage,
  readAnsiNist,
} from '../../../src/match/print/index.ts';
import { toPng } from '../../../src/match/print/tools/write-image.ts';
import { drawInto, newFolder, prints } from './command.ts';

const folder = newFolder();
const file = (name: string): string => join(folder, name);

beforeAll(() => drawInto(folder, ['a', 'b'], 2));

async function read(path: string): Promise<GreyImage> {
  return decodeImage(new Uint8Array(readFileSync(path)));
}

function meanDifference(a: GreyImage, b: GreyImage): number {
  return a.data.reduce((sum, v, i) => sum + Math.abs(v - b.data[i]!), 0) / a.data.length;
}

interface Row {
  readonly a: string;
  readonly b: string;
  readonly score: string;
}

describe('prints scores', () => {
  it('gives a row for every pair, the lowest score to what cannot be read, and names it', async () => {
    const dir = newFolder();
    for (const name of readdirSync(folder)) writeFileSync(join(dir, name), readFileSync(file(name)));
    writeFileSync(join(dir, 'broken.png'), readFileSync(file('a_1.png')).subarray(0, 200));
    const blank = { width: 300, height: 300, ppi: 500, data: new Uint8Array(90_000).fill(255) };
    writeFileSync(join(dir, 'empty, white.png'), await toPng(blank));
    writeFileSync(join(dir, 'readme.txt'), 'not a print');
    const csv = join(newFolder(), 'scores.csv');
    const ran = await prints('scores', dir, '--out', csv, '--jobs', '2');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('broken.png: PRINT-');
    expect(ran.err).toContain('empty, white.png: no minutiae');
    expect(ran.err).not.toContain('readme.txt');
    expect(readFileSync(csv, 'utf8').split('\n')[0]).toBe('a,b,score');
    const rows: Row[] = parse(readFileSync(csv), { columns: true });
    expect(rows).toHaveLength(15);
    const score = (a: string, b: string) => Number(rows.find((row) => row.a === a && row.b === b)!.score);
    const least = Math.min(...rows.map((row) => Number(row.score)));
    expect(score('a_1.png', 'a_2.png')).toBeGreaterThan(score('a_1.png', 'b_1.png'));
    expect(score('a_1.png', 'broken.png')).toBe(least);
    expect(score('broken.png', 'empty, white.png')).toBe(least);
    expect(score('b_2.png', 'empty, white.png')).toBe(least);
  });

  it('says that a folder holds no prints', async () => {
    const ran = await prints('scores', newFolder(), '--out', file('none.csv'));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('holds no prints') });
  });
});

describe('prints index and identify', () => {
  it('builds, lengthens and merges shards, and finds in them what it finds in the folder', async () => {
    const [one, both] = [join(newFolder(), 'one.shard'), join(newFolder(), 'both.shard')];
    const more = newFolder();
    await drawInto(more, ['c', 'd'], 1);
    expect((await prints('index', file('a_2.png'), file('b_2.png'), '--out', one)).code).toBe(0);
    const longer = await prints('index', one, more, '--out', both, '--json');
    expect(JSON.parse(longer.out)).toMatchObject({ prints: 4, enrolled: 2, unreadable: [] });
    expect(JSON.parse(longer.out).indexBytesAPrint).toBeLessThanOrEqual(1024);
    const search = async (gallery: string) => {
      const ran = await prints('identify', file('a_1.png'), '--gallery', gallery, '--top', '2', '--json');
      expect(ran.code).toBe(0);
      return JSON.parse(ran.out);
    };
    const found = await search(both);
    expect(found).toMatchObject({ gallery: 4, candidates: [{ rank: 1, id: 'a_2.png' }, { rank: 2 }] });
    const all = newFolder();
    for (const [from, name] of [
      [folder, 'a_2.png'],
      [folder, 'b_2.png'],
      [more, 'c_1.png'],
      [more, 'd_1.png'],
    ])
      writeFileSync(join(all, name!), readFileSync(join(from!, name!)));
    expect((await search(all)).candidates).toEqual(found.candidates);
  });

  it('refuses two prints of one name unless the later is to stand', async () => {
    const shard = join(newFolder(), 'a.shard');
    const other = newFolder();
    writeFileSync(join(other, 'a_1.png'), readFileSync(file('b_1.png')));
    expect((await prints('index', file('a_1.png'), '--out', shard)).code).toBe(0);
    const refused = await prints('index', shard, other, '--out', shard);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('a_1.png') });
    expect((await prints('index', shard, other, '--out', shard, '--replace')).code).toBe(0);
    const found = await prints('identify', file('b_1.png'), '--gallery', shard, '--json');
    const itself = await prints('compare', file('b_1.png'), file('b_1.png'), '--json');
    expect(JSON.parse(found.out).candidates[0].score).toBe(JSON.parse(itself.out).score);
  });

  it('leaves out names that are to go', async () => {
    const shard = join(newFolder(), 'a.shard');
    const list = file('gone.txt');
    writeFileSync(list, 'a_1.png\n');
    await prints('index', file('a_1.png'), file('b_1.png'), '--out', shard, '--without', list);
    const found = await prints('identify', file('a_1.png'), '--gallery', shard, '--json');
    expect(JSON.parse(found.out).candidates.map((c: { id: string }) => c.id)).toEqual(['b_1.png']);
  });
});

describe('prints convert', () => {
  it.each(['png', 'tif', 'bmp', 'jp2', 'raw'])('to %s and back loses nothing', async (ending) => {
    const to = file(`converted.${ending}`);
    expect((await prints('convert', file('a_1.png'), to)).code).toBe(0);
    const original = await read(file('a_1.png'));
    if (ending === 'raw') expect(new Uint8Array(readFileSync(to))).toEqual(original.data);
    else {
      const back = await read(to);
      expect(back.ppi).toBe(original.ppi);
      expect(back.data).toEqual(original.data);
    }
  });

  it.each(['wsq', 'an2', 'jpg'])('to %s keeps the picture as near as the format can', async (ending) => {
    const to = file(`converted.${ending}`);
    expect((await prints('convert', file('a_1.png'), to)).code).toBe(0);
    const [original, back] = [await read(file('a_1.png')), await read(to)];
    expect(back).toMatchObject({ width: original.width, height: original.height, ppi: 500 });
    expect(meanDifference(original, back)).toBeLessThan(12);
    const same = await prints('compare', file('a_1.png'), to, '--json');
    expect(JSON.parse(same.out).score).toBeGreaterThan(JSON.parse(same.out).thresholds.fmr10000);
  });

  it('writes minutiae into an ANSI/NIST file, beside the picture or alone, and reads them where they are alone', async () => {
    const [both, tpl, alone] = [file('both.an2'), file('alone.tpl'), file('alone.an2')];
    expect((await prints('convert', file('a_1.png'), both, '--minutiae')).code).toBe(0);
    const types = readAnsiNist(new Uint8Array(readFileSync(both))).records.map(({ type }) => type);
    expect(types).toEqual([1, 2, 14, 9]);
    expect((await prints('convert', file('a_1.png'), tpl)).code).toBe(0);
    expect((await prints('convert', tpl, alone)).code).toBe(0);
    const same = await prints('compare', file('a_1.png'), alone, '--json');
    expect(JSON.parse(same.out).score).toBeGreaterThan(JSON.parse(same.out).thresholds.fmr10000);
  });

  it('writes templates, which then stand for the picture', async () => {
    const [ours, iso] = [file('t.tpl'), file('t.fmr')];
    expect((await prints('convert', file('a_1.png'), ours)).code).toBe(0);
    expect((await prints('convert', ours, iso)).code).toBe(0);
    const template = extract(await read(file('a_1.png')));
    expect(fromIso19794(new Uint8Array(readFileSync(iso))).minutiae).toHaveLength(template.minutiae.length);
    const score = async (a: string) =>
      JSON.parse((await prints('compare', a, file('a_2.png'), '--json')).out).score;
    expect(await score(ours)).toBe(await score(file('a_1.png')));
    expect((await prints('convert', ours, file('t.png'))).code).toBe(1);
  });

  it('names the endings it writes', async () => {
    const ran = await prints('convert', file('a_1.png'), file('x.gif'));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('png, tif') });
  });
});

describe('prints quality and extract', () => {
  it('judges what can be read and names what cannot', async () => {
    const ran = await prints('quality', file('a_1.png'), file('gone.wsq'), '--json');
    expect(ran.code).toBe(1);
    const [good, gone] = JSON.parse(ran.out);
    expect(good.quality).toBeGreaterThan(20);
    expect(gone).toMatchObject({ quality: null, error: { code: 'ENOENT' } });
  });

  it('writes the picture of every step', async () => {
    const trace = join(folder, 'trace');
    const ran = await prints('extract', file('a_1.png'), '--trace', trace, '--json');
    expect(JSON.parse(ran.out).minutiae.length).toBeGreaterThan(10);
    const names = readdirSync(trace).filter((name) => name.endsWith('.png'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect((await read(join(trace, name))).width).toBe(300);
  });

  it('says which file cannot be read', async () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(file('bad.wsq'), 'no print');
    const ran = await prints('extract', file('bad.wsq'));
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/PRINT-FORMAT-UNKNOWN: .*bad\.wsq/) });
  });
});
