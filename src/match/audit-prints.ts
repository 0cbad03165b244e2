import type { Unit } from '../store/index.ts';
import type { PrintCheck } from './check-print.ts';
import { ALGORITHM_VERSION, INDEX_VERSION } from './print/index.ts';

/**
 * Every comparison and every search of a check, each with the purposes of its prints, into the audit trail of the
 * transaction that stores the verdict. A search that the law forbids is entered as refused.
 */
export function auditComparisons(unit: Unit, warrantId: string, check: PrintCheck): void {
  const algorithm = `benchlink-print/${ALGORITHM_VERSION}`;
  for (const { probe, record, score } of check.claim.compared) {
    unit.audit({
      action: 'print.compare',
      objectType: 'print',
      objectId: probe.id,
      detail: {
        warrant: warrantId,
        against: record.id,
        purpose: probe.purpose,
        againstPurpose: record.purpose,
        score,
        algorithm,
      },
    });
  }
  for (const { probe, search } of check.searches) {
    const detail = { warrant: warrantId, purpose: probe.purpose, gallery: 'prior-record' };
    const entry = { action: 'print.search', objectType: 'print', objectId: probe.id };
    if (!search) unit.audit({ ...entry, outcome: 'refused', code: 'PRT-PURPOSE', detail });
    else
      unit.audit({
        ...entry,
        detail: {
          ...detail,
          searched: search.searched,
          compared: search.compared,
          strong: search.hits.filter((hit) => hit.strong).length,
          best: search.hits[0]?.priorId ?? null,
          score: search.hits[0]?.score ?? null,
          algorithm,
          index: INDEX_VERSION,
        },
      });
  }
}
