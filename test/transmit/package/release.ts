import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createValidator, type PackageValidator, readSchemas } from '../../../src/transmit/package/index.ts';

const RELEASE = new URL('../../../../shared/niem-6.0/xsd/', import.meta.url);

/** Whether the NIEM 6.0 release schemas lie beside the project; they are not part of it. */
export const RELEASE_PRESENT = existsSync(RELEASE);

/** Put behind a test's name, so that a skipped one says why. */
export const RELEASE_NOTE = RELEASE_PRESENT
  ? ''
  : ' (skipped: the NIEM 6.0 release is not beside the project)';

/** Our extension schema over the whole release instead of our subset. Takes some seconds: load it once. */
export function releaseValidator(): PackageValidator {
  const files = (readdirSync(RELEASE, { recursive: true }) as string[]).filter((file) =>
    file.endsWith('.xsd'),
  );
  const schemas = new Map<string, Uint8Array>(
    files.map((file) => [file.replaceAll('\\', '/'), readFileSync(new URL(file, RELEASE))]),
  );
  schemas.set('fta-warrant.xsd', readSchemas().get('fta-warrant.xsd')!);
  return createValidator(schemas);
}
