import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../cli/support/cli.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** Names under `Commands:` of a help text. */
function commandsOf(help: string): string[] {
  const [, list = ''] = help.split(/^Commands:\n/m);
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)]
    .map((match) => match[1]!)
    .filter((name) => name !== 'help');
}

const COMMANDS = commandsOf((await cli('--help')).stdout);

describe('Every command', () => {
  it('is found by its help', () => {
    expect(COMMANDS).toEqual(
      expect.arrayContaining(['demo', 'run', 'parse', 'status', 'reprocess', 'schedule']),
    );
  });

  it.each(COMMANDS)('%s stands in the README', (name) => {
    expect(README).toMatch(new RegExp(`\`${name}[ \`]`));
  });

  it.each(COMMANDS)('%s, and each below it, has a help with an example', async (name) => {
    const help = await cli(name, '--help');
    expect(help.exit).toBe(0);
    const below = commandsOf(help.stdout);
    if (below.length === 0) expect(help.stdout).toMatch(/Examples?:/);
    for (const sub of below) {
      const { exit, stdout } = await cli(name, sub, '--help');
      expect(exit).toBe(0);
      expect(stdout, `${name} ${sub}`).toMatch(/Examples?:/);
    }
  });

  it('that is misspelt is a usage error', async () => {
    const { exit, stderr } = await cli('stauts');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/status/);
  });
});
