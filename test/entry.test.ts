import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNewEnough, whyNotCarried } from '../scripts/with-node.mjs';

const ROOT = resolve(import.meta.dirname, '..');

describe('the Node version', () => {
  it.each([
    ['18.20.8', false],
    ['20.20.2', false],
    ['22.18.9', false],
    ['22.19.0', true],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s is new enough: %s', (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
  });

  it('is the one package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const asked = engines.node.replace('>=', '');
    expect(isNewEnough(`${asked}.0`)).toBe(true);
    const [major, minor] = asked.split('.').map(Number);
    expect(isNewEnough(`${major}.${minor! - 1}.99`)).toBe(false);
  });

  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'riscv64'],
  ])('that is too old on %s %s ends in one plain sentence', (platform, arch) => {
    expect(whyNotCarried('20.20.2', platform, arch)).toMatch(
      /Node 20\.20\.2 is too old.*>= 22\.19.*nodejs\.org/,
    );
  });

  it('that is too old on Linux is no obstacle', () => {
    expect(whyNotCarried('20.20.2', 'linux', 'x64')).toBeUndefined();
  });
});
