import type { Config } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { attachPrint } from './ports/attach-print.ts';
import { messageIdOf, type Store, type WarrantRow } from './store/index.ts';
import { DEFAULT_RULES } from './transmit/edits.ts';
import { trimMessage } from './transmit/leave-out.ts';
import { NIEM_6, NIEM_6_JSON, ncicText } from './transmit/package/index.ts';
import type { Profile } from './transmit/package/profile.ts';
import { recordFacts } from './transmit/record-facts.ts';

export type PreviewFormat = 'xml' | 'json' | 'text';

function profileOf(format: PreviewFormat, config: Config): Profile {
  switch (format) {
    case 'xml':
      return NIEM_6;
    case 'json':
      return NIEM_6_JSON;
    case 'text':
      return ncicText(config.destination?.ori ?? 'ZZ0000000');
  }
}

/**
 * The entry request of a warrant as it would be written now: same warrant, same bytes, nothing sent, nothing stored.
 * @throws BenchlinkError PACKAGE-INVALID listing what the schema says
 */
export async function previewPackage(
  store: Store,
  config: Config,
  row: WarrantRow,
  format: PreviewFormat,
): Promise<Uint8Array> {
  const ori = config.destination?.ori ?? row.agency_ori ?? 'ZZ0000000';
  const facts = await recordFacts(store.db, { attachPrint: (id) => attachPrint(store, id, ori) }, row, []);
  const messageId = messageIdOf(row.id, row.version, 'enter', 1);
  const header = { messageId, created: row.updated_at, version: row.version, sourceSystem: row.source };
  const { message } = trimMessage({ ...header, kind: 'enter', facts }, DEFAULT_RULES);
  const profile = profileOf(format, config);
  const bytes = profile.build(message);
  const problems = profile.validate(bytes);
  if (problems.length > 0) {
    throw new BenchlinkError(
      'reject',
      'PACKAGE-INVALID',
      `The package of ${row.id} would not be valid: ${problems.map((p) => p.message).join('; ')}`,
    );
  }
  return bytes;
}
