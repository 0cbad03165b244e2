import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawInto, newFolder, prints } from './command.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

describe.skipIf(!CHROMIUM)("the examiner's page in a browser (skipped where there is no Chromium)", () => {
  const folder = newFolder();
  const file = (name: string): string => join(folder, name);
  let browser: Browser | undefined;
  const errors: string[] = [];

  async function open(html: string): Promise<Page> {
    const page = await browser!.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('requestfailed', (request) => errors.push(request.url().slice(0, 80)));
    await page.goto(pathToFileURL(html).href);
    return page;
  }

  beforeAll(async () => {
    await drawInto(folder, ['a', 'b'], 2);
    await prints('compare', file('a_1.png'), file('a_2.png'), '--html', file('same.html'));
    await prints('compare', file('a_1.png'), file('b_1.png'), '--html', file('other.html'));
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: SWITCHES });
  });
  afterAll(() => browser?.close());

  it('shows two prints of one finger with every matched pair in both, the figures and the reason', async () => {
    const page = await open(file('same.html'));
    expect(await page.locator('.verdict .title').innerText()).toContain('same finger');
    expect(await page.locator('.verdict').innerText()).toMatch(/minutiae \(of \d+ and \d+\) agree/);
    const facts = await page.locator('.facts').innerText();
    for (const name of ['Score', 'False match rate', 'Likelihood ratio', 'Quality of a_1.png'])
      expect(facts).toContain(name);
    const pairs = Number(
      await page.locator('.facts div:has(dt:text-is("Matched minutiae")) dd').first().innerText(),
    );
    expect(pairs).toBeGreaterThan(5);
    expect(await page.locator('.prints figure:nth-child(1) .pair').count()).toBe(pairs);
    expect(await page.locator('.prints figure:nth-child(2) .pair').count()).toBe(pairs);
    expect(await page.locator('table.pairs tbody tr').count()).toBe(pairs);
    const loaded = await page
      .locator('.steps img')
      .evaluateAll((images) =>
        images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      );
    expect(loaded.length).toBeGreaterThan(8);
    expect(Math.min(...loaded)).toBeGreaterThan(0);
  });

  it('switches to the enhanced view, hides marks, and lights up a pair in both prints', async () => {
    const page = await open(file('same.html'));
    const enhanced = page.locator('.prints .enhanced').first();
    expect(await enhanced.isVisible()).toBe(false);
    await page.getByLabel('enhanced', { exact: true }).check();
    expect(await enhanced.isVisible()).toBe(true);
    await page.locator('.prints figure:nth-child(1) [data-pair="1"] text').hover();
    expect(await page.locator('.prints .pair.lit').count()).toBe(2);
    await page.getByLabel('unmatched minutiae').uncheck();
    expect(await page.locator('.prints .unmatched').first().isVisible()).toBe(false);
    await page.getByLabel('without marks').check();
    expect(await page.locator('.prints .pair').first().isVisible()).toBe(false);
  });

  it('says of two fingers that nothing supports their being one, and fits a narrow window', async () => {
    const page = await open(file('other.html'));
    expect(await page.locator('.verdict .title').innerText()).toContain('No support');
    await page.setViewportSize({ width: 420, height: 800 });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(420);
    expect(errors).toEqual([]);
  });
});
