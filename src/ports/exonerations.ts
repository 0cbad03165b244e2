import { exonerationsOf, type Reader } from '../store/index.ts';
import type { Exoneration } from '../transmit/package/model.ts';

/** People shown not to be the one a warrant names, as they were recorded, oldest first. */
export async function exonerations(db: Reader, warrantId: string): Promise<Exoneration[]> {
  return (await exonerationsOf(db, warrantId)).map((row) => JSON.parse(row.exoneration) as Exoneration);
}
