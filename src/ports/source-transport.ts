import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { SourceConfig } from '../config.ts';
import { BenchlinkError } from '../errors.ts';
import { FolderTransport } from '../ingest/transports/folder.ts';
import type { Transport } from '../ingest/transports/transport.ts';

/** Bytes of one print file beside a feed: a tenprint card with slaps is about 700 KB. */
const BESIDE_BYTES = 16 * 1024 ** 2;

export interface SourceContext {
  readonly clock: Clock;
  /** This run; what it claims lies under this name. */
  readonly owner: string;
  readonly isAlive: (owner: string) => boolean;
}

/** The transport a source is configured with. */
export function sourceTransport(source: SourceConfig, context: SourceContext): Transport {
  const { transport } = source;
  if (transport.type !== 'folder') {
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `Source ${source.name}: transport ${transport.type} is not wired yet.`,
    );
  }
  return new FolderTransport(
    {
      folder: transport.path,
      pattern: transport.pattern ?? '*',
      complete: transport.doneSuffix
        ? { by: 'marker', suffix: transport.doneSuffix }
        : { by: 'age', seconds: transport.settleMs / 1000 },
      owner: context.owner,
      isAlive: context.isAlive,
      lookMs: Math.min(1000, transport.settleMs),
      besideBytes: BESIDE_BYTES,
    },
    { clock: context.clock, sleep: (ms) => sleep(ms) },
  );
}

/** A secret or certificate from its file. */
export function readSecret(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `${what}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`,
    );
  }
}
