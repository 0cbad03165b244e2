import { z } from 'zod';

const path = z.string().min(1);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'wants an ISO date, YYYY-MM-DD');

/** When a file in a drop folder is whole: by age alone, or by age and one of the two signs. */
const whole = {
  /** Names taken: `*` and `?`, several divided by commas. */
  pattern: z.string().optional(),
  /** A second file of the same name with this suffix (e.g. `.done`) says that it is whole. */
  doneSuffix: z.string().min(1).optional(),
  /** Its last line begins with this text (e.g. `T`). */
  trailer: z.string().min(1).optional(),
};

function oneSign({ doneSuffix, trailer }: { doneSuffix?: string | undefined; trailer?: string | undefined }) {
  return doneSuffix === undefined || trailer === undefined;
}
const ONE_SIGN = { error: 'wants doneSuffix or trailer, not both: one sign says that a file is whole' };

const folder = z
  .strictObject({
    type: z.literal('folder'),
    path,
    /** Files whose size has not changed for so long are complete, milliseconds. */
    settleMs: z.int().nonnegative().default(2500),
    ...whole,
  })
  .refine(oneSign, ONE_SIGN);

/** An SFTP server and the folder on it. */
const sftpServer = z.strictObject({
  type: z.literal('sftp'),
  host: z.string(),
  port: z.int().default(22),
  username: z.string(),
  /** Private key file. */
  keyFile: path,
  passphraseFile: path.optional(),
  /** SHA-256 fingerprint of the server's key, base64 as `ssh-keygen -lf` prints it. */
  hostKeySha256: z.string(),
  folder: z.string(),
  timeoutMs: z.int().positive().default(20_000),
});

const sftp = sftpServer
  .extend({ settleMs: z.int().nonnegative().default(60_000), ...whole })
  .refine(oneSign, ONE_SIGN);

const https = z.strictObject({
  type: z.literal('https'),
  url: z.url(),
  caFile: path.optional(),
  certFile: path.optional(),
  keyFile: path.optional(),
  oauth: z
    .strictObject({ tokenUrl: z.url(), clientId: z.string(), secretFile: path, scope: z.string().optional() })
    .optional(),
  changeList: z.boolean().default(false),
  timeoutMs: z.int().positive().default(30_000),
});

const sql = z.strictObject({
  type: z.literal('sql'),
  client: z.enum(['pg', 'mysql2', 'mssql', 'sqlite']),
  /** File holding the connection string: it is a secret. */
  connectionFile: path,
  /** Table or view of the `warrants`, and of their `offenses` and `history`. */
  views: z
    .strictObject({ warrants: z.string(), offenses: z.string().optional(), history: z.string().optional() })
    .default({ warrants: 'warrants' }),
  /** Ties the views together; unique among the warrants. */
  keyColumn: z.string().default('warrant_number'),
  /** Read what changed since, by this column; without it the whole view is read each time. */
  watermarkColumn: z.string().optional(),
  batchRows: z.int().positive().max(10_000).default(500),
  timeoutMs: z.int().positive().default(15_000),
});

/** When a source's input is expected, and what of it is odd. */
const arrivals = z.strictObject({
  /** Local time by which it has come. */
  by: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'wants a time of day, HH:MM'),
  /** ISO weekdays on which one comes, 1 = Monday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).exactOptional(),
  holidays: z.array(isoDate).exactOptional(),
  /** Minutes after `by` until it is late, and until it is missing. */
  lateAfter: z.int().nonnegative().default(30),
  missingAfter: z.int().positive().default(240),
  /** Fewer records than this share of the usual number, or more than this multiple, are odd. */
  fewShare: z.number().min(0).max(1).default(0.5),
  manyTimes: z.number().min(1).default(3),
  emptyIsNormal: z.boolean().default(false),
});

const codeMapLine = z.strictObject({
  raw: z.string(),
  code: z.string(),
  from: isoDate.exactOptional(),
  to: isoDate.exactOptional(),
});

export const sourceSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'wants lower case, digits and hyphens'),
  kind: z.enum(['court', 'bookings', 'citations', 'records']),
  format: z.string().optional(),
  county: z.string().default(''),
  transport: z.discriminatedUnion('type', [folder, sftp, https, sql]),
  codes: z.record(z.string(), z.array(codeMapLine)).default({}),
  options: z.record(z.string(), z.string()).default({}),
  arrivals: arrivals.optional(),
});

/** Where citation thumbprints go: one ANSI/NIST transaction each, under its own name, exactly once. */
export const repositorySchema = z.strictObject({
  /** 1.004 TOT agreed with the repository. */
  transactionType: z.string().regex(/^[A-Z0-9]{3,16}$/, 'wants a type of transaction, e.g. CNA'),
  /** 1.007 DAI: the repository. */
  agency: z.string().regex(/^[A-Z0-9]{9}$/, 'wants nine characters, e.g. CADOJ0000'),
  /** 1.013 DOM: name and version of the field set. */
  domain: z.tuple([z.string(), z.string()]).optional(),
  transport: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('folder'), path }),
    sftpServer,
    /** Each transaction is PUT to `url/NAME`; the server answers that it has it. */
    https.omit({ changeList: true }),
  ]),
});
