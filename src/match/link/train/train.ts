import type { Candidates } from '../block/candidates.ts';
import type { PassIndex } from '../block/index-pass.ts';
import { presumedBy } from '../block/passes.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { FieldSpec } from '../compare/fields.ts';
import { fieldModel } from '../model/start.ts';
import type { FieldModel, LinkModel } from '../model/types.ts';
import * as P from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { type Chances, type EmResult, estimate, type Lookalike } from './em.ts';
import { PatternCounter, type Patterns } from './patterns.ts';
import { rowsById, tallyLevels } from './random-pairs.ts';

/** The two files training looks at; the same table twice for duplicates within one. */
export interface TrainingTables {
  readonly left: RecordTable;
  readonly right: RecordTable;
  /** All passes over `right`. */
  readonly candidates: Candidates;
  readonly comparer: Comparer;
}

type Tallies = readonly (readonly number[])[];

/** What one pass taught. */
interface Lesson {
  readonly pass: string;
  readonly presumed: ReadonlySet<number>;
  readonly result: EmResult;
  readonly truePairs: number;
}

/** The same rows in an order without order: a prime step through them, so that a part stands for the whole. */
function* scattered(rows: readonly number[]): Generator<number> {
  const step = rows.length % P.SCATTER_STEP === 0 ? 1 : P.SCATTER_STEP;
  for (let k = 0; k < rows.length; k += 1) yield rows[(k * step) % rows.length] as number;
}

/** Vectors of the pairs of one pass, with the fields it presumes hidden. */
function gather(
  index: PassIndex,
  tables: TrainingTables,
  presumed: ReadonlySet<number>,
): Patterns & { total: number } {
  const { left, right, comparer } = tables;
  const counter = new PatternCounter(comparer.fields.map((field) => field.levels.length));
  const comparison = comparer.blank();
  const met = new Set<number>();
  for (const i of scattered(rowsById(left))) {
    if (counter.total >= P.TRAINING_PAIRS) break;
    met.clear();
    index.pass.keys(left, i, (key) => {
      const bucket = index.bucket(key);
      if (bucket.length > P.BUCKET_LIMIT) return;
      for (const j of bucket) {
        if (met.has(j) || (left === right && j <= i)) continue;
        met.add(j);
        counter.add(comparer.compare(left, i, right, j, comparison).levels, presumed);
      }
    });
  }
  return { ...counter.patterns(), total: counter.total };
}

/** One pass with its vectors; gathered once, weighed twice. */
interface Reader {
  readonly pass: string;
  readonly presumed: ReadonlySet<number>;
  readonly patterns: Patterns & { readonly total: number };
}

function reader(index: PassIndex, tables: TrainingTables): Reader {
  const presumed = new Set(presumedBy(index.pass, tables.comparer.fields));
  return { pass: index.pass.name, presumed, patterns: gather(index, tables, presumed) };
}

/** Relatives, and other events of the same person, as they are met among pairs that agree on `presumed`. */
function lookalikes(
  fields: readonly FieldSpec[],
  presumed: ReadonlySet<number>,
  model: LinkModel,
): readonly Lookalike[] {
  const { coverage, relatives, otherEvents } = model.prior;
  const met = (shared: readonly number[], expected: number): Lookalike => ({
    shared,
    ratio: [...presumed].reduce((ratio, f) => ratio * (shared[f] as number), expected / coverage),
  });
  const related = fields.map((spec) => fieldModel(model, spec).shared);
  const samePerson = fields.map((spec) => (spec.about === 'event' ? 0 : 1));
  return [met(related, relatives), met(samePerson, otherEvents)];
}

function learnFrom(
  { pass, presumed, patterns }: Reader,
  tables: TrainingTables,
  model: LinkModel,
  u: Chances,
): Lesson {
  const { fields } = tables.comparer;
  const result = estimate(patterns, {
    startM: fields.map((spec) => fieldModel(model, spec).m),
    startU: u,
    startShare: P.START_SHARE,
    learnU: false,
    priorPairs: P.M_PRIOR,
    settled: P.TRAINING_SETTLED,
    lookalikes: lookalikes(fields, presumed, model),
  });
  return { pass, presumed, result, truePairs: result.share * patterns.total };
}

/** m of a field: the passes that do not presume it, each by the true pairs it saw the field in. */
function learnedM(f: number, lessons: readonly Lesson[]): readonly number[] | undefined {
  const taught = lessons.filter(
    (lesson) => !lesson.presumed.has(f) && (lesson.result.seen[f] ?? 0) >= P.LEAST_TRUE_PAIRS,
  );
  const total = taught.reduce((sum, lesson) => sum + (lesson.result.seen[f] as number), 0);
  if (total === 0) return undefined;
  const levels = (taught[0] as Lesson).result.m[f] as readonly number[];
  return levels.map((_, l) =>
    taught.reduce(
      (sum, { result }) =>
        sum + ((result.seen[f] as number) * ((result.m[f] as readonly number[])[l] as number)) / total,
      0,
    ),
  );
}

