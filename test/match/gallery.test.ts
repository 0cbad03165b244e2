import { afterEach, describe, expect, it } from 'vitest';
import type { PrintPurpose } from '../../src/domain/index.ts';
import { Gallery } from '../../src/match/gallery.ts';
import { ALGORITHM_VERSION, encodeTemplate, prepare, type Template } from '../../src/match/print/index.ts';
import { leastScoreFor } from '../../src/match/print/search/rarity.ts';
import type { ReadyPrint } from '../../src/match/print-evidence.ts';
import { TemplateMaker } from '../../src/match/templates.ts';
import { addPrint, type Store, setTemplate } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { drawFingers } from './print/search/prints.ts';

const fingers = drawFingers(12, 'prior');
const RIGHT = 1;
const LEFT = 6;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Stores a print whose picture was read before: the template is there, the index entry is not. */
async function enrol(
  store: Store,
  owner: string,
  template: Template,
  options: { finger?: number; purpose?: PrintPurpose } = {},
): Promise<string> {
  return store.transaction('test', async (unit) => {
    const id = await addPrint(unit, {
      ownerKind: 'prior',
      ownerId: owner,
      purpose: options.purpose ?? 'prior-record',
      finger: options.finger ?? RIGHT,
      impression: 0,
      imageSha256: store.blobs.put(Buffer.from(`picture of ${owner}`)),
      imageFormat: 'raw',
      width: 10,
      height: 10,
      ppi: 500,
    });
    await setTemplate(unit, id, {
      quality: 70,
      templateSha256: store.blobs.put(encodeTemplate(template)),
      templateVersion: String(ALGORITHM_VERSION),
    });
    return id;
  });
}

async function openGallery(store: Store): Promise<Gallery> {
  const templates = new TemplateMaker(store, 1);
  const gallery = new Gallery(store, 1);
  open.push(templates, gallery);
  await templates.ensureGallery();
  await gallery.load();
  return gallery;
}

function probe(template: Template, finger = RIGHT, purpose: PrintPurpose = 'booking'): ReadyPrint {
  return { id: 'probe', purpose, finger, quality: 70, template: prepare(template) };
}

describe('the gallery of prior records', () => {
  it('finds the record of the finger and says that a person must look', async () => {
    const { store } = await openTestStore();
    for (const [i, { enrolled }] of fingers.entries()) await enrol(store, `p_${i}`, enrolled);
    const gallery = await openGallery(store);
    const { hits, searched, compared } = await gallery.search(probe(fingers[3]!.later));
    expect(hits[0]).toMatchObject({ priorId: 'p_3', strong: true });
    expect(hits.filter((hit) => hit.strong)).toHaveLength(1);
    expect({ searched, compared }).toEqual({ searched: 12, compared: 12 });
  });

  it('names a record once, by its best print, and never more than are kept', async () => {
    const { store } = await openTestStore();
    for (const [i, { enrolled }] of fingers.entries()) await enrol(store, `p_${i}`, enrolled);
    await enrol(store, 'p_3', fingers[3]!.later, { finger: 11 });
    const { hits } = await (await openGallery(store)).search(probe(fingers[3]!.later));
    expect(hits.filter((hit) => hit.priorId === 'p_3')).toHaveLength(1);
    expect(hits.length).toBeLessThanOrEqual(5);
  });

  it('searches the side the print is of, and prints of an unknown finger', async () => {
    const { store } = await openTestStore();
    await enrol(store, 'p_right', fingers[0]!.enrolled);
    await enrol(store, 'p_left', fingers[1]!.enrolled, { finger: LEFT });
    await enrol(store, 'p_unknown', fingers[2]!.enrolled, { finger: 0 });
    const gallery = await openGallery(store);
    const found = async (finger: number) =>
      (await gallery.search(probe(fingers[0]!.later, finger))).hits.map((hit) => hit.priorId).sort();
    expect(await found(11)).toEqual(['p_right', 'p_unknown']);
    expect(await found(LEFT)).toEqual(['p_left', 'p_unknown']);
    expect(await found(0)).toEqual(['p_left', 'p_right', 'p_unknown']);
  });

  it('takes up new records, and lets go of purged ones even in the middle of a run', async () => {
    const { store } = await openTestStore();
    const id = await enrol(store, 'p_0', fingers[0]!.enrolled);
    const first = await openGallery(store);
    await enrol(store, 'p_1', fingers[1]!.enrolled);
    expect((await openGallery(store)).size).toBe(2);
    await store.transaction('test', async (unit) => {
      await unit.trx('prints').where({ id }).update({ purged_at: unit.at, template_sha256: null });
    });
    expect((await first.search(probe(fingers[0]!.later))).hits).toEqual([]);
    expect((await openGallery(store)).size).toBe(1);
    expect(await store.db('print_index').pluck('print_id')).not.toContain(id);
  });

  it('holds no citation print and searches none (VC 40500(a))', async () => {
    const { store } = await openTestStore();
    await enrol(store, 'p_0', fingers[0]!.enrolled, { purpose: 'citation' });
    const gallery = await openGallery(store);
    expect(gallery.size).toBe(0);
    await expect(gallery.search(probe(fingers[0]!.later, RIGHT, 'citation'))).rejects.toMatchObject({
      code: 'PRT-PURPOSE',
    });
  });

  it('answers an empty gallery with nothing', async () => {
    const { store } = await openTestStore();
    const { hits, searched } = await (await openGallery(store)).search(probe(fingers[0]!.later));
    expect({ hits, searched }).toEqual({ hits: [], searched: 0 });
  });
});

describe('how strong a candidate must be', () => {
  it('grows with the gallery, and never falls below the measured threshold', () => {
    const least = [1, 1000, 10_000, 1_000_000].map((size) => leastScoreFor(size, 0.1));
    expect(least[0]).toBe(least[1]);
    expect(least).toEqual(least.toSorted((a, b) => a - b));
    expect(least[3]).toBeGreaterThan(least[2]!);
  });
});
