import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../../src/cli.ts';
import { drawImpression, drawMaster, toPng } from '../../../src/synth/prints/index.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function captured(stream: NodeJS.WriteStream): { readonly text: () => string; readonly restore: () => void } {
  const parts: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    parts.push(String(chunk));
    return true;
  });
  return { text: () => parts.join(''), restore: () => spy.mockRestore() };
}

/** Runs `benchlink prints ...` in this process. */
export async function prints(...args: readonly string[]): Promise<Ran> {
  const [out, err] = [captured(process.stdout), captured(process.stderr)];
  try {
    const code = await main(['node', 'benchlink', 'prints', ...args]);
    return { code, out: out.text(), err: err.text() };
  } finally {
    out.restore();
    err.restore();
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'benchlink-prints-'));
}

/** Writes impressions of fingers nobody has as FINGER_IMPRESSION.png. */
export async function drawInto(
  folder: string,
  fingers: readonly string[],
  impressions: number,
): Promise<void> {
  for (const finger of fingers) {
    const master = drawMaster(`command-${finger}`);
    for (let n = 1; n <= impressions; n++) {
      const picture = drawImpression(master, n, { width: 300, height: 320 });
      writeFileSync(join(folder, `${finger}_${n}.png`), await toPng(picture));
    }
  }
}
