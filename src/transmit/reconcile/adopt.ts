import { getHolding, putHolding, type Unit } from '../../store/index.ts';
import type { TransmitRun } from '../context.ts';
import { VALIDATE_DAYS } from '../parameters.ts';
import { UNKNOWN_FACTS } from '../record-facts.ts';
import { isoDateAfter } from '../settle-accepted.ts';
import type { Difference } from './compare.ts';

/** Takes a record the destination lists as held for a warrant; its content is not known. */
export async function adopt(
  unit: Unit,
  run: TransmitRun,
  found: Pick<Difference, 'fcn' | 'nic' | 'nam' | 'ori' | 'oca'>,
  warrantId: string,
): Promise<void> {
  const known = await getHolding(unit.trx, warrantId);
  if (known?.fcn === found.fcn) return;
  await putHolding(unit, {
    warrant_id: warrantId,
    destination: run.destination,
    fcn: found.fcn ?? '',
    nic: found.nic ?? null,
    ori: found.ori,
    oca: found.oca,
    nam: found.nam ?? '',
    message_id: 'RECONCILE',
    facts: UNKNOWN_FACTS,
    held_since: unit.at,
    told_at: unit.at,
    validate_by: isoDateAfter(unit.at, run.policy?.validateDays ?? VALIDATE_DAYS),
    located_at: null,
    dirty: 0,
  });
}
