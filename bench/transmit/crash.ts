import { openCrashWorld } from '../../test/crash/transmit-world.ts';

/**
 * Kills senders with SIGKILL at every one of their effects in turn, then at random moments, three workers on one
 * queue, each round with new warrants, recalls of entered ones and a misbehaving intake; after each round the
 * store and the destination must agree. Arguments: number of effects, number of random kills.
 */
const EFFECTS = Number(process.argv[2] ?? 60);
const RANDOM = Number(process.argv[3] ?? 200);
const MODES = ['none', 'drop-after', 'drop-before', '503-after', 'malformed', 'queued'] as const;
const world = await openCrashWorld();
let next = 1;
let kills = 0;
const standing = new Set<string>();
const oca = (n: number) => `OCA${String(n).padStart(6, '0')}`;

async function prepare(fresh: number): Promise<void> {
  const numbers = Array.from({ length: fresh }, () => next++);
  await world.add(numbers);
  for (const n of numbers) standing.add(oca(n));
  const [old] = standing;
  if (old && standing.size > fresh + 3) {
    await world.court(Number(old.slice(3)), 'recalled');
    standing.delete(old);
  }
  world.intake.misbehave(MODES[next % MODES.length] ?? 'none', 1);
}

async function settleAndCheck(round: string): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await world.buryTheDead();
    await world.store
      .db('submissions')
      .whereIn('state', ['built', 'unsure', 'queued'])
      .update({ next_at: '2000-01-01' });
    await world.start(0).ended;
    const states = await world.states();
    if (!states.sent && !states.packaged && !states.verified) break;
  }
  const active = await world.active();
  const wrong = active.filter((each) => !standing.has(each)).length;
  if (wrong > 0 || active.length !== standing.size || new Set(active).size !== active.length) {
    console.error(`${round}: ${active.length} active, ${standing.size} should be, ${wrong} should not`);
    process.exit(1);
  }
}

for (let n = 1; n <= EFFECTS; n++) {
  await prepare(2);
  if ((await world.start(n).ended) === 'killed') kills += 1;
  await settleAndCheck(`effect ${n}`);
}
console.log(`killed at ${kills} effects: exactly one record a standing warrant after each`);

const before = kills;
while (kills - before < RANDOM) {
  await prepare(3);
  const workers = [world.start(0), world.start(0), world.start(0)];
  for (const { child } of workers) setTimeout(() => child.kill('SIGKILL'), 500 + Math.random() * 1500);
  const ends = await Promise.all(workers.map((worker) => worker.ended));
  kills += ends.filter((end) => end === 'killed').length;
  await settleAndCheck(`after ${kills - before} random kills`);
}
console.log(`killed at ${kills - before} random moments, three workers on one queue: the same`);
console.log(JSON.stringify({ audit: await world.audit(), states: await world.states() }));
await world.close();
