import type { Comparison } from '../compare/comparer.ts';
import { AT, type FieldSpec } from '../compare/fields.ts';
import { fieldModel } from '../model/start.ts';
import type { FieldModel, LinkModel } from '../model/types.ts';
import { LEAST_CHANCE, NAMESAKE_SHARE } from '../parameters.ts';
import type { Frequencies } from './frequencies.ts';

/** Evidence in bits (log2 of a likelihood ratio against a stranger). */
export interface Evidence {
  /** For the same person. */
  person: number;
  /** For the same event, given the person. */
  event: number;
  /** For a near relative rather than a stranger. */
  relative: number;
  /** For a namesake rather than a stranger. */
  namesake: number;
}

/** One field's part of the evidence, for the explanation. */
export interface FieldWeight {
  readonly m: number;
  /** Of the level, before the frequency of the value. */
  readonly u: number;
  /** Chance that a stranger has this very value, where that was used. */
  readonly frequency: number | undefined;
  readonly weight: number;
}

const bits = (m: number, u: number): number =>
  Math.log2(Math.max(m, LEAST_CHANCE) / Math.max(u, LEAST_CHANCE));

/** Fields that namesakes share by being namesakes; sex goes with the given name. */
const NAMED: ReadonlySet<number> = new Set([AT.naming, AT.given, AT.surname, AT.sex]);

function relativeWeight(shared: number, weight: number): number {
  if (shared === 0 || shared === 1) return shared * weight;
  return Math.log2(shared * 2 ** weight + 1 - shared);
}

/** Weights of a field's levels, never rising from a better to a worse level and never negative for the best. */
function levelWeights(field: FieldModel): Float64Array {
  const weights = new Float64Array(field.levels.length + 1);
  for (let level = 1; level < weights.length; level += 1) {
    const own = bits(field.m[level - 1] as number, field.u[level - 1] as number);
    weights[level] = level === 1 ? Math.max(0, own) : Math.min(own, weights[level - 1] as number);
  }
  return weights;
}

/** Turns comparisons into evidence, by a model and the frequencies of one table. */
export class Weigher {
  readonly fields: readonly FieldSpec[];
  readonly model: LinkModel;
  private readonly frequencies: Frequencies | undefined;
  private readonly chances: readonly FieldModel[];
  private readonly weights: readonly Float64Array[];
  private readonly relatives: readonly Float64Array[];

  constructor(model: LinkModel, fields: readonly FieldSpec[], frequencies?: Frequencies) {
    this.model = model;
    this.fields = fields;
    this.frequencies = frequencies;
    this.chances = fields.map((spec) => fieldModel(model, spec));
    this.weights = this.chances.map(levelWeights);
    this.relatives = this.chances.map(({ shared }, at) =>
      (this.weights[at] as Float64Array).map((weight) => relativeWeight(shared, weight)),
    );
  }

  /** The evidence of a comparison, written into `out`. */
  weigh(comparison: Comparison, out: Evidence): Evidence {
    out.person = 0;
    out.event = 0;
    out.relative = 0;
    out.namesake = 0;
    for (let at = 0; at < this.fields.length; at += 1) {
      if (comparison.levels[at] === 0) continue;
      const weight = this.weightAt(at, comparison);
      const spec = this.fields[at] as FieldSpec;
      if (spec.about === 'event') {
        out.event += weight;
        continue;
      }
      out.person += weight;
      out.relative += this.relativeAt(at, comparison.levels[at] as number, weight);
      out.namesake += this.namesakeAt(at, weight);
    }
    return out;
  }

  /** The same field's evidence for a near relative: the same value with the chance `shared`, else a stranger's. */
  private relativeAt(at: number, level: number, weight: number): number {
    const usual = (this.weights[at] as Float64Array)[level];
    if (weight === usual) return (this.relatives[at] as Float64Array)[level] as number;
    return relativeWeight((this.chances[at] as FieldModel).shared, weight);
  }

  /** A namesake has the name in common for certain, and of the rest what a relative who is one would have. */
  private namesakeAt(at: number, weight: number): number {
    return relativeWeight(
      NAMED.has(at) ? 1 : (this.chances[at] as FieldModel).shared * NAMESAKE_SHARE,
      weight,
    );
  }

  /** The parts of one field's weight; `undefined` where it could not be compared. */
  explain(at: number, comparison: Comparison): FieldWeight | undefined {
    const level = comparison.levels[at] as number;
    if (level === 0) return undefined;
    const field = this.chances[at] as FieldModel;
    const frequency = this.usesFrequency(at, level)
      ? this.frequencies?.chance(at, comparison, this.fields[at] as FieldSpec)
      : undefined;
    return {
      m: field.m[level - 1] as number,
      u: field.u[level - 1] as number,
      frequency,
      weight: this.weightAt(at, comparison),
    };
  }

  private usesFrequency(at: number, level: number): boolean {
    return level === 1 || (at === AT.place && level === 2);
  }

  /** A fuzzy level never outweighs what exact agreement on the same value would have said. */
  private weightAt(at: number, comparison: Comparison): number {
    const level = comparison.levels[at] as number;
    const own = (this.weights[at] as Float64Array)[level] as number;
    if (own <= 0 && level > 1) return own;
    const chance = this.frequencies?.chance(at, comparison, this.fields[at] as FieldSpec);
    if (chance === undefined) return own;
    const m = (this.chances[at] as FieldModel).m;
    if (!this.usesFrequency(at, level)) return Math.min(own, Math.max(0, bits(m[0] as number, chance)));
    return Math.max(0, bits(m[level - 1] as number, chance));
  }
}
