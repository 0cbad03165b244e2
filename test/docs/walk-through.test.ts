import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../cli/support/cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/intake.md'), 'utf8');

interface Block {
  readonly kind: string;
  /** Where the text is written, for a file. */
  readonly file: string | undefined;
  readonly text: string;
}

const WALK = PAGE.slice(PAGE.indexOf('## A walk through'));
const BLOCKS: readonly Block[] = [...WALK.matchAll(/```(\w*)(?: (\S+))?\n([\s\S]*?)```/g)].map(
  ([, kind = '', file, text = '']) => ({ kind, file, text }),
);

/** Words of a command line; quotes keep blanks together. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

interface Ports {
  readonly url: string;
  readonly adminUrl: string;
}

/** The very command of the page, on free ports. */
function startIntake(folder: string): Promise<{ child: ChildProcess; ports: Ports }> {
  const line = BLOCKS[0]!.text.trim().replace('8443', '0').replace('8444', '0');
  const args = [join(ROOT, 'bin/benchlink.mjs'), ...words(line).slice(1), '--json'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, failed) => {
    let said = '';
    child.once('exit', (code) => failed(new Error(`the intake ended with ${code}: ${said}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('}')) done({ child, ports: JSON.parse(said) as Ports });
    });
  });
}

async function curl(line: string, ports: Ports): Promise<string> {
  const [, , address = '', , body = ''] = words(line);
  const url = `${ports.adminUrl}${address.slice(address.indexOf('/'))}`;
  const response = await fetch(url, { method: 'POST', body });
  expect(response.status, line).toBe(200);
  return response.text();
}

describe('The walk through the sandbox in docs/intake.md', () => {
  const home = process.cwd();
  let folder: string;
  let child: ChildProcess;
  let ports: Ports;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'benchlink-walk-'));
    ({ child, ports } = await startIntake(folder));
    process.chdir(folder);
  }, 60_000);
  afterAll(async () => {
    process.chdir(home);
    child.removeAllListeners('exit');
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs one line as a reader would and gives back what it said. */
  async function step(line: string): Promise<string> {
    if (line.startsWith('curl ')) return curl(line, ports);
    const [command = '', exit = '0'] = line.split(/ # exit /);
    const told = await cli(...words(command).slice(1));
    expect({
      line,
      exit: told.exit,
      stderr: told.exit === Number(exit) ? '' : told.stderr + told.stdout,
    }).toEqual({
      line,
      exit: Number(exit),
      stderr: '',
    });
    return told.stdout;
  }

  it('does what the page says, step by step', async () => {
    let said = '';
    for (const block of BLOCKS.slice(1)) {
      if (block.file) {
        mkdirSync(dirname(join(folder, block.file)), { recursive: true });
        writeFileSync(join(folder, block.file), block.text.replace('https://localhost:8443', ports.url));
      } else if (block.kind === 'sh') {
        for (const line of block.text.trim().split('\n')) said = await step(line);
      } else {
        for (const line of block.text.trim().split('\n')) expect(said).toContain(line);
      }
    }
  }, 180_000);
});
