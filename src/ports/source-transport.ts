import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { SourceConfig } from '../config.ts';
import { BenchlinkError } from '../errors.ts';
import { openTransport } from '../ingest/transports/open.ts';
import type { Transport } from '../ingest/transports/transport.ts';

export interface SourceContext {
  readonly clock: Clock;
  /** Folder of the installation; cursors of pulled sources lie in it. */
  readonly data: string;
  /** This run; what it claims lies under this name. */
  readonly owner: string;
  readonly isAlive: (owner: string) => boolean;
}

/** The transport a source is configured with. */
export function sourceTransport(source: SourceConfig, context: SourceContext): Transport {
  const { clock, owner, isAlive, data } = context;
  return openTransport(source, {
    clock,
    owner,
    isAlive,
    sleep: (ms) => sleep(ms),
    readSecret,
    cursors: join(data, 'cursors'),
  });
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
