import { OFF_FILE_STATES } from '../../domain/index.ts';
import {
  believedRemovals,
  getWarrant,
  settleToldRemoval,
  type ToldRemovalRow,
  type Unit,
} from '../../store/index.ts';
import { askForRemoval } from '../by-telephone.ts';
import type { TransmitRun } from '../context.ts';
import { adopt } from './adopt.ts';
import type { TheirEntry } from './compare.ts';

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The record stands all the same: it is held to stand again, and somebody must see to it again. */
async function refute(
  unit: Unit,
  run: TransmitRun,
  told: ToldRemovalRow,
  their: TheirEntry,
): Promise<boolean> {
  await settleToldRemoval(unit, told, 'refuted');
  const row = await getWarrant(unit.trx, told.warrant_id);
  // The court has issued it again meanwhile: the ordinary comparison says what is to be done.
  if (!row || !OFF_FILE_STATES.includes(row.state)) return false;
  await adopt(unit, run, their, row.id);
  const said = `${told.told_by} said at ${minute(told.told_at)} that record ${told.fcn} is taken off (noted by ${told.noted_by})`;
  await askForRemoval(unit, row, `${said}, and the destination lists it all the same.`);
  return true;
}

/** Holds the records that are gone on somebody's word against the destination's list, while that is read. */
export class ToldRemovals {
  readonly #run: TransmitRun;
  readonly #told: readonly ToldRemovalRow[];
  readonly #fcns: ReadonlySet<string>;
  readonly #listed = new Map<string, TheirEntry>();

  private constructor(run: TransmitRun, told: readonly ToldRemovalRow[]) {
    this.#run = run;
    this.#told = told;
    this.#fcns = new Set(told.map(({ fcn }) => fcn));
  }

  /** What is noted after this says nothing of a list that is being read already. */
  static async of(run: TransmitRun): Promise<ToldRemovals> {
    return new ToldRemovals(run, await believedRemovals(run.store.db, run.destination));
  }

  see(theirs: readonly TheirEntry[]): void {
    for (const their of theirs) if (this.#fcns.has(their.fcn)) this.#listed.set(their.fcn, their);
  }

  /** Once the list was read to its end: each word is borne out, or red again. */
  async settle(): Promise<void> {
    const { store, actor, ports } = this.#run;
    for (const told of this.#told) {
      const their = this.#listed.get(told.fcn);
      const stands = await store.transaction(actor, async (unit) => {
        if (their) return refute(unit, this.#run, told, their);
        await settleToldRemoval(unit, told, 'confirmed');
        return false;
      });
      if (!stands) continue;
      const message = `The record of warrant ${told.warrant_id} was said to be taken off, and the destination lists it all the same: somebody can be arrested on it. See benchlink status ${told.warrant_id}.`;
      await ports.alert?.(`removal:${told.warrant_id}`, 'red', message);
    }
  }
}
