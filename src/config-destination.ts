import { z } from 'zod';

const file = z.string().min(1);
const ori = z.string().regex(/^[A-Z]{2}[A-Z0-9]{7}$/, 'wants a nine-character ORI');
const days = z.int().nonnegative();
const hours = z.number().positive();
const range = z.tuple([z.int().nonnegative(), z.int().positive()]);
const level = z.enum(['F', 'M', 'I']);
const group = z.array(z.string().min(2)).min(1);

/** What the destination asks of an entry, where it differs from the default of `base`. */
const edits = z.strictObject({
  /** `ca-wps`: the state adds EXL to felonies by itself. `ncic`: EXL is the sender's to state. */
  base: z.enum(['ca-wps', 'ncic']).default('ca-wps'),
  /** NCIC codes of the fields every record must have. */
  mandatory: group.exactOptional(),
  /** Fields a record must have besides, if it goes on to NCIC. */
  mandatoryForNcic: z.array(z.string()).exactOptional(),
  /** Levels whose records go on to NCIC. */
  ncicLevels: z.array(level).exactOptional(),
  /** Groups of fields one of which must be complete: the numeric-identifier rule. */
  identifiers: z.array(group).exactOptional(),
  /** Fields that go together: as soon as `any` of them is there, or only with the `first`. */
  together: z.array(z.strictObject({ fields: group, when: z.enum(['any', 'first']) })).exactOptional(),
  /** SEX codes of a wanted person. */
  sexes: z.array(z.string().length(1)).min(1).exactOptional(),
  /** EXL codes that must be explained in MIS. */
  extraditionNeedsMis: z.array(z.string().length(1)).exactOptional(),
  /** Longest NAM and MIS, characters. */
  nameLength: z.int().min(3).max(100).exactOptional(),
  misLength: z.int().min(50).max(5000).exactOptional(),
  /** Most caution codes of a record. */
  maxCautions: z.int().positive().exactOptional(),
  /** HGT in feet and inches, e.g. [400, 711], and WGT in pounds. */
  height: range.exactOptional(),
  weight: range.exactOptional(),
  /** Shortest and longest value of a field by its NCIC code, e.g. {"OCA": [1, 20]}. */
  lengths: z.record(z.string(), range).exactOptional(),
  /** ORIs this installation may enter records for; any if absent. */
  owners: z.array(ori).exactOptional(),
  /** Whether a warrant is held whose kind of bail is not stated. */
  bailKindRequired: z.boolean().exactOptional(),
  /** Days from issue after which a first entry is late. */
  lateAfterDays: days.exactOptional(),
  oldestBirthYear: z.int().exactOptional(),
});

/** What the county orders for all of its records, where a warrant says nothing itself. */
const orders = z.strictObject({
  /** EXL by level, e.g. {"F": "1", "M": "D"}. */
  extradition: z.partialRecord(level, z.string().length(1)).exactOptional(),
  /** What the county's caution letters mean, as CMC codes, e.g. {"E": "25"}. */
  cautionLetters: z.record(z.string(), z.string()).exactOptional(),
});

/** When a clock turns amber or red; each is a number in `benchlink status` and an alert. */
const clocks = z.strictObject({
  /** A warrant must be in the file so many days after its issue. */
  entryDays: days.default(3),
  /** A recall the destination has not acknowledged. */
  recallAmberHours: hours.default(4),
  recallRedHours: hours.default(24),
  /** A message without an answer. */
  answerAmberHours: hours.default(1),
  answerRedHours: hours.default(24),
  /** A record must be validated so many days after its entry or last validation, and is listed so long before. */
  validateDays: z.int().positive().default(60),
  validateAheadDays: days.default(30),
  /** Certificates that end within so many days. */
  certificateDays: days.default(30),
  /** A hit confirmation must be answered so fast. */
  hitUrgentMinutes: z.int().positive().default(10),
  hitRoutineMinutes: z.int().positive().default(60),
});

const common = {
  name: z.string().default('doj-wps'),
  /** The agency that sends: on every ANSI/NIST file. */
  ori,
  /** Messages a second, and how many may be on the wire at one time. */
  perSecond: z.number().positive().default(10),
  concurrency: z.int().positive().max(64).default(8),
  /** How long an answer is waited for. */
  timeoutMs: z.int().positive().default(30_000),
  /** How messages are written. */
  profile: z.enum(['niem-6', 'niem-6-json', 'ojbc-3', 'ncic-text']).default('niem-6'),
  /** The ORI of the file itself: the address of a text message. Needed by the profile `ncic-text`. */
  receiverOri: ori.exactOptional(),
  edits: edits.default({ base: 'ca-wps' }),
  orders: orders.default({}),
  clocks: clocks.prefault({}),
  reconcile: z
    .strictObject({
      /** Compare the lists after every nightly run. */
      nightly: z.boolean().default(true),
      /** Repairs made without asking; every other one is proposed. */
      acts: z.array(z.enum(['cancel', 'enter', 'adopt'])).default(['cancel']),
    })
    .prefault({}),
};

const https = z.strictObject({
  ...common,
  /** HTTPS with mutual TLS; what a configuration without a type means. */
  type: z.literal('https').optional(),
  url: z.url(),
  /** The authority we trust, our certificate and its key, PEM. */
  caFile: file,
  certFile: file,
  keyFile: file,
});

const sftp = z.strictObject({
  ...common,
  type: z.literal('sftp'),
  host: z.string().min(1),
  port: z.int().default(22),
  username: z.string().min(1),
  /** Private key file. */
  keyFile: file,
  passphraseFile: file.exactOptional(),
  /** SHA-256 fingerprint of the server's key, base64 as `ssh-keygen -lf` prints it. */
  hostKeySha256: z.string().min(1),
  /** The drop folder on the server. */
  folder: z.string().default('/'),
});

const folder = z.strictObject({
  ...common,
  type: z.literal('folder'),
  /** The drop folder, on a disk or a mounted share. */
  path: file,
});

/** Where warrants are sent, how they get there, and what is asked of them. */
export const destinationSchema = z
  .discriminatedUnion('type', [https, sftp, folder], {
    error: (issue) => (issue.code === 'invalid_union' ? 'wants https, sftp or folder' : undefined),
  })
  .refine((config) => config.profile !== 'ncic-text' || config.receiverOri !== undefined, {
    path: ['receiverOri'],
    error: 'the profile ncic-text needs the ORI of the file it is addressed to',
  });

export type DestinationConfig = z.infer<typeof destinationSchema>;
