import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { type Config, loadConfig } from '../config.ts';
import { BenchlinkError } from '../errors.ts';
import { findByAnyNumber, Store, type WarrantRow } from '../store/index.ts';

export interface Common {
  readonly config?: string;
  readonly json?: boolean;
}

/** The options every command of an installation has. */
export function withCommon(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: benchlink.json here)')
    .option('--json', 'answer as JSON');
}

/** Whose name stands beside a decision unless another is given: the account's. */
export function me(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's list, as containers have.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

export function storeOf(config: Config): Promise<Store> {
  return Store.open({ database: config.database!, blobs: join(config.data, 'blobs'), clock: systemClock });
}

/** Opens the store of a configuration for one command and closes it whatever happens. */
export async function withStore<T>(
  options: Common,
  work: (store: Store, config: Config) => Promise<T>,
): Promise<T> {
  const config = loadConfig(options.config);
  const store = await storeOf(config);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}

/** One warrant by our id, its number, its OCA or its FCN. @throws BenchlinkError NOT-FOUND, AMBIGUOUS */
export async function oneWarrant(store: Store, text: string): Promise<WarrantRow> {
  const rows = await findByAnyNumber(store.db, text);
  if (rows.length === 0)
    throw new BenchlinkError('usage', 'NOT-FOUND', `No warrant has the id, number, OCA or FCN ${text}.`);
  if (rows.length > 1) {
    throw new BenchlinkError(
      'usage',
      'AMBIGUOUS',
      `${rows.length} warrants answer to ${text}: ${rows.map((r) => r.id).join(', ')}. Give one of these ids.`,
    );
  }
  return rows[0]!;
}
