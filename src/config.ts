import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { alertsSchema } from './config-alerts.ts';
import { destinationSchema } from './config-destination.ts';
import { repositorySchema, sourceSchema } from './config-sources.ts';
import { DEFAULT_POLICY, DEFAULT_RETENTION, RETAINED, STARTS } from './domain/index.ts';
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

const retentionLine = z
  .strictObject({
    name: z.string().min(1),
    what: z.enum(RETAINED),
    from: isoDate,
    to: isoDate.exactOptional(),
    after: z.enum(['disposed', 'received', 'ended']).exactOptional(),
    days: z.int().nonnegative(),
    sources: z.array(z.string()).min(1).exactOptional(),
    why: z.string().min(1),
  })
  .refine((line) => line.after === undefined || STARTS[line.what].includes(line.after), {
    path: ['after'],
    error: 'is no day from which the time of this runs (docs/configuration.md)',
  });

export const configSchema = z.strictObject({
  county: z.string().default(''),
  zone: z.string().default('America/Los_Angeles'),
  /** Folder of the database, the blobs and the work folders; relative paths start at the configuration file. */
  data: path.default('./data'),
  /** `sqlite:PATH` or `postgres://...`; the default is a file in `data`. */
  database: z.string().optional(),
  log: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  sources: z.array(sourceSchema).default([]),
  /** The repository that citation thumbprints are forwarded to. */
  repository: repositorySchema.optional(),
  alerts: alertsSchema.default({}),
  destination: destinationSchema.optional(),
  policy: z.strictObject({ version: z.string(), rules: z.array(rule) }).default({
    version: DEFAULT_POLICY.version,
    rules: DEFAULT_POLICY.rules.map((r) => ({ ...r })) as z.infer<typeof rule>[],
  }),
  retention: z.strictObject({ version: z.string(), rules: z.array(retentionLine) }).default({
    version: DEFAULT_RETENTION.version,
    rules: DEFAULT_RETENTION.rules.map((r) => ({ ...r })) as z.infer<typeof retentionLine>[],
  }),
  schedule: z
    .strictObject({ nightly: z.string().default('15 0 * * *'), recalls: z.string().default('* * * * *') })
    .default({ nightly: '15 0 * * *', recalls: '* * * * *' }),
  /** Linkage model, as `benchlink link train` writes it; the shipped one unless given. */
  linkModelFile: path.optional(),
  threads: z.int().positive().max(64).optional(),
});

export type Config = z.infer<typeof configSchema>;
export type SourceConfig = Config['sources'][number];
export type TransportConfig = SourceConfig['transport'];
export type { DestinationConfig } from './config-destination.ts';
export type RepositoryConfig = NonNullable<Config['repository']>;

/** The same with every `...File` below it, and the `path` of every folder, absolute. */
function filesAt<T>(value: T, at: (p: string) => string): T {
  if (Array.isArray(value)) return value.map((member) => filesAt(member, at)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const folder = 'type' in value && value.type === 'folder';
  const isFile = (key: string) => key.endsWith('File') || (folder && key === 'path');
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      isFile(key) && typeof member === 'string' ? at(member) : filesAt(member, at),
    ]),
  ) as T;
}

/** Makes every file and folder of a configuration absolute, from the configuration file's own folder. */
function absolute(config: Config, base: string): Config {
  const at = (p: string) => resolve(base, p);
  const data = at(config.data);
  return {
    ...filesAt(config, at),
    data,
    database: config.database ?? `sqlite:${resolve(data, 'benchlink.db')}`,
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
