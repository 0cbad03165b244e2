import { beforeAll, describe, expect, it } from 'vitest';
import {
  compare,
  encodeTemplate,
  examine,
  type GreyImage,
  prepare,
  type Template,
} from '../../../src/match/print/index.ts';
import { indexEntry } from '../../../src/match/print/search/entry.ts';
import { buildShard } from '../../../src/match/print/search/index.ts';
import { propose } from '../../../src/match/print/search/search.ts';
import { drawImpression, drawMaster } from '../../../src/synth/prints/index.ts';
import { digest } from '../../synth/prints/support.ts';
import { drawFingers } from './search/prints.ts';

/**
 * Digests of what a print gives, made on an x86-64 machine. A machine on which one differs would give other scores. A
 * change of the extraction, the comparison or the index that is meant changes them too, and asks for a new
 * `ALGORITHM_VERSION` or `INDEX_VERSION` and a new calibration.
 */
const GOLDEN = {
  templates: 'b4f48320a7776a15',
  flow: 'e9ad076671e67465',
  scores: '2c787f6b7c6de9a2',
  entries: 'b49971f015652b8e',
  proposed: '2eba6443ddab62d2',
} as const;

const FINGERS = ['golden', 'golden-2', 'golden-3'];
let images: GreyImage[];
let templates: Template[];

function numbers(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

beforeAll(() => {
  images = FINGERS.flatMap((seed) => {
    const master = drawMaster(seed);
    return ['a', 'b'].map((touch) => drawImpression(master, touch, { width: 300, height: 340 }));
  });
  templates = images.map((image) => examine(image).template);
});

describe('The same print on every machine', () => {
  it('gives the same template', () => {
    expect(digest(joined(templates.map(encodeTemplate)))).toBe(GOLDEN.templates);
  });

  it('has the same cores and deltas', () => {
    const points = images.flatMap((image) => examine(image).singularPoints);
    expect(digest(numbers(points.flatMap((point) => [point.x, point.y])))).toBe(GOLDEN.flow);
  });

  it('has the same score with every other, to the last bit', () => {
    const ready = templates.map((template) => prepare(template));
    const scores = ready.flatMap((a) => ready.map((b) => compare(a, b).score));
    expect(digest(numbers(scores))).toBe(GOLDEN.scores);
  });

  it('has the same index entry, and a search hands on the same candidates in the same order', () => {
    expect(digest(joined(templates.map(indexEntry)))).toBe(GOLDEN.entries);
    const fingers = drawFingers(40, 'every-machine');
    const shard = buildShard(fingers.map(({ enrolled }, i) => ({ id: `${i}`, template: enrolled })));
    const proposed = fingers.flatMap(({ later }) => [...propose(shard, later, 10)]);
    expect(digest(numbers(proposed))).toBe(GOLDEN.proposed);
  });
});
