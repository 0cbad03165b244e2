import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEED_FORMATS } from '../../../src/ingest/bookings/index.ts';
import { COURT_FORMATS } from '../../../src/ingest/courts/index.ts';

const FIXTURES = new URL('../../../fixtures/', import.meta.url).pathname;

function goldens(folder: string): string[] {
  const path = `${FIXTURES}${folder}`;
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.expected.json')) : [];
}

test.each(COURT_FORMATS.map((format) => format.name))('court format %s has a golden example', (name) => {
  expect(goldens(`courts/${name}`)).not.toEqual([]);
});

const feeds = Object.values(FEED_FORMATS)
  .flat()
  .filter((format) => !format.holdsPrints);

test.each(feeds.map((format) => [format.name, format.feed] as const))(
  'feed format %s has a golden example',
  (name, feed) => {
    expect(goldens(`${feed === 'prior-record' ? 'records' : 'bookings'}/${name}`)).not.toEqual([]);
  },
);

test('no two formats share a name', () => {
  const names = [...COURT_FORMATS, ...Object.values(FEED_FORMATS).flat()].map((format) => format.name);
  expect(new Set(names).size).toBe(names.length);
});
