import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Keys that may hold personal data: whatever is logged under them is replaced, at any of the first levels. */
const PRIVATE = [
  'name',
  'names',
  'given',
  'surname',
  'birthDate',
  'dob',
  'ssn',
  'person',
  'facts',
  'canonical',
  'template',
  'image',
  'password',
  'secret',
  'token',
  'key',
];

/** JSON lines; never a name, a birth date, a number of a person, a print or a secret. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = PRIVATE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino(
    { level, base: null, redact: { paths, censor: '[private]' } },
    destination ?? pino.destination(2),
  );
}
