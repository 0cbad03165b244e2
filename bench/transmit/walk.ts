import { walk } from '../../test/transmit/support/walk.ts';
import { openWorld } from '../../test/transmit/support/world.ts';

/**
 * A long random walk: issue, modify, recall, serve, re-issue, reject, edit, resubmit, purge, lost and wrong answers,
 * crashes; in stretches, each with a new court and destination. Arguments: events, events a stretch, first seed.
 */
const EVENTS = Number(process.argv[2] ?? 100_000);
const STRETCH = Number(process.argv[3] ?? 5000);
const SEED = Number(process.argv[4] ?? 1);
const total: Record<string, number> = {};
let [events, runs, crashes] = [0, 0, 0];
for (let seed = SEED; events < EVENTS; seed++) {
  const world = await openWorld({ timeoutMs: 200 });
  const result = await walk(world, seed, STRETCH, 25);
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
