import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { DrawnPrint, DrawTask } from './draw-worker.ts';
import { writeSnapshot } from './ebench.ts';
import type { CountyOptions, CountyPlan, PlannedPrint, PlannedWarrant } from './model.ts';
import { writeCancelled, writeIssued } from './ojbc.ts';
import { planCounty } from './plan.ts';
import { writeBookings, writeCitations, writePriors, writeWarrantTable } from './tables.ts';

export { COUNTY, type CountyPlan, type PlannedWarrant } from './model.ts';
export { planCounty } from './plan.ts';
export { SCENARIOS, type Scenario, type ScenarioName, scenario } from './scenario.ts';

/** The drop folders of a county, below its own folder. */
export const DROPS = {
  ojbc: 'court-ojbc',
  odyssey: 'court-odyssey',
  ebench: 'court-ebench',
  jail: 'jail',
  police: 'police',
  records: 'records',
} as const;

/** One finger, one task: its impressions share a master. */
function tasks(seed: string, prints: readonly PlannedPrint[]): DrawTask[] {
  const byFinger = new Map<string, PlannedPrint[]>();
  for (const print of prints) {
    const key = `${print.personId}/${print.finger}`;
    byFinger.set(key, [...(byFinger.get(key) ?? []), print]);
  }
  return [...byFinger.values()].map((group) => ({ seed, prints: group }));
}

async function drawPrints(
  seed: string,
  drops: readonly { folder: string; prints: readonly PlannedPrint[] }[],
  options: { threads: number; onProgress?: (done: number, of: number) => void },
): Promise<void> {
  const folderOf = new Map(
    drops.flatMap(({ folder, prints }) => prints.map((print) => [print.file, folder] as const)),
  );
  const all = tasks(
    seed,
    drops.flatMap((drop) => [...drop.prints]),
  );
  const pool = new Piscina<DrawTask, DrawnPrint[]>({
    filename: new URL('./draw-worker.ts', import.meta.url).href,
    maxThreads: options.threads,
    minThreads: options.threads,
  });
  let done = 0;
  try {
    await Promise.all(
      all.map(async (task) => {
        for (const { file, bytes } of await pool.run(task))
          writeFileSync(join(folderOf.get(file)!, 'prints', file), bytes);
        done += 1;
        options.onProgress?.(done, all.length);
      }),
    );
  } finally {
    await pool.destroy();
  }
}

function writeCourts(folder: string, warrants: readonly PlannedWarrant[]): void {
  const of = (system: PlannedWarrant['system']) => warrants.filter((w) => w.system === system);
  for (const { warrant, events } of of('ojbc')) {
    writeFileSync(join(folder, DROPS.ojbc, `${warrant.oca}-1-issued.xml`), writeIssued(warrant));
    if (events.includes('recalled')) {
      writeFileSync(join(folder, DROPS.ojbc, `${warrant.oca}-2-cancelled.xml`), writeCancelled(warrant));
    }
  }
  const events = of('odyssey').flatMap(({ warrant, events: list }) =>
    list.map((event) => ({ warrant, event })),
  );
  writeFileSync(join(folder, DROPS.odyssey, 'warrants.csv'), writeWarrantTable(events));
  writeFileSync(
    join(folder, DROPS.ebench, 'snapshot.xml'),
    writeSnapshot(of('ebench').map((w) => w.warrant)),
  );
}

/** The same county where nobody's print was taken. */
function withoutPrints(plan: CountyPlan): CountyPlan {
  const bare = <T extends { readonly prints: readonly PlannedPrint[] }>(items: readonly T[]) =>
    items.map((item) => ({ ...item, prints: [] }));
  return {
    ...plan,
    bookings: bare(plan.bookings),
    citations: bare(plan.citations),
    priors: bare(plan.priors),
  };
}

/**
 * Writes a synthetic county below `folder`: three courts' drops, the jail's, police's and record system's feeds
 * with their prints, and returns the truth. The same options write the same bytes. No person or print in it is real.
 */
export async function writeCounty(
  folder: string,
  options: CountyOptions & { readonly threads: number; readonly prints?: boolean },
  onProgress?: (done: number, of: number) => void,
): Promise<CountyPlan> {
  const drawn = planCounty(options);
  const plan = options.prints === false ? withoutPrints(drawn) : drawn;
  for (const drop of Object.values(DROPS)) mkdirSync(join(folder, drop, 'prints'), { recursive: true });
  if (options.prints !== false) {
    await drawPrints(
      options.seed,
      [
        { folder: join(folder, DROPS.jail), prints: plan.bookings.flatMap((b) => b.prints) },
        { folder: join(folder, DROPS.police), prints: plan.citations.flatMap((b) => b.prints) },
        { folder: join(folder, DROPS.records), prints: plan.priors.flatMap((p) => p.prints) },
      ],
      { threads: options.threads, ...(onProgress ? { onProgress } : {}) },
    );
  }
  writeFileSync(join(folder, DROPS.jail, 'bookings.csv'), writeBookings(plan.bookings));
  writeFileSync(join(folder, DROPS.police, 'citations.csv'), writeCitations(plan.citations));
  writeFileSync(join(folder, DROPS.records, 'priors.csv'), writePriors(plan.priors));
  writeCourts(folder, plan.warrants);
  return plan;
}
