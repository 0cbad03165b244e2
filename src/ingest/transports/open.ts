import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { SourceConfig, TransportConfig } from '../../config.ts';
import { present } from '../row-reader.ts';
import { httpsAccount, type ReadSecret, sftpAccount } from './accounts.ts';
import type { CompleteRule } from './complete.ts';
import { type Cursor, FileCursor } from './cursor.ts';
import type { DropDependencies, DropSettings } from './drop.ts';
import { FolderTransport } from './folder.ts';
import { HttpsPull } from './https.ts';
import { BESIDE_BYTES } from './local-files.ts';
import { SftpTransport } from './sftp.ts';
import { SqlPull } from './sql.ts';
import type { Transport } from './transport.ts';

export interface OpenContext {
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** This run; what it claims lies under this name. */
  readonly owner: string;
  readonly isAlive: (owner: string) => boolean;
  /** The text of a secret or certificate file; throws a `usage` error that names it. */
  readonly readSecret: ReadSecret;
  /** Folder of the cursors of pulled sources. */
  readonly cursors: string;
  /** Stands in for the source's own cursor, e.g. where nothing may move. */
  readonly cursor?: Cursor;
}

type Of<Type extends TransportConfig['type']> = Extract<TransportConfig, { type: Type }>;

const LONGEST_LOOK_MS = 1000;

function completeRule({ doneSuffix, trailer, settleMs }: Of<'folder' | 'sftp'>): CompleteRule {
  const seconds = settleMs / 1000;
  if (doneSuffix !== undefined) return { by: 'marker', suffix: doneSuffix };
  return trailer === undefined ? { by: 'age', seconds } : { by: 'trailer', startsWith: trailer, seconds };
}

function dropSettings(transport: Of<'folder' | 'sftp'>, context: OpenContext): DropSettings {
  return {
    pattern: transport.pattern ?? '*',
    complete: completeRule(transport),
    owner: context.owner,
    isAlive: context.isAlive,
    lookMs: Math.min(LONGEST_LOOK_MS, transport.settleMs),
    besideBytes: BESIDE_BYTES,
  };
}

function openSftp(transport: Of<'sftp'>, context: OpenContext, dependencies: DropDependencies): Transport {
  const account = sftpAccount(transport, context.readSecret);
  return new SftpTransport({ ...dropSettings(transport, context), ...account }, dependencies);
}

function openHttps(transport: Of<'https'>, context: OpenContext, cursor: Cursor): Transport {
  const settings = { ...httpsAccount(transport, context.readSecret), changeList: transport.changeList };
  return new HttpsPull(settings, cursor, context.clock);
}

function openSql(transport: Of<'sql'>, context: OpenContext, cursor: Cursor): Transport {
  const { client, connectionFile, views, keyColumn, watermarkColumn, batchRows, timeoutMs } = transport;
  return new SqlPull(
    {
      client,
      connection: context.readSecret(connectionFile, 'connection string').trim(),
      views: present(views),
      keyColumn,
      ...(watermarkColumn ? { watermarkColumn } : {}),
      batchRows,
      timeoutMs,
    },
    cursor,
    context.clock,
  );
}

/** The transport a source is configured with. @throws BenchlinkError usage for what configuration lacks */
export function openTransport(source: SourceConfig, context: OpenContext): Transport {
  const { transport } = source;
  const dependencies = { clock: context.clock, sleep: context.sleep };
  const cursor = context.cursor ?? new FileCursor(join(context.cursors, `${source.name}.cursor`));
  switch (transport.type) {
    case 'folder':
      return new FolderTransport(
        { ...dropSettings(transport, context), folder: transport.path },
        dependencies,
      );
    case 'sftp':
      return openSftp(transport, context, dependencies);
    case 'https':
      return openHttps(transport, context, cursor);
    case 'sql':
      return openSql(transport, context, cursor);
  }
}
