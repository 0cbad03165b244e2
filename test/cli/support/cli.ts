import { vi } from 'vitest';
import { main } from '../../../src/cli.ts';

/** What a command came to: its exit code and all that it wrote. */
export interface Told {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command in this process, as `bin/benchlink.mjs` would. */
export async function cli(...args: readonly string[]): Promise<Told> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      return true;
    }),
  );
  try {
    const exit = await main(['node', 'benchlink', ...args]);
    return { exit, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
