import {
  type AuditRow,
  type HoldingRow,
  openReviews,
  type SubmissionRow,
  verifyAudit,
} from '../../../src/store/index.ts';
import { compareCase } from '../../../src/transmit/reconcile/compare.ts';
import { courtList, ourList, theirList } from '../../../src/transmit/reconcile/lists.ts';
import { mergeLists } from '../../../src/transmit/reconcile/merge.ts';
import type { World } from './world.ts';

/** Court, ours and theirs, case by case. */
async function differences({ store, transport }: World): Promise<string[]> {
  const found: string[] = [];
  await mergeLists(
    { court: courtList(store.db), ours: ourList(store.db), theirs: theirList(transport) },
    (one) => {
      for (const each of compareCase(one)) found.push(`${each.code} ${each.oca}`);
      if (one.court.some((entry) => entry.moving)) found.push(`still moving ${one.oca}`);
    },
  );
  return found;
}

/**
 * The trail of every warrant: an entry is accepted only while the destination holds no record of it, and no version
 * is told twice in the same bytes.
 */
async function sentTwice({ store }: World): Promise<string[]> {
  const found: string[] = [];
  const messages = new Map(
    ((await store.db('submissions')) as SubmissionRow[]).map((sub) => [sub.message_id, sub]),
  );
  const held = new Set<string>();
  const trail = (await store
    .db('audit')
    .whereIn('action', ['submission.move', 'holding.put', 'holding.drop'])
    .orderBy('seq')) as AuditRow[];
  for (const { action, object_id: id, detail } of trail) {
    if (action === 'holding.put') held.add(id);
    if (action === 'holding.drop') held.delete(id);
    if (action !== 'submission.move' || (JSON.parse(detail) as { to: string }).to !== 'accepted') continue;
    const sub = messages.get(id)!;
    if (sub.kind === 'enter' && held.has(sub.warrant_id)) found.push(`entered twice ${sub.warrant_id}`);
  }
  const told = new Set<string>();
  for (const sub of messages.values()) {
    if (sub.state !== 'accepted' || sub.kind === 'validate') continue;
    const key = [sub.warrant_id, sub.warrant_version, sub.kind, sub.package_sha256].join(' ');
    if (told.has(key)) found.push(`the same bytes accepted twice ${key}`);
    told.add(key);
  }
  return found;
}

interface Lead {
  readonly fcn: string;
  readonly weight: number | null;
  readonly given: string;
  readonly state: string;
  readonly id: string;
}

/** A busy machine may answer later than the walk's short patience. */
async function recordOf(transport: World['transport'], fcn: string) {
  for (let tries = 1; ; tries++) {
    const look = await transport.record(fcn);
    if (look.kind === 'answered' || tries === 10) return look;
  }
}

/** A record names what rides in it; of one that was refused, and of a record that refuses changes, a person is asked. */
async function wronglyNamed(
  { db }: World['store'],
  { id, fcn }: Lead,
  named: readonly string[],
): Promise<string[]> {
  const riders = (await db('packed_warrants as p')
    .join('warrants as w', 'w.id', 'p.warrant_id')
    .where('p.lead_id', id)
    .select('w.id', 'w.number', 'w.state')) as { id: string; number: string; state: string }[];
  const asked = new Set((await openReviews(db)).map((review) => review.warrant_id));
  const numbers = new Set(riders.map((rider) => rider.number));
  const unknown = asked.has(id) ? [] : named.filter((number) => !numbers.has(number));
  const unnamed = riders.filter((rider) => !named.includes(rider.number));
  return [
    ...unknown.map((number) => `record ${fcn} names ${number}, which does not ride in it`),
    ...unnamed
      .filter((rider) => !(rider.state === 'rejected' && asked.has(rider.id)))
      .map((rider) => `record ${fcn} does not name ${rider.number}, ${rider.state}`),
  ];
}

/** What each record there says: its own warrant's facts of today, and of the person's others those that stand. */
async function contents({ store, transport }: World): Promise<string[]> {
  const found: string[] = [];
  const leads = (await store
    .db('holdings as h')
    .join('warrants as w', 'w.id', 'h.warrant_id')
    .select(
      'h.fcn',
      'w.id',
      'w.state',
      store.db.raw(`json_extract(w.facts, '$.person.weightPounds') as weight`),
      store.db.raw(`json_extract(w.facts, '$.person.name.given') as given`),
    )) as Lead[];
  for (const lead of leads.filter((each) => each.state === 'entered')) {
    const look = await recordOf(transport, lead.fcn);
    if (look.kind !== 'answered' || look.status !== 200) {
      found.push(`no record ${lead.fcn}`);
      continue;
    }
    const { fields } = JSON.parse(Buffer.from(look.bytes).toString('utf8')) as {
      fields: Record<string, string>;
    };
    const named = [...(fields.MIS ?? '').matchAll(/ALSO (\S+)/g)].map((match) => match[1]!);
    found.push(...(await wronglyNamed(store, lead, named)));
    if (!fields.NAM?.endsWith(`, ${lead.given}`))
      found.push(`record ${lead.fcn} is of ${fields.NAM}, the court's is ${lead.given}`);
    if (fields.WGT !== String(lead.weight).padStart(3, '0'))
      found.push(`record ${lead.fcn} says weight ${fields.WGT}, the court ${lead.weight}`);
  }
  return found;
}

async function stuck({ store }: World): Promise<string[]> {
  const rows = (await store
    .db('warrants')
    .whereIn('state', ['packaged', 'sent', 'verified'])
    .select('id', 'state')) as { id: string; state: string }[];
  const dirty = (await store.db('holdings').where('dirty', '>', 0)) as HoldingRow[];
  return [
    ...rows.map(({ id, state }) => `stuck in ${state} ${id}`),
    ...dirty.map((each) => `record of ${each.warrant_id} was never told anew`),
  ];
}

/** Everything that is wrong when all has settled; empty is right. */
export async function faultsOf(world: World): Promise<string[]> {
  const audit = await verifyAudit(world.store.db);
  return [
    ...(await differences(world)),
    ...(await sentTwice(world)),
    ...(await contents(world)),
    ...(await stuck(world)),
    ...(audit.ok ? [] : [`audit ${audit.why}`]),
  ];
}
