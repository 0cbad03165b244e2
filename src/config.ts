import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type DestinationConfig, destinationSchema } from './config-destination.ts';
import { DEFAULT_POLICY } from './domain/index.ts';
import { BenchlinkError } from './errors.ts';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'wants an ISO date, YYYY-MM-DD');
const path = z.string().min(1);

const rule = z.strictObject({
  name: z.string().min(1),
  from: isoDate,
  to: isoDate.exactOptional(),
  counties: z.array(z.string()).exactOptional(),
  levels: z.array(z.enum(['F', 'M', 'I'])).exactOptional(),
  statutes: z.array(z.string()).exactOptional(),
  bailBelowCents: z.int().nonnegative().exactOptional(),
  send: z.boolean(),
  code: z.enum(['SYS-OK', 'WAR-NOT-SELECTED', 'WAR-LEVEL-BARRED']),
  why: z.string().min(1),
});

const codeMapLine = z.strictObject({
  raw: z.string(),
  code: z.string(),
  from: isoDate.exactOptional(),
  to: isoDate.exactOptional(),
});

const folder = z.strictObject({
  type: z.literal('folder'),
  path,
  /** Files whose size has not changed for so long are complete, milliseconds. */
  settleMs: z.int().nonnegative().default(2500),
  /** A marker beside each file (e.g. `.done`) says that it is complete. */
  doneSuffix: z.string().optional(),
  pattern: z.string().optional(),
});

const sftp = z.strictObject({
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
  pattern: z.string().optional(),
  settleMs: z.int().nonnegative().default(60_000),
});

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
  views: z.record(z.string(), z.string()).optional(),
  watermarkColumn: z.string().optional(),
});

const source = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'wants lower case, digits and hyphens'),
  kind: z.enum(['court', 'bookings', 'citations', 'records']),
  format: z.string().optional(),
  county: z.string().default(''),
  transport: z.discriminatedUnion('type', [folder, sftp, https, sql]),
  codes: z.record(z.string(), z.array(codeMapLine)).default({}),
  options: z.record(z.string(), z.string()).default({}),
});

export const configSchema = z.strictObject({
  county: z.string().default(''),
  zone: z.string().default('America/Los_Angeles'),
  /** Folder of the database, the blobs and the work folders; relative paths start at the configuration file. */
  data: path.default('./data'),
  /** `sqlite:PATH` or `postgres://...`; the default is a file in `data`. */
  database: z.string().optional(),
  log: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  sources: z.array(source).default([]),
  destination: destinationSchema.optional(),
  policy: z.strictObject({ version: z.string(), rules: z.array(rule) }).default({
    version: DEFAULT_POLICY.version,
    rules: DEFAULT_POLICY.rules.map((r) => ({ ...r })) as z.infer<typeof rule>[],
  }),
  schedule: z
    .strictObject({ nightly: z.string().default('15 0 * * *'), recalls: z.string().default('*/5 * * * *') })
    .default({ nightly: '15 0 * * *', recalls: '*/5 * * * *' }),
  threads: z.int().positive().max(64).optional(),
});

export type Config = z.infer<typeof configSchema>;
export type SourceConfig = Config['sources'][number];
export type TransportConfig = SourceConfig['transport'];
export type { DestinationConfig } from './config-destination.ts';

function destinationAt(
  config: DestinationConfig,
  at: (p: string) => string,
  files: <T extends object>(o: T) => T,
): DestinationConfig {
  return config.type === 'folder' ? { ...config, path: at(config.path) } : files(config);
}

/** Makes every file and folder of a configuration absolute, from the configuration file's own folder. */
function absolute(config: Config, base: string): Config {
  const at = (p: string) => resolve(base, p);
  const files = <T extends object>(o: T): T =>
    Object.fromEntries(
      Object.entries(o).map(([key, value]) => [
        key,
        key.endsWith('File') && typeof value === 'string' ? at(value) : value,
      ]),
    ) as T;
  const data = at(config.data);
  return {
    ...config,
    data,
    database: config.database ?? `sqlite:${resolve(data, 'benchlink.db')}`,
    sources: config.sources.map((s) => ({
      ...s,
      transport:
        s.transport.type === 'folder' ? { ...s.transport, path: at(s.transport.path) } : files(s.transport),
    })),
    ...(config.destination ? { destination: destinationAt(config.destination, at, files) } : {}),
  };
}

/** Checks a configuration value. @throws BenchlinkError CONFIG-INVALID listing every problem at once */
export function parseConfig(value: unknown, base: string): Config {
  const result = configSchema.safeParse(value);
  if (!result.success) {
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `The configuration is not valid:\n${z.prettifyError(result.error)}`,
    );
  }
  const names = result.data.sources.map((s) => s.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice)
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `Two sources are named "${twice}"; give each its own name.`,
    );
  return absolute(result.data, base);
}

/**
 * Reads a configuration file (JSON). Without one, the defaults hold and there is no source and no destination.
 * @throws BenchlinkError CONFIG-MISSING, CONFIG-INVALID
 */
export function loadConfig(file: string | undefined): Config {
  const found = file ?? (existsSync('benchlink.json') ? 'benchlink.json' : undefined);
  if (!found) return parseConfig({}, process.cwd());
  if (!existsSync(found)) {
    throw new BenchlinkError(
      'usage',
      'CONFIG-MISSING',
      `There is no configuration file ${found}. Write one (docs/configuration.md) or name another with --config.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(found, 'utf8'));
  } catch (error) {
    throw new BenchlinkError('usage', 'CONFIG-INVALID', `${found} is not JSON: ${(error as Error).message}`);
  }
  return parseConfig(value, dirname(resolve(found)));
}
