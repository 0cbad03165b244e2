import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Template } from '../../../../src/match/print/index.ts';
import { aboveChance } from '../../../../src/match/print/search/chance.ts';
import { ENTRY_BYTES, keepMinutiae, writeEntry } from '../../../../src/match/print/search/entry.ts';
import { compileScan } from '../../../../src/match/print/search/kernel/build.ts';
import { ScanKernel } from '../../../../src/match/print/search/kernel/kernel.ts';
import { SCAN_MODULE } from '../../../../src/match/print/search/kernel/module.ts';
import { ENTRY, VERIFY } from '../../../../src/match/print/search/parameters.ts';
import { bestPlain, scanPlain, verifyPlain } from '../../../../src/match/print/search/plain.ts';
import { makeProbe } from '../../../../src/match/print/search/probe.ts';
import { drawFingers } from './prints.ts';

const fingers = drawFingers(30);

function entriesOf(templates: readonly Template[]): Uint8Array {
  const entries = new Uint8Array(templates.length * ENTRY_BYTES);
  for (const [i, template] of templates.entries()) writeEntry(template, entries, i * ENTRY_BYTES);
  return entries;
}

function expectAgreement(probe: Template, entries: Uint8Array): void {
  const count = entries.length / ENTRY_BYTES;
  const bare = makeProbe(probe);
  const kernel = new ScanKernel();
  kernel.load(bare);
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  const best = kernel.best(entries, all);
  for (const i of all) {
    const row = best.subarray(i * ENTRY.minutiae, (i + 1) * ENTRY.minutiae);
    expect(row).toEqual(bestPlain(entries, i * ENTRY_BYTES, bare));
  }
  const prepared = aboveChance(bare, best, count);
  kernel.load(prepared);
  expect(kernel.scan(entries, count)).toEqual(scanPlain(entries, count, prepared));
  for (const look of [VERIFY.first, VERIFY.again]) {
    const plain = Int32Array.from(all, (i) => verifyPlain(entries, i * ENTRY_BYTES, prepared, look));
    expect(kernel.verify(entries, all, look)).toEqual(plain);
  }
}

const template = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 1000 }),
      y: fc.integer({ min: 0, max: 1000 }),
      direction: fc.integer({ min: 0, max: 255 }).map((units) => (units * 2 * Math.PI) / 256),
      type: fc.constantFrom('ending' as const, 'bifurcation' as const),
      reliability: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 70 },
  )
  .map((minutiae): Template => ({ version: 1, width: 1000, height: 1000, quality: 50, minutiae }));

describe('The SIMD kernel and its plain twin', () => {
  it('give the same integers for drawn prints', () => {
    const entries = entriesOf(fingers.map((finger) => finger.enrolled));
    for (const { later } of fingers.slice(0, 8)) expectAgreement(later, entries);
  });

  it('give the same integers for any minutiae, none at all and more than are kept included', () => {
    fc.assert(
      fc.property(template, fc.array(template, { minLength: 1, maxLength: 4 }), (probe, enrolled) => {
        expectAgreement(probe, entriesOf(enrolled));
      }),
      { numRuns: 40 },
    );
  });

  it('the committed module is what the source compiles to', async () => {
    expect(Buffer.from(await compileScan()).toString('base64')).toBe(SCAN_MODULE);
  }, 60_000);
});

describe('An index entry', () => {
  it('takes less than a kilobyte', () => {
    expect(ENTRY_BYTES).toBeLessThanOrEqual(1024);
  });

  it('keeps the most reliable minutiae', () => {
    const minutiae = Array.from({ length: 100 }, (_, i) => ({
      x: i * 5,
      y: (i * 37) % 300,
      direction: 0,
      type: 'ending' as const,
      reliability: i,
    }));
    const kept = keepMinutiae({ version: 1, width: 500, height: 300, quality: 50, minutiae });
    expect(kept.count).toBe(ENTRY.minutiae);
    expect(Math.min(...kept.x)).toBeGreaterThan(-20);
  });

  it('is the same for the same template', () => {
    const { enrolled } = fingers[0]!;
    expect(entriesOf([enrolled])).toEqual(entriesOf([enrolled]));
  });

  it('does not change when the print is moved', () => {
    const { enrolled } = fingers[1]!;
    const { ridges: _, ...bare } = enrolled;
    const minutiae = enrolled.minutiae.map((m) => ({ ...m, x: m.x + 40, y: m.y + 7 }));
    expect(entriesOf([{ ...bare, minutiae }])).toEqual(entriesOf([bare]));
  });
});
