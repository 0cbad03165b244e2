import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, type Template } from '../../../../src/match/print/index.ts';
import {
  buildShard,
  loadShard,
  mergeShards,
  openSearchPool,
  type Shard,
  saveShard,
  searchShard,
  templateAt,
} from '../../../../src/match/print/search/index.ts';
import { highest, propose } from '../../../../src/match/print/search/search.ts';
import type { RidgeMap } from '../../../../src/match/print/types.ts';
import { codeOf } from '../print-error.ts';
import { drawFingers } from './prints.ts';

const COUNT = 200;
const fingers = drawFingers(COUNT, 'gallery');
const folder = mkdtempSync(join(tmpdir(), 'benchlink-shards-'));
let shard: Shard;

function name(i: number): string {
  return `print-${String(i).padStart(4, '0')}`;
}

function enrol(from: number, to: number): Shard {
  return buildShard(
    fingers.slice(from, to).map(({ enrolled }, i) => ({ id: name(from + i), template: enrolled })),
  );
}

function turnedMap({ columns, rows, orientation, period, step }: RidgeMap): RidgeMap {
  const from = (k: number): number => (k % rows) * columns + columns - 1 - Math.floor(k / rows);
  const turned = (o: number): number => (o === 255 ? 255 : Math.round(o + 127.5) % 255);
  return {
    step,
    columns: rows,
    rows: columns,
    orientation: orientation.map((_, k) => turned(orientation[from(k)]!)),
    period: period.map((_, k) => period[from(k)]!),
  };
}

/** The template of the same print laid down a quarter turn anticlockwise. */
function quarterTurned(template: Template): Template {
  const ridges = template.ridges!;
  const minutiae = template.minutiae.map((m) => ({
    ...m,
    x: m.y,
    y: ridges.columns * ridges.step - m.x,
    direction: (m.direction + Math.PI / 2) % (2 * Math.PI),
  }));
  const [width, height] = [template.height, template.width];
  return { ...template, width, height, minutiae, ridges: turnedMap(ridges) };
}

beforeAll(() => {
  shard = enrol(0, COUNT);
});

