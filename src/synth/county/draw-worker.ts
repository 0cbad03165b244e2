import { buildTransaction, buildType14Record, encodeWsq, writeAnsiNist } from '../../match/print/index.ts';
import type { GreyImage } from '../../match/print/types.ts';
import { drawImpression, drawMaster, toPng } from '../prints/index.ts';
import { createRandom } from '../random.ts';
import { COUNTY, type PlannedPrint } from './model.ts';

/** One finger and all of its planned impressions, so that its master is grown once. */
export interface DrawTask {
  readonly seed: string;
  readonly prints: readonly PlannedPrint[];
}

export interface DrawnPrint {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Paper with a touch of dirt: a print that cannot be compared. */
function blank(seed: string): GreyImage {
  const random = createRandom(seed);
  const [width, height] = [388, 420];
  return {
    width,
    height,
    ppi: 500,
    data: Uint8Array.from({ length: width * height }, () => 248 + random.int(0, 6)),
  };
}

function ansiNist(image: GreyImage, print: PlannedPrint): Uint8Array {
  const { width, height, ppi } = image;
  const record = buildType14Record(encodeWsq(image), {
    idc: 1,
    fgp: print.finger,
    imp: 1,
    width,
    height,
    ppi,
    compression: 'wsq',
    source: COUNTY.sheriffOri,
    captureDate: '20260101',
  });
  const file = buildTransaction({
    version: '0500',
    transactionType: 'AMN',
    date: '20260101',
    destination: COUNTY.sheriffOri,
    origin: COUNTY.sheriffOri,
    controlNumber: print.file.replace(/\W/g, '').slice(0, 40),
    type2: new Map(),
    images: [record],
  });
  return writeAnsiNist(file);
}

async function encode(image: GreyImage, print: PlannedPrint): Promise<Uint8Array> {
  switch (print.format) {
    case 'png':
      return toPng(image);
    case 'wsq':
      return encodeWsq(image);
    case 'an2':
      return ansiNist(image, print);
  }
}

/** Draws the impressions of one finger; runs in a worker thread. Same task, same bytes. */
export default async function draw(task: DrawTask): Promise<DrawnPrint[]> {
  const first = task.prints[0];
  if (!first) return [];
  const living = task.prints.some((print) => print.kind !== 'blank');
  const master = living ? drawMaster(`${task.seed}/${first.personId}/${first.finger}`) : undefined;
  const drawn: DrawnPrint[] = [];
  for (const print of task.prints) {
    const seed = `${task.seed}/${print.file}`;
    const image =
      print.kind === 'blank' || !master
        ? blank(seed)
        : drawImpression(master, seed, { kind: print.kind, quality: 0.75 });
    drawn.push({ file: print.file, bytes: await encode(image, print) });
  }
  return drawn;
}
