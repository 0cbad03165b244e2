import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

interface Source {
  /** Path below src, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Files of ours it imports, below src. */
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

function load(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('assembly'))
    .map((name) => {
      const text = readFileSync(join(SRC, name), 'utf8');
      const imports = [...text.matchAll(IMPORT)]
        .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(SRC, resolve(SRC, dirname(name), target)));
      return { path: name, text, imports };
    });
}

const SOURCES = load();
const STAGES = ['ingest', 'match', 'transmit'];
/** What a stage may use beside itself. */
const LEAVES = [
  'domain',
  'store',
  'engine',
  'config.ts',
  'config-destination.ts',
  'config-sources.ts',
  'config-alerts.ts',
  'clock.ts',
  'log.ts',
  'errors.ts',
  'alerts.ts',
];

const top = (path: string) => path.split('/')[0]!;

function offenders(
  of: (source: Source) => boolean,
  bad: (source: Source, target: string) => boolean,
): string[] {
  return SOURCES.filter(of).flatMap((source) =>
    source.imports.filter((target) => bad(source, target)).map((target) => `${source.path} -> ${target}`),
  );
}

describe('the rules between folders', () => {
  it('finds the sources it is to judge', () => {
    expect(SOURCES.length).toBeGreaterThan(50);
    expect(SOURCES.some((source) => source.imports.length > 3)).toBe(true);
  });

  it.each(STAGES)('%s imports no other stage, and beside itself only what stages may share', (stage) => {
    expect(
      offenders(
        (s) => top(s.path) === stage,
        (_s, target) => top(target) !== stage && !LEAVES.includes(top(target)),
      ),
    ).toEqual([]);
  });

  it('domain imports nothing', () => {
    expect(
      offenders(
        (s) => top(s.path) === 'domain',
        (_s, target) => top(target) !== 'domain',
      ),
    ).toEqual([]);
  });

  it('match/print imports nothing outside itself', () => {
    expect(
      offenders(
        (s) => s.path.startsWith('match/print/'),
        (_s, target) => !target.startsWith('match/print/'),
      ),
    ).toEqual([]);
  });

  it('match/link imports nothing outside itself but the errors', () => {
    expect(
      offenders(
        (s) => s.path.startsWith('match/link/'),
        (_s, target) => !target.startsWith('match/link/') && target !== 'errors.ts',
      ),
    ).toEqual([]);
  });

  it('the leaves import no stage and nothing above them', () => {
    expect(
      offenders(
        (s) => LEAVES.includes(top(s.path)),
        (_s, target) => !LEAVES.includes(top(target)),
      ),
    ).toEqual([]);
  });

  it('files import one another in one direction: there is no cycle', () => {
    // Types count too: a circle of types is a circle for whoever reads it.
    const graph = new Map(SOURCES.map((source) => [source.path, source.imports]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      state.set(path, 'open');
      for (const target of graph.get(path) ?? []) if (graph.has(target)) visit(target, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

describe('what comes from outside is passed in', () => {
  /** Edges: where time, chance, the environment and the console may be met. */
  const EDGES = /^(cli\/|cli\.ts|clock\.ts|demo\/|run\.ts|config\.ts)/;

  it.each([
    ['the present time', /\bDate\.now\(\)|\bnew Date\(\)/],
    ['chance', /\bMath\.random\(\)/],
    ['the environment', /\bprocess\.env\b/],
    ['the console', /\bconsole\.\w+\(/],
  ])('%s', (_what, pattern) => {
    expect(SOURCES.filter((s) => !EDGES.test(s.path) && pattern.test(s.text)).map((s) => s.path)).toEqual([]);
  });
});

describe('what is pointed to is there', () => {
  const ROOT = resolve(SRC, '..');
  const pages = (path: string) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\bdocs\/[\w./-]+\.md\b/g)].map((m) => m[0]);

  it('every page of the documentation that a source file or the README names', () => {
    const named = [...SOURCES.map(({ path }) => `src/${path}`), 'README.md'].flatMap(pages);
    expect(named.length).toBeGreaterThan(5);
    expect([...new Set(named)].filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
  });

  it('every page that another page links to', () => {
    const pagesThere = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`);
    const broken = [...pagesThere, 'README.md'].flatMap((page) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map((match) => join(dirname(page), match[1]!))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${page} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('size', () => {
  const lines = SOURCES.map((s) => ({ path: s.path, n: s.text.split('\n').length }));

  it('a file has one job: none is over 350 lines but tables of facts and the initial schema', () => {
    const tables = /^(domain\/codes\/|domain\/reasons\.ts|store\/migrations\/)/;
    expect(lines.filter(({ path, n }) => n > 350 && !tables.test(path))).toEqual([]);
  });

  it('half of all files are under 120 lines', () => {
    const sorted = lines.map(({ n }) => n).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });
});
