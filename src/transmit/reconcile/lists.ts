import { OFF_FILE_STATES, type WarrantState } from '../../domain/index.ts';
import { holdingsPage, OPEN_SUBMISSIONS, type Reader } from '../../store/index.ts';
import type { Transport } from '../transports/transport.ts';
import type { CourtEntry, OurEntry, TheirEntry } from './compare.ts';
import type { Pages } from './merge.ts';

const PAGE = 5000;

interface CourtRow {
  id: string;
  agency_ori: string | null;
  oca: string | null;
  state: WarrantState;
  fcn: string | null;
  packed: string | null;
  moving: string | null;
}

function entryOf(row: CourtRow): CourtEntry {
  return {
    ori: row.agency_ori ?? '',
    oca: row.oca ?? '',
    warrantId: row.id,
    standing: !OFF_FILE_STATES.includes(row.state),
    kept: row.state === 'not-selected',
    fcn: row.fcn,
    expected: row.state === 'entered',
    rides: row.packed !== null,
    moving: row.moving !== null,
  };
}

/** The court's warrants as our rows have them, in the order of ORI and case number. */
export async function* courtList(db: Reader): Pages<CourtEntry> {
  let last: CourtRow | undefined;
  for (;;) {
    const query = db('warrants as w')
      .leftJoin('packed_warrants as p', 'p.warrant_id', 'w.id')
      .leftJoin('submissions as s', (on) =>
        on.on('s.warrant_id', 'w.id').andOnIn('s.state', [...OPEN_SUBMISSIONS]),
      )
      .whereNotNull('w.agency_ori')
      .whereNotNull('w.oca')
      .orderBy([{ column: 'w.agency_ori' }, { column: 'w.oca' }, { column: 'w.id' }])
      .limit(PAGE)
      .select(
        'w.id',
        'w.agency_ori',
        'w.oca',
        'w.state',
        'w.fcn',
        'p.lead_id as packed',
        's.message_id as moving',
      );
    if (last) query.whereRaw('(w.agency_ori, w.oca, w.id) > (?, ?, ?)', [last.agency_ori, last.oca, last.id]);
    const rows = (await query) as CourtRow[];
    if (rows.length > 0) yield rows.map(entryOf);
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

/** The records we believe the destination holds. */
export async function* ourList(db: Reader): Pages<OurEntry> {
  let last: OurEntry | undefined;
  for (;;) {
    const rows = await holdingsPage(db, last, PAGE);
    const entries = rows.map((row) => ({
      ori: row.ori,
      oca: row.oca,
      fcn: row.fcn,
      nam: row.nam,
      warrantId: row.warrant_id,
    }));
    if (entries.length > 0) yield entries;
    last = entries.at(-1);
    if (entries.length < PAGE) return;
  }
}

/** The records the destination lists. */
export async function* theirList(transport: Transport): Pages<TheirEntry> {
  let page: TheirEntry[] = [];
  for await (const { ori, oca, fcn, nic, nam } of transport.activeRecords()) {
    page.push({ ori, oca, fcn, nic, nam });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
