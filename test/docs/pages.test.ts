import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

const PAGES = [
  'README.md',
  ...readdirSync(resolve(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the pages', () => {
  it.each(PAGES)('%s links only to files that are there', (page) => {
    const targets = [...text(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    expect(targets.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)))).toEqual([]);
  });

  it('all that the code names are there', () => {
    const sources = readdirSync(resolve(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const named = sources
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => text(`src/${name}`).match(/docs\/[a-z0-9/-]+\.md/g) ?? []);
    expect([...new Set(named)].filter((page) => !existsSync(resolve(ROOT, page)))).toEqual([]);
  });
});
