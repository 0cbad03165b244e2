import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { SourceConfig, TransportConfig } from '../../config.ts';
import { type Cursor, FileCursor } from './cursor.ts';
import type { DropDependencies, DropSettings } from './drop.ts';
import { FolderTransport } from './folder.ts';
import { HttpsPull, type HttpsSettings } from './https.ts';
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
  readonly readSecret: (file: string, what: string) => string;
  /** Folder of the cursors of pulled sources. */
  readonly cursors: string;
  /** Stands in for the source's own cursor, e.g. where nothing may move. */
  readonly cursor?: Cursor;
}

type Of<Type extends TransportConfig['type']> = Extract<TransportConfig, { type: Type }>;

const LONGEST_LOOK_MS = 1000;
const SQL_BATCH_ROWS = 500;
const SQL_TIMEOUT_MS = 15_000;
const SFTP_TIMEOUT_MS = 20_000;

function dropSettings(
  transport: { settleMs: number; pattern?: string | undefined; doneSuffix?: string | undefined },
  context: OpenContext,
): DropSettings {
  return {
    pattern: transport.pattern ?? '*',
    complete: transport.doneSuffix
      ? { by: 'marker', suffix: transport.doneSuffix }
      : { by: 'age', seconds: transport.settleMs / 1000 },
    owner: context.owner,
    isAlive: context.isAlive,
    lookMs: Math.min(LONGEST_LOOK_MS, transport.settleMs),
    besideBytes: BESIDE_BYTES,
  };
}

function openSftp(transport: Of<'sftp'>, context: OpenContext, dependencies: DropDependencies): Transport {
  const { host, port, username, hostKeySha256, folder, keyFile, passphraseFile } = transport;
  const passphrase = passphraseFile ? context.readSecret(passphraseFile, 'key passphrase').trim() : undefined;
  return new SftpTransport(
    {
      ...dropSettings(transport, context),
      host,
      port,
      username,
      hostKeySha256,
      folder,
      privateKey: context.readSecret(keyFile, 'private key'),
      ...(passphrase ? { passphrase } : {}),
      timeoutMs: SFTP_TIMEOUT_MS,
    },
    dependencies,
  );
}

function openHttps(transport: Of<'https'>, context: OpenContext, cursor: Cursor): Transport {
  const { url, changeList, timeoutMs, caFile, certFile, keyFile, oauth } = transport;
  const settings: HttpsSettings = {
    url,
    changeList,
    timeoutMs,
    ...(caFile ? { ca: context.readSecret(caFile, 'authority') } : {}),
    ...(certFile ? { cert: context.readSecret(certFile, 'client certificate') } : {}),
    ...(keyFile ? { key: context.readSecret(keyFile, 'client key') } : {}),
    ...(oauth
      ? {
          oauth: {
            tokenUrl: oauth.tokenUrl,
            clientId: oauth.clientId,
            secret: context.readSecret(oauth.secretFile, 'client secret').trim(),
            ...(oauth.scope ? { scope: oauth.scope } : {}),
          },
        }
      : {}),
  };
  return new HttpsPull(settings, cursor, context.clock);
}

function openSql(
  transport: Of<'sql'>,
  keyColumn: string | undefined,
  context: OpenContext,
  cursor: Cursor,
): Transport {
  return new SqlPull(
    {
      client: transport.client,
      connection: context.readSecret(transport.connectionFile, 'connection string').trim(),
      views: transport.views ?? { warrants: 'warrants' },
      keyColumn: keyColumn ?? 'warrant_number',
      ...(transport.watermarkColumn ? { watermarkColumn: transport.watermarkColumn } : {}),
      batchRows: SQL_BATCH_ROWS,
      timeoutMs: SQL_TIMEOUT_MS,
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
      return openSql(transport, source.options.keyColumn, context, cursor);
  }
}
