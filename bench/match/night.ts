/**
 * The searches of a night: npm run bench -- match-night [--priors N] [--distinct N] [--warrants N] [--store DIR]
 *
 * Fills a store with drawn prior-record prints (or takes the one filled before; beyond `distinct`, index entries are
 * recombined and templates used again), loads the gallery as the match stage does, and searches it for the
 * prints of as many warrants, half of whose fingers are among the priors.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Piscina } from 'piscina';
import { systemClock } from '../../src/clock.ts';
import { Gallery } from '../../src/match/gallery.ts';
import { mapSome } from '../../src/match/map-some.ts';
import { ALGORITHM_VERSION, INDEX_VERSION, prepare } from '../../src/match/print/index.ts';
import { addPrint, Store, setIndexEntry, setTemplate, sha256 } from '../../src/store/index.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';
import { recombined } from '../prints/recombine.ts';
import type { DrawnPrior } from './draw-worker.ts';

const SERIES = 'night';
const BATCH = 500;
const THREADS = availableParallelism();

async function enrolBatch(store: Store, from: number, drawn: readonly DrawnPrior[]): Promise<void> {
  await store.transaction('bench', async (unit) => {
    for (const [k, { template, entry }] of drawn.entries()) {
      const templateSha256 = store.blobs.put(template);
      const id = await addPrint(unit, {
        ownerKind: 'prior',
        ownerId: `p_${from + k}`,
        purpose: 'prior-record',
        finger: 1,
        impression: 0,
        imageSha256: sha256(`picture ${from + k}`),
        imageFormat: 'wsq',
        width: 400,
        height: 400,
        ppi: 500,
      });
      await setTemplate(unit, id, {
        quality: 60,
        templateSha256,
        templateVersion: String(ALGORITHM_VERSION),
      });
      await setIndexEntry(unit, id, { version: INDEX_VERSION, entry });
    }
  });
}

async function drawDistinct(count: number): Promise<DrawnPrior[]> {
  const pool = new Piscina<{ series: string; from: number; to: number }, DrawnPrior[]>({
    filename: new URL('./draw-worker.ts', import.meta.url).href,
    maxThreads: THREADS,
  });
  const starts = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => i * BATCH);
  const drawn = await mapSome(starts, THREADS, (from) =>
    pool.run({ series: SERIES, from, to: Math.min(count, from + BATCH) }),
  );
  await pool.destroy();
  return drawn.flat();
}

async function fill(store: Store, count: number, distinct: number): Promise<void> {
  const drawn = await drawDistinct(distinct);
  const entries = drawn.map(({ entry }) => entry);
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, k) => {
      const i = from + k;
      return i < distinct
        ? drawn[i]!
        : { template: drawn[i % distinct]!.template, entry: recombined(i, entries) };
    });
    await enrolBatch(store, from, batch);
  }
}

/** Probe i: a later print of prior 2 i, or of a finger nobody enrolled. */
function probeOf(i: number) {
  const enrolled = i % 2 === 0;
  const finger = drawSparseFinger(enrolled ? `${SERIES}-${i * 7}` : `stranger-${i}`);
  const template = prepare(drawTemplate(finger, 'later'));
  return { id: `probe-${i}`, purpose: 'booking' as const, finger: 1, quality: 60, template, enrolled };
}

const megabytes = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);

async function measure(store: Store, warrants: number, distinct: number): Promise<void> {
  const gallery = new Gallery(store, THREADS);
  const before = megabytes();
  let started = performance.now();
  await gallery.load();
  const loaded = performance.now() - started;
  console.log(
    `gallery of ${gallery.size} prints loaded in ${(loaded / 1000).toFixed(1)} s; memory ${before} to ${megabytes()} MB`,
  );
  const probes = Array.from({ length: warrants }, (_, i) => probeOf(i));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 100);
  const processor = process.cpuUsage();
  started = performance.now();
  const found = await mapSome(probes, 2 * THREADS, (probe) => gallery.search(probe));
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(processor);
  clearInterval(watch);
  // Priors beyond the distinct ones carry the templates of the first again: they are the same finger.
  const isOwn = (i: number, priorId: string): boolean =>
    Number(priorId.slice(2)) % distinct === (i * 7) % distinct;
  const enrolled = probes.flatMap((probe, i) => (probe.enrolled ? [i] : []));
  const first = enrolled.filter((i) => isOwn(i, found[i]!.hits[0]?.priorId ?? '')).length;
  const strong = enrolled.filter((i) => found[i]!.hits.some((h) => h.strong && isOwn(i, h.priorId))).length;
  const falseStrong = found.filter(({ hits }, i) =>
    hits.some((h) => h.strong && !(probes[i]!.enrolled && isOwn(i, h.priorId))),
  ).length;
  console.log(
    `${warrants} searches in ${(took / 1000).toFixed(1)} s on ${THREADS} threads (${((user + system) / 1e6).toFixed(1)} s of processor time), ${found[0]!.compared} compared exactly each; most memory ${most} MB`,
  );
  console.log(
    `of ${enrolled.length} enrolled fingers the own record first: ${first}, and strong: ${strong}; searches with a strong stranger: ${falseStrong} of ${warrants}`,
  );
  await gallery.close();
}

/** `npm run bench -- match-night` */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      priors: { type: 'string' },
      distinct: { type: 'string' },
      warrants: { type: 'string' },
      store: { type: 'string' },
    },
  });
  const folder = values.store ?? mkdtempSync(join(tmpdir(), 'benchlink-night-'));
  const filled = existsSync(join(folder, 'benchlink.db'));
  const store = await Store.open({
    database: `sqlite:${join(folder, 'benchlink.db')}`,
    blobs: join(folder, 'blobs'),
    clock: systemClock,
  });
  try {
    console.log(`${cpus()[0]!.model}, Node ${process.version}`);
    const distinct = Number(values.distinct ?? 10_000);
    if (!filled) await fill(store, Number(values.priors ?? 100_000), distinct);
    await measure(store, Number(values.warrants ?? 1000), distinct);
  } finally {
    await store.close();
    if (!values.store) rmSync(folder, { recursive: true, force: true });
  }
}
