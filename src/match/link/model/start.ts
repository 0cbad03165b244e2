import { FIELDS, type FieldSpec } from '../compare/fields.ts';
import { type FieldModel, type LinkModel, type LinkPrior, MODEL_FORMAT, MODEL_VERSION } from './types.ts';

/** What is expected before anything is known of a county; the synthetic county's own shares are near these. */
export const START_PRIOR: LinkPrior = { coverage: 0.85, relatives: 0.25, namesakes: 0.03, otherEvents: 0.6 };

/** The starting chances of a field. */
export function startField(spec: FieldSpec): FieldModel {
  return { levels: spec.levels, m: spec.m, u: spec.u, shared: spec.shared };
}

/** The model training starts from: round figures that order the levels, nothing learned. */
export function startModel(specs: readonly FieldSpec[] = FIELDS): LinkModel {
  return {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    name: 'start',
    trained: { on: 'nothing', leftRecords: 0, rightRecords: 0, randomPairs: 0, learned: [] },
    prior: START_PRIOR,
    fields: Object.fromEntries(specs.map((spec) => [spec.name, startField(spec)])),
  };
}

/** The model's chances for a field, or the starting ones where it has none (a column it never saw). */
export function fieldModel(model: LinkModel, spec: FieldSpec): FieldModel {
  return model.fields[spec.name] ?? startField(spec);
}
