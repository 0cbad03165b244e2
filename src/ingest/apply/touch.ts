import type { Decision } from '../lifecycle/decide.ts';
import type { WarrantChange } from './changes.ts';
import type { Outcome } from './counts.ts';
import type { Selection } from './select.ts';

/** Carries out a decision about a known warrant. */
export async function touch(
  decision: Decision,
  change: WarrantChange,
  selection: Selection,
): Promise<Outcome> {
  switch (decision.act) {
    case 'change':
      await change.facts(decision.facts, decision.changes);
      // A change of a stayed warrant does not lift the stay.
      if (change.row.reason !== 'WAR-STAYED') await change.again(selection);
      return 'changed';
    case 'reissue':
      await change.facts(decision.facts, decision.changes);
      await change.again(selection);
      return 'reissued';
    case 'end':
      await change.facts(decision.facts, decision.changes);
      await change.end(decision.to, decision.code);
      return decision.to;
    case 'stay':
      await change.facts(decision.facts, decision.changes);
      await change.end('recalled', 'WAR-STAYED');
      return 'stayed';
    case 'ask':
      await change.note(decision.code, decision.sentence);
      return 'asked';
    default:
      return 'duplicates';
  }
}
