import { BenchlinkError, errorText } from '../../errors.ts';
import { codeOf } from './folder-faults.ts';

/** Codes of PostgreSQL (SQLSTATE), SQLite, MySQL and SQL Server drivers. */
const BY_CODE: Readonly<Record<string, string>> = {
  '28P01': 'the password is not accepted; correct the connection file',
  '28000': 'the account is not accepted; correct the connection file or its rights',
  '3D000': 'there is no database of that name',
  '42P01': 'a table or view does not exist; correct the names under views',
  '42703': 'a column does not exist; the views must have the columns of docs/formats.md',
  '42501': 'the account may not read a table or view; ask for SELECT on the views',
  '57P01': 'the database was shut down in the middle; the next run reads on',
  '57P03': 'the database is starting up or shutting down',
  ECONNREFUSED: 'nothing answers on that port; check host and port, and whether the database is up',
  ECONNRESET: 'the connection was cut; the next run reads on',
  ENOTFOUND: 'the host name is not known; correct it',
  ETIMEDOUT: 'the database does not answer; check the firewall',
  SQLITE_CANTOPEN: 'the database file cannot be opened; correct the path or its permissions',
  SQLITE_NOTADB: 'the file is not a SQLite database',
  SQLITE_BUSY: 'the database is locked by another program',
  ER_ACCESS_DENIED_ERROR: 'the account or password is not accepted; correct the connection file',
  ER_BAD_DB_ERROR: 'there is no database of that name',
  ER_DBACCESS_DENIED_ERROR: 'there is no database of that name, or the account may not open it',
  ER_BAD_FIELD_ERROR: 'a column does not exist; the views must have the columns of docs/formats.md',
  ER_NO_SUCH_TABLE: 'a table or view does not exist; correct the names under views',
  ER_TABLEACCESS_DENIED_ERROR: 'the account may not read a table or view; ask for SELECT on the views',
  PROTOCOL_CONNECTION_LOST: 'the connection was cut; the next run reads on',
  ELOGIN: 'the account or password is not accepted; correct the connection file',
  ESOCKET: 'the connection was cut or refused; check host, port and encryption',
};

const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/no such table|no such view/i, 'a table or view does not exist; correct the names under views'],
  [/no such column/i, 'a column does not exist; the views must have the columns of docs/formats.md'],
  [
    /Connection terminated|Connection ended|server closed the connection/i,
    'the connection was cut; the next run reads on',
  ],
  [/Timeout acquiring a connection/i, 'no connection could be made in time; check host, port and account'],
  [
    /unable to open database file|directory does not exist|does not exist/i,
    'the database file cannot be opened; correct the path or its permissions',
  ],
];

/** A database fault in words an operator can act on; the connection string, a secret, is never repeated. */
export function sqlError(client: string, error: unknown): BenchlinkError {
  const code = codeOf(error);
  const text = errorText(error);
  const known = BY_CODE[code] ?? BY_TEXT.find(([pattern]) => pattern.test(text))?.[1];
  const words = known ?? `it reports ${code || 'a fault'} without a known cause`;
  return new BenchlinkError(
    'retry',
    'SRC-CONNECT',
    `Database (${client}): ${words}.`,
    { cause: code },
    { cause: error },
  );
}
