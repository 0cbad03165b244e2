import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../../src/demo/folder.ts';
import { temporaryFolder } from '../support/store.ts';

describe("The demo's folder", () => {
  it('is made where there is none, and where there is an empty one', () => {
    const folder = join(temporaryFolder(), 'deep', 'demo');
    freshFolder(folder);
    expect(existsSync(folder)).toBe(true);
    const empty = temporaryFolder();
    freshFolder(empty);
    expect(readdirSync(empty)).toHaveLength(1);
  });

  it('replaces an earlier demo, also one that was broken off', () => {
    const folder = temporaryFolder();
    freshFolder(folder);
    mkdirSync(join(folder, 'county'));
    writeFileSync(join(folder, 'county', 'half'), 'x');
    freshFolder(folder);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('never touches what no demo made', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    expect(() => freshFolder(folder)).toThrow(expect.objectContaining({ code: 'DEMO-FOLDER' }));
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});
