import { OFF_FILE_STATES, reason } from './domain/index.ts';
import { behindHeldRecords, type Reader, type WarrantRow } from './store/index.ts';
import { leadInTheWay } from './transmit/election.ts';

/** Why a warrant is not sent, or not named in the record it is to ride in: the record of its person is another warrant's, which is not settled. */
export interface Waiting {
  /** The warrant that leads the record. */
  readonly lead: string;
  readonly record: string;
  readonly sentence: string;
}

function remedy({ id, number, state }: WarrantRow): string {
  const name = number ?? id;
  if (OFF_FILE_STATES.includes(state))
    return `Its record must leave the destination first: benchlink status ${name}.`;
  if (state === 'rejected' || state === 'failed')
    return `Put that one right: benchlink failures says what is wrong, benchlink resubmit ${name} corrects it.`;
  if (state === 'review') return `Answer the question about that one: benchlink status ${name} has it.`;
  if (state === 'checked' || state === 'linked') return 'The next run settles that one.';
  return `See what becomes of that one: benchlink status ${name}.`;
}

/** What a warrant that is ready waits for; undefined where nothing of its person is in its way. */
export async function waitingFor(db: Reader, row: WarrantRow): Promise<Waiting | undefined> {
  const found = await leadInTheWay(db, row);
  if (!found) return undefined;
  const { lead, holding } = found;
  const name = lead.number ?? lead.id;
  const why = `${lead.state} (${lead.reason}, ${reason(lead.reason).meaning})`;
  const sentence = `The person has record ${holding.fcn} at this agency already, led by warrant ${name} (${lead.id}), which is ${why}. ${remedy(lead)} This warrant then goes on by itself.`;
  return { lead: lead.id, record: holding.fcn, sentence };
}

/** Every warrant that waits so. */
export async function allWaiting(
  db: Reader,
  limit: number,
): Promise<{ readonly row: WarrantRow; readonly waiting: Waiting }[]> {
  const found: { row: WarrantRow; waiting: Waiting }[] = [];
  for (const row of await behindHeldRecords(db, limit)) {
    const waiting = await waitingFor(db, row);
    if (waiting) found.push({ row, waiting });
  }
  return found;
}
