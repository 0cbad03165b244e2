import { z } from 'zod';
import { BenchlinkError } from '../../../errors.ts';
import { FIELDS } from '../compare/fields.ts';
import { type LinkModel, MODEL_FORMAT, MODEL_VERSION } from './types.ts';

const chance = z.number().min(0).max(1);
const field = z
  .object({ levels: z.array(z.string()).min(2), m: z.array(chance), u: z.array(chance), shared: chance })
  .refine(
    (f) => f.m.length === f.levels.length && f.u.length === f.levels.length,
    'm and u need one number a level',
  );

const model = z.object({
  format: z.literal(MODEL_FORMAT),
  version: z.literal(MODEL_VERSION),
  name: z.string().min(1),
  trained: z.object({
    on: z.string(),
    leftRecords: z.number(),
    rightRecords: z.number(),
    randomPairs: z.number(),
    learned: z.array(z.string()),
  }),
  prior: z.object({
    coverage: chance,
    relatives: z.number().min(0),
    namesakes: chance,
    otherEvents: z.number().min(0),
  }),
  fields: z.record(z.string(), field),
});

/**
 * A model from its JSON. Refuses another format or version, and a field whose levels are not the ones this program
 * compares by.
 * @throws BenchlinkError `LINK_MODEL_INVALID`
 */
export function checkModel(json: unknown): LinkModel {
  const read = model.safeParse(json);
  if (!read.success) throw invalid(z.prettifyError(read.error));
  for (const spec of FIELDS) {
    const levels = read.data.fields[spec.name]?.levels;
    if (levels !== undefined && levels.join('|') !== spec.levels.join('|')) {
      throw invalid(`field "${spec.name}" has other levels than this program compares by; train it again`);
    }
  }
  return read.data;
}

function invalid(why: string): BenchlinkError {
  return new BenchlinkError('usage', 'LINK_MODEL_INVALID', `The linkage model cannot be used: ${why}`);
}
