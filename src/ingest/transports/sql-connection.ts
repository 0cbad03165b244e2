import { createRequire } from 'node:module';
import knex, { type Knex } from 'knex';
import { BenchlinkError } from '../../errors.ts';

export type SqlClient = 'pg' | 'mysql2' | 'mssql' | 'sqlite';

/** The driver each client needs, by package. */
const DRIVERS: Readonly<Record<SqlClient, string>> = {
  pg: 'pg',
  mysql2: 'mysql2',
  mssql: 'tedious',
  sqlite: 'better-sqlite3',
};

const require = createRequire(import.meta.url);

function assertDriver(client: SqlClient): void {
  const name = DRIVERS[client];
  try {
    require.resolve(name);
  } catch (error) {
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `A ${client} source needs the package "${name}"; install it with: npm install ${name}`,
      {},
      { cause: error },
    );
  }
}

/** Values as the database writes them: nothing becomes a float or shifts by a time zone on the way. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

function connectionOf(client: SqlClient, connection: string): string | Knex.StaticConnectionConfig {
  if (client === 'pg') return { connectionString: connection, types: AS_TEXT } as Knex.PgConnectionConfig;
  if (client === 'sqlite') {
    const options = { readonly: true, fileMustExist: true };
    return { filename: connection.replace(/^sqlite:/, ''), options } as Knex.Sqlite3ConnectionConfig;
  }
  if (client === 'mysql2') {
    const url = new URL(connection);
    return {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
    };
  }
  return connection;
}

const nothing = (): void => undefined;
/** Faults are told in our words; knex would print the driver's own, with the account's name in them. */
const SILENT = { warn: nothing, error: nothing, deprecate: nothing, debug: nothing };

/** Opens a court's database, for reading only. @throws BenchlinkError usage when its driver is not installed */
export function openSource(client: SqlClient, connection: string, timeoutMs: number): Knex {
  assertDriver(client);
  const config: Knex.Config = {
    client: client === 'sqlite' ? 'better-sqlite3' : client,
    connection: connectionOf(client, connection.trim()),
    pool: { min: 0, max: 2 },
    acquireConnectionTimeout: timeoutMs,
    log: SILENT,
    useNullAsDefault: client === 'sqlite',
  };
  return knex(config);
}
