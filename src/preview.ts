import type { Config } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { attachPrint } from './ports/attach-print.ts';
import { exonerations } from './ports/exonerations.ts';
import { editRules, prepareWith, profileNamed } from './ports/profiles.ts';
import { getHolding, messageIdOf, packedIn, type Store, type WarrantRow } from './store/index.ts';
import { trimMessage } from './transmit/leave-out.ts';
import { recordFacts, ridersTold } from './transmit/record-facts.ts';

export type PreviewFormat = 'xml' | 'json' | 'text' | 'ojbc';

const PROFILES = { xml: 'niem-6', json: 'niem-6-json', text: 'ncic-text', ojbc: 'ojbc-3' } as const;

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
  const { destination } = config;
  const ports = {
    attachPrint: (id: string) => attachPrint(store, id, ori),
    prepare: prepareWith(destination),
    exonerations: (id: string) => exonerations(store.db, id),
  };
  const told = ridersTold(await getHolding(store.db, row.id));
  const facts = await recordFacts(store.db, ports, row, await packedIn(store.db, row.id), told);
  const messageId = messageIdOf(row.id, row.version, 'enter', 1);
  const header = { messageId, created: row.updated_at, version: row.version, sourceSystem: row.source };
  const { message } = trimMessage({ ...header, kind: 'enter', facts }, editRules(destination));
  const profile = profileNamed(PROFILES[format], destination?.receiverOri ?? ori);
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