describe('Searching a shard', () => {
  it('puts the same finger first', () => {
    const found = fingers
      .slice(0, 25)
      .map(({ later }) => searchShard(shard, later, { top: 3, exact: 20 })[0]?.id);
    expect(found.filter((id, i) => id === name(i)).length).toBeGreaterThanOrEqual(24);
  });

  it('hands the true print to the exact comparison among the best 2 % of the gallery', () => {
    const handed = fingers.slice(0, 100).filter(({ later }, i) => propose(shard, later, 4).includes(i));
    expect(handed.length).toBeGreaterThanOrEqual(98);
  });

  it('gives the exact scores, best first, no more than asked', () => {
    const { later } = fingers[7]!;
    const found = searchShard(shard, later, { top: 5, exact: 30 });
    expect(found).toHaveLength(5);
    expect(found[0]!.id).toBe(name(7));
    expect(found[0]!.score).toBe(compare(later, fingers[7]!.enrolled).score);
    expect(found.map(({ score }) => score)).toEqual(
      found.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('finds a print that lies at any angle to the probe, when asked to', () => {
    const turns = [quarterTurned, (t: Template) => quarterTurned(quarterTurned(t))];
    const sideways = fingers.slice(0, 20).map(({ later }, i) => ({ i, probe: turns[i % 2]!(later) }));
    const first = (options: { anyAngle: boolean }): number =>
      sideways.filter(
        ({ i, probe }) => searchShard(shard, probe, { top: 1, exact: 10, ...options })[0]?.id === name(i),
      ).length;
    expect(first({ anyAngle: true })).toBeGreaterThanOrEqual(19);
    expect(first({ anyAngle: false })).toBeLessThan(10);
  });

  it('leaves out candidates below a score', () => {
    const { later } = fingers[3]!;
    const [best] = searchShard(shard, later, { top: 1 });
    const found = searchShard(shard, later, { top: 50, exact: 50, least: best!.score });
    expect(found.map(({ id }) => id)).toEqual([best!.id]);
  });

  it('finds nothing in an empty shard, and anything with a print that has no minutiae', () => {
    expect(searchShard(buildShard([]), fingers[0]!.later, { top: 5 })).toEqual([]);
    const blank = { version: 0, width: 300, height: 300, quality: 0, minutiae: [] };
    expect(searchShard(shard, blank, { top: 2, exact: 10 })).toHaveLength(2);
  });
});

describe('A shard file', () => {
  const path = join(folder, 'whole.shard');

  it('gives back ids, templates and search results', () => {
    saveShard(shard, path);
    const loaded = loadShard(path);
    expect(loaded.count).toBe(COUNT);
    expect(loaded.id(13)).toBe(name(13));
    expect(templateAt(loaded, 13)).toEqual(templateAt(shard, 13));
    const options = { top: 10, exact: 20 };
    expect(searchShard(loaded, fingers[2]!.later, options)).toEqual(
      searchShard(shard, fingers[2]!.later, options),
    );
    loaded.close();
  });

  it('is the same byte for byte each time', () => {
    const again = join(folder, 'again.shard');
    saveShard(enrol(0, COUNT), again);
    expect(readFileSync(again).equals(readFileSync(path))).toBe(true);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['with one bit turned', (bytes: Buffer) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1)],
    ['with another index version', (bytes: Buffer) => bytes.with(8, 99)],
    ['that is something else', () => Buffer.from('id,name\n'.repeat(100))],
    ['empty', () => Buffer.alloc(0)],
  ])('%s is refused', (_, damage) => {
    const damaged = join(folder, 'damaged.shard');
    writeFileSync(damaged, damage(readFileSync(path)));
    expect(codeOf(() => loadShard(damaged))).toBe('PRINT-INDEX');
  });

  it('of no prints can be kept', () => {
    const empty = join(folder, 'empty.shard');
    saveShard(buildShard([]), empty);
    expect(loadShard(empty).count).toBe(0);
  });
});

describe('Merging', () => {
  it('gives the shard that would have been built at once', () => {
    const merged = mergeShards([enrol(0, 90), enrol(90, COUNT)]);
    expect(merged.entries).toEqual(shard.entries);
    expect(merged.id(170)).toBe(shard.id(170));
    expect(merged.templateBytes(199)).toEqual(shard.templateBytes(199));
  });

  it('leaves out purged prints', () => {
    const merged = mergeShards([shard], { without: new Set([name(5)]) });
    expect(merged.count).toBe(COUNT - 1);
    const found = searchShard(merged, fingers[5]!.enrolled, { top: COUNT, exact: COUNT });
    expect(found.map(({ id }) => id)).not.toContain(name(5));
  });

  it('refuses an id that comes twice', () => {
    expect(codeOf(() => mergeShards([enrol(0, 5), enrol(4, 8)]))).toBe('PRINT-INDEX');
  });
});

describe('Choosing the highest', () => {
  it.each([
    [[5, 1, 9, 3], 2, [0, 2]],
    [[4, 4, 4, 4], 2, [0, 1]],
    [[7, 9, 7, 7], 3, [0, 1, 2]],
    [[1, 2], 5, [0, 1]],
    [[], 3, []],
  ])('of %j, %i are at %j', (scores, wanted, places) => {
    expect([...highest(scores, wanted)]).toEqual(places);
  });
});

describe('A pool of threads over shard files', () => {
  const paths = [0, 1, 2].map((part) => join(folder, `part-${part}.shard`));

  beforeAll(() => {
    for (const [part, path] of paths.entries()) {
      saveShard(enrol(Math.floor((part * COUNT) / 3), Math.floor(((part + 1) * COUNT) / 3)), path);
    }
  });

  it('finds what one thread finds', async () => {
    const pool = await openSearchPool(paths, 2);
    expect(pool.count).toBe(COUNT);
    const probes = fingers.slice(0, 4).map(({ later }) => later);
    const found = await Promise.all(probes.map((probe) => pool.search(probe, { top: 3, exact: COUNT })));
    await pool.close();
    expect(found).toEqual(probes.map((probe) => searchShard(shard, probe, { top: 3, exact: COUNT })));
  }, 60_000);

  it('says when a shard cannot be read', async () => {
    const bad = join(folder, 'bad.shard');
    writeFileSync(bad, 'nothing');
    await expect(openSearchPool([paths[0]!, bad], 2)).rejects.toMatchObject({ code: 'PRINT-INDEX' });
  });

  it('refuses searches once closed', async () => {
    const pool = await openSearchPool(paths.slice(0, 1), 1);
    await pool.close();
    await expect(pool.search(fingers[0]!.later, { top: 1 })).rejects.toMatchObject({ code: 'PRINT-INDEX' });
  });
});

afterAll(() => shard.close());
