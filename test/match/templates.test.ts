import { expect, it } from 'vitest';
import { QUALITY_GOOD } from '../../src/match/parameters.ts';
import { ALGORITHM_VERSION, decodeTemplate, resize } from '../../src/match/print/index.ts';
import { TemplateMaker } from '../../src/match/templates.ts';
import { addPrint, getPrint, type Store, setTemplate } from '../../src/store/index.ts';
import { drawImpression, drawMaster, toPng } from '../../src/synth/prints/index.ts';
import { openTestStore } from '../support/store.ts';

/** A stored print whose template an older version of the extraction made, or whose picture is none. */
async function storeOld(store: Store, picture: Buffer, problem?: string): Promise<string> {
  const image = store.blobs.put(picture);
  return store.transaction('test', async (unit) => {
    const id = await addPrint(unit, {
      ownerKind: 'prior',
      ownerId: 'r_1',
      purpose: 'prior-record',
      finger: 1,
      impression: 0,
      imageSha256: image,
      imageFormat: 'png',
      width: 200,
      height: 200,
      ppi: 500,
    });
    await setTemplate(unit, id, {
      quality: 77,
      templateSha256: store.blobs.put(Buffer.from('what version 1 wrote')),
      templateVersion: '1',
      ...(problem && { problem }),
    });
    return id;
  });
}

it('makes templates of an older version anew from the stored picture, once', async () => {
  const { store } = await openTestStore();
  const print = drawImpression(drawMaster('old-template'), 1, { width: 240, height: 260 });
  const id = await storeOld(store, Buffer.from(await toPng(print)));
  const maker = new TemplateMaker(store, 1);
  try {
    const [ready] = await maker.ready([(await getPrint(store.db, id))!]);
    expect(ready!.template.template.version).toBe(ALGORITHM_VERSION);
    const row = (await getPrint(store.db, id))!;
    expect(row.template_version).toBe(String(ALGORITHM_VERSION));
    expect(row.quality).toBe(ready!.quality);
    expect(decodeTemplate(store.blobs.get(row.template_sha256!)).minutiae.length).toBeGreaterThan(5);
    await maker.ensure([row]);
    expect(await getPrint(store.db, id)).toEqual(row);
  } finally {
    await maker.close();
  }
});

it('keeps no template of an older version where the picture cannot be read any more', async () => {
  const { store } = await openTestStore();
  const id = await storeOld(store, Buffer.from('no picture'));
  const maker = new TemplateMaker(store, 1);
  try {
    expect(await maker.ready([(await getPrint(store.db, id))!])).toEqual([]);
    const row = (await getPrint(store.db, id))!;
    expect(row.template_sha256).toBeNull();
    expect(row.problem).toMatch(/^PRINT-/);
  } finally {
    await maker.close();
  }
});

it('counts a print as poor whose ridges show another resolution than it states, also when it is indexed later', async () => {
  const { store } = await openTestStore();
  const print = drawImpression(drawMaster('doubled'), 1, { width: 300, height: 340 });
  const doubled = resize(print, 600, 680, 500);
  const id = await storeOld(store, Buffer.from(await toPng(doubled)));
  const maker = new TemplateMaker(store, 1);
  try {
    await maker.ready([(await getPrint(store.db, id))!]);
    const { quality } = (await getPrint(store.db, id))!;
    expect(quality).toBeLessThan(QUALITY_GOOD);
    await store.transaction('test', async ({ trx }) => {
      await trx('print_index').delete();
    });
    await maker.ensureGallery();
    expect((await getPrint(store.db, id))!.quality).toBe(quality);
  } finally {
    await maker.close();
  }
});
