import { history, submissionsOf, type WarrantRow } from '../../src/store/index.ts';
import { walk } from '../../test/transmit/support/walk.ts';
import { openWorld, type World } from '../../test/transmit/support/world.ts';

/**
 * A long random walk: issue, modify, recall, serve, re-issue, reject, edit, resubmit, purge, lost and wrong answers,
 * crashes; in stretches, each with a new court and destination. Arguments: events, events a stretch, first seed.
 */
const EVENTS = Number(process.argv[2] ?? 100_000);
const STRETCH = Number(process.argv[3] ?? 5000);
const SEED = Number(process.argv[4] ?? 1);
/** The life of every warrant a fault names. */
async function tell({ store }: World, faults: readonly string[]): Promise<void> {
  for (const fault of faults.slice(0, 10)) {
    const key = fault.split(' ').at(-1) ?? '';
    const rows = (await store.db('warrants').where({ id: key }).orWhere({ oca: key })) as WarrantRow[];
    for (const { id, state, reason, version } of rows) {
      console.error(fault, { id, state, reason, version });
      console.error(
        await store.db('holdings').where({ warrant_id: id }).select('fcn', 'dirty', 'message_id'),
      );
      console.error(await store.db('packed_warrants').where({ lead_id: id }).orWhere({ warrant_id: id }));
      console.error(
        (await history(store.db, 'warrant', id))
          .slice(-25)
          .map((e) => `${e.seq} ${e.action} ${e.code} ${e.detail}`),
      );
      for (const sub of (await submissionsOf(store.db, id)).slice(-8))
        console.error(sub.message_id, sub.kind, sub.state, sub.seq, sub.answer_code, sub.next_at);
    }
  }
}

const total: Record<string, number> = {};
let [events, runs, crashes] = [0, 0, 0];
for (let seed = SEED; events < EVENTS; seed++) {
  const world = await openWorld({ timeoutMs: 3000 });
  const result = await walk(world, seed, STRETCH, 25);
  if (result.faults.length > 0) await tell(world, result.faults);
  await world.close();
  events += result.events;
  runs += result.runs;
  crashes += result.crashes;
  for (const [name, n] of Object.entries(result.counts)) total[name] = (total[name] ?? 0) + n;
  console.log(`seed ${seed}: ${events} events, ${result.faults.length} faults`);
  if (result.faults.length > 0) {
    console.error(result.faults.slice(0, 20).join('\n'));
    process.exit(1);
  }
}
console.log(JSON.stringify({ events, runs, crashes, total }));
process.exit(0);
