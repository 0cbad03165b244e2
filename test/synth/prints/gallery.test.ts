import { describe, expect, it } from 'vitest';
import { createGallery, thumbClass } from '../../../src/synth/prints/index.ts';
import { digest } from './support.ts';

describe("a county's gallery of thumbs", () => {
  it('draws the same print for the same county, person, thumb and occasion, in any order and cache', () => {
    const one = createGallery('county', { keep: 1 });
    const two = createGallery('county', { keep: 8 });
    const first = digest(one.impression('p1', 'right-thumb', 'booking-1').data);
    two.impression('p2', 'left-thumb', 'booking-9');
    one.impression('p2', 'left-thumb', 'booking-9');
    expect(digest(two.impression('p1', 'right-thumb', 'booking-1').data)).toBe(first);
    expect(digest(one.impression('p1', 'right-thumb', 'booking-1').data)).toBe(first);
  });

  it.each([
    ['county', 'p1', 'left-thumb', 'booking-1'],
    ['county', 'p2', 'right-thumb', 'booking-1'],
    ['county', 'p1', 'right-thumb', 'booking-2'],
    ['another', 'p1', 'right-thumb', 'booking-1'],
  ] as const)('draws another for %s, %s, %s, %s', (county, person, thumb, occasion) => {
    const usual = createGallery('county').impression('p1', 'right-thumb', 'booking-1');
    const other = createGallery(county).impression(person, thumb, occasion);
    expect(digest(other.data)).not.toBe(digest(usual.data));
  });

  it('keeps a master between impressions', () => {
    const gallery = createGallery('county', { keep: 2 });
    expect(gallery.master('p1', 'right-thumb')).toBe(gallery.master('p1', 'right-thumb'));
  });

  it("opens loops towards the little finger, and makes a person's thumbs alike more often than chance", () => {
    let loops = 0;
    let ulnar = 0;
    let alike = 0;
    const people = 4000;
    for (let i = 0; i < people; i++) {
      const right = thumbClass(`p${i}`, 'right-thumb');
      const left = thumbClass(`p${i}`, 'left-thumb');
      if (right === 'right-loop' || right === 'left-loop') loops++;
      if (right === 'right-loop') ulnar++;
      const mirrored = left === 'left-loop' ? 'right-loop' : left === 'right-loop' ? 'left-loop' : left;
      if (mirrored === right) alike++;
    }
    expect(ulnar / loops).toBeGreaterThan(0.95);
    expect(loops / people).toBeCloseTo(0.56, 1);
    expect(alike / people).toBeGreaterThan(0.6);
  });
});