/** Relatives expected of a record: the start's figure, moved as far as the passes moved theirs and are believed. */
function learnedRelatives(start: LinkModel, lessons: readonly Lesson[], doubt: number): number {
  const moved = lessons.flatMap(({ result, truePairs }) => {
    const { ratio, believed = ratio } = result.lookalikes[0] ?? { ratio: 0 };
    return ratio > 0 && believed > 0 ? [{ truePairs, by: Math.log(ratio / believed) }] : [];
  });
  const total = moved.reduce((sum, one) => sum + one.truePairs, 0);
  const mean = moved.reduce((sum, one) => sum + (one.by * one.truePairs) / Math.max(1, total), 0);
  return start.prior.relatives * Math.exp(mean * (1 - doubt));
}

/** Level shares among random pairs, with the true pairs among them (`share`) taken out again. */
function learnedU(
  tallies: readonly (readonly number[])[],
  start: Chances,
  m: Chances,
  share: number,
): Chances {
  return tallies.map((tally, f) => {
    const total = tally.reduce((a, b) => a + b, 0);
    const origin = start[f] as readonly number[];
    const own = m[f] as readonly number[];
    const raw = tally.map((count, l) => {
      const strangers = Math.max(0, count - total * share * (own[l] as number));
      return strangers + P.U_PRIOR * (origin[l] as number);
    });
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((value) => Math.max(P.LEAST_CHANCE, value / sum));
  });
}

/**
 * u of every field. Numbers that are one person's own keep theirs: a million random pairs cannot tell 1 in a million
 * from 1 in a hundred million, and the true pairs among them would drown the answer.
 */
function chancesOfStrangers(
  fields: readonly FieldSpec[],
  tallies: Tallies,
  start: LinkModel,
  m: Chances,
  share: number,
): Chances {
  const origin = fields.map((spec) => fieldModel(start, spec).u);
  const learned = learnedU(tallies, origin, m, share);
  return learned.map((u, f) => {
    const spec = fields[f] as FieldSpec;
    return spec.frequency === 'identifier' || spec.about === 'writing' ? (origin[f] as readonly number[]) : u;
  });
}

/** The learned m with a little of the starting one: no file shows every mistake people make. */
function doubted(
  learned: readonly number[] | undefined,
  start: readonly number[],
  doubt: number,
): readonly number[] {
  return learned === undefined
    ? start
    : learned.map((m, l) => (1 - doubt) * m + doubt * (start[l] as number));
}

/** What a new model is called, and how far it is believed. */
export interface TrainingLabels {
  readonly name: string;
  /** What it was learned from, in words; no personal data. */
  readonly on: string;
  /** Share of the starting m to keep; default `M_DOUBT`. */
  readonly doubt?: number;
}

/**
 * Learns a model from unlabelled files: u from random pairs, m by expectation and maximisation over every blocking
 * pass, each pass teaching only the fields it does not presume. `start` supplies what the files cannot teach.
 */
export function train(tables: TrainingTables, start: LinkModel, labels: TrainingLabels): LinkModel {
  const { left, right, comparer, candidates } = tables;
  const startM = comparer.fields.map((spec) => fieldModel(start, spec).m);
  const { tallies, pairs } = tallyLevels(left, right, comparer);
  const possible = left === right ? (left.size * (left.size - 1)) / 2 : left.size * right.size;
  const strangers = (m: Chances, share: number) =>
    chancesOfStrangers(comparer.fields, tallies, start, m, share);
  const readers = candidates.passes.map((index) => reader(index, tables));
  let u = strangers(startM, 0);
  let m: (readonly number[] | undefined)[] = [];
  let relatives = start.prior.relatives;
  for (let round = 0; round < 2; round += 1) {
    const lessons = readers
      .map((one) => learnFrom(one, tables, start, u))
      .filter((lesson) => lesson.truePairs >= P.LEAST_TRUE_PAIRS);
    m = comparer.fields.map((_, f) => learnedM(f, lessons));
    relatives = learnedRelatives(start, lessons, labels.doubt ?? P.M_DOUBT);
    const found = lessons.reduce((most, lesson) => Math.max(most, lesson.truePairs), 0);
    u = strangers(
      startM.map((own, f) => m[f] ?? own),
      found / Math.max(1, possible),
    );
  }
  const fields = comparer.fields.map((spec, f): readonly [string, FieldModel] => [
    spec.name,
    {
      ...fieldModel(start, spec),
      m: doubted(m[f], startM[f] as readonly number[], labels.doubt ?? P.M_DOUBT),
      u: u[f] as readonly number[],
    },
  ]);
  return {
    ...start,
    name: labels.name,
    prior: { ...start.prior, relatives },
    trained: {
      on: labels.on,
      leftRecords: left.size,
      rightRecords: right.size,
      randomPairs: pairs,
      learned: comparer.fields.filter((_, f) => m[f] !== undefined).map((spec) => spec.name),
    },
    fields: { ...start.fields, ...Object.fromEntries(fields) },
  };
}
