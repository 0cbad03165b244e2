import { describe, expect, it } from 'vitest';
import { drawImpression, drawMaster, type ImpressionKind } from '../../../src/synth/prints/index.ts';
import { differing, digest, inkShare } from './support.ts';

const finger = drawMaster('impression-finger');
const KINDS: readonly ImpressionKind[] = ['livescan', 'capacitive', 'inked', 'worn', 'latent'];

describe('an impression of a finger', () => {
  it('is the same from the same finger and seed', () => {
    expect(digest(drawImpression(finger, 'a').data)).toBe(digest(drawImpression(finger, 'a').data));
  });

  it('is the same on every machine', () => {
    expect(digest(drawImpression(drawMaster('golden'), 'golden').data)).toBe('6d3f4df043338552');
  });

  it('is the same from a master that crossed to another thread', () => {
    const crossed = structuredClone(finger);
    expect(digest(drawImpression(crossed, 'a').data)).toBe(digest(drawImpression(finger, 'a').data));
  });

  it('differs from the next impression of the same finger', () => {
    expect(differing(drawImpression(finger, 'a').data, drawImpression(finger, 'b').data, 60)).toBeGreaterThan(
      0.05,
    );
  });

  it.each(KINDS)('as %s fills its frame, leaves background and has ridges', (kind) => {
    const image = drawImpression(finger, 7, { kind });
    expect(image.data).toHaveLength(image.width * image.height);
    expect(image.ppi).toBe(500);
    expect(inkShare(image)).toBeGreaterThan(0.04);
    expect(inkShare(image)).toBeLessThan(0.7);
  });

  it('comes at any resolution, the frame growing with it', () => {
    const image = drawImpression(finger, 1, { ppi: 1000 });
    const usual = drawImpression(finger, 1);
    expect(image.ppi).toBe(1000);
    expect(image.width).toBe(usual.width * 2);
  });

  it('shows less of the finger when partial', () => {
    const whole = inkShare(drawImpression(finger, 3, { quality: 1 }));
    const part = inkShare(drawImpression(finger, 3, { quality: 1, partial: 0.35 }));
    expect(part).toBeLessThan(whole * 0.6);
  });

  it.each([
    { quality: 1.2 },
    { quality: Number.NaN },
    { partial: 0 },
    { ppi: 0 },
    { width: -3 },
    { height: 10.5 },
  ])('is refused for %j, naming the option', (options) => {
    expect(() => drawImpression(finger, 1, options)).toThrow(Object.keys(options)[0]);
  });
});
