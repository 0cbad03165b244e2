import { type Pair, writeFrame } from '../package/text/frame.ts';
import type { Counter } from './counter.ts';
import { LIVE, type RecordRow } from './register.ts';

export interface PurgeResult {
  readonly purged: number;
}

/**
 * Removes every live record whose validation date lies before a date, and leaves each owner a purge notice
 * (domain brief A.5: records not validated are purged; the owner may re-enter).
 * @param before ISO date
 */
export function purgeUnvalidated(counter: Counter, before: string): Promise<PurgeResult> {
  return counter.run(async (register, { at }) => {
    const due = await register.dueForPurge(before);
    for (const row of due) {
      await register.setState(row.fcn, 'purged', { messageId: 'PURGE', at });
      const body = { ori: row.ori, oca: row.oca, nam: row.nam, reason: 'NOT VALIDATED' };
      await register.notice({ kind: 'purge', fcn: row.fcn, at, body });
    }
    return { purged: due.length };
  });
}

/** Places a locate (LW) on an active record and tells its owner; false if there is no such active record. */
export function locate(counter: Counter, fcn: string, byOri: string): Promise<boolean> {
  return counter.run(async (register, { at }) => {
    const row = await register.record(fcn);
    if (row?.state !== 'active') return false;
    await register.setState(fcn, 'located', { messageId: 'LOCATE', at });
    await register.notice({
      kind: 'locate',
      fcn,
      at,
      body: { ori: row.ori, oca: row.oca, locatedBy: byOri },
    });
    return true;
  });
}

export interface HitOptions {
  /** U: an answer within ten minutes; R: within an hour. */
  readonly priority?: 'U' | 'R';
  /** First, second or third time of asking. */
  readonly request?: 1 | 2 | 3;
}

function requestText(row: RecordRow, byOri: string, options: HitOptions): string {
  const { DOB } = JSON.parse(row.fields) as Record<string, string>;
  const pairs: Pair[] = [
    ['RTY', 'WP'],
    ['RNO', String(options.request ?? 1)],
    ['PRI', options.priority ?? 'U'],
    ['OCA', row.oca],
    ['NIC', row.nic ?? ''],
    ['NAM', row.nam],
    ['DOB', DOB ?? ''],
    ['RNA', 'SANDBOX OFFICER'],
  ];
  return writeFrame({ key: 'YQ', origin: byOri, destination: row.ori, pairs });
}

/** Leaves the owner a hit-confirmation request (YQ): answer within ten minutes if urgent, an hour if routine. */
export function requestHitConfirmation(
  counter: Counter,
  fcn: string,
  byOri: string,
  options: HitOptions = {},
): Promise<boolean> {
  return counter.run(async (register, { at }) => {
    const row = await register.record(fcn);
    if (!row || !LIVE.includes(row.state)) return false;
    await register.notice({ kind: 'hit-request', fcn, at, body: { text: requestText(row, byOri, options) } });
    return true;
  });
}

/** States a record can drift into. */
export type DriftState = 'active' | 'purged';

/** Changes a record without telling anybody; false if there is no such record. */
export function drift(counter: Counter, fcn: string, state: DriftState): Promise<boolean> {
  return counter.run(async (register, { at }) => {
    if (!(await register.record(fcn))) return false;
    await register.setState(fcn, state, { messageId: 'DRIFT', at });
    return true;
  });
}

/** Keeps the owner's answer to a notice (YR); false if there is no such notice. A later answer replaces it. */
export function keepResponse(counter: Counter, seq: number, text: string): Promise<boolean> {
  return counter.run((register) => register.respond(seq, text));
}
