import { Candidates } from './block/candidates.ts';
import { Comparer, type Comparison } from './compare/comparer.ts';
import { contradictions } from './decide/contradictions.ts';
import { decide } from './decide/decide.ts';
import { type ExplainOptions, type Explanation, explainComparison } from './decide/explain.ts';
import type { LinkCandidate, LinkDecision, LinkOptions } from './decide/types.ts';
import { type LinkProfile, profileTable } from './drift.ts';
import type { LinkModel, LinkPrior } from './model/types.ts';
import { KEPT_ODDS, LEAST_UNMATCHED, SHOWN_CANDIDATES } from './parameters.ts';
import type { LinkRecord, LinkWarrant } from './record.ts';
import { SamePerson } from './score/compete.ts';
import { Frequencies } from './score/frequencies.ts';
import { evidenceBits, lookalikeBits, personBits, personOdds } from './score/odds.ts';
import { noEvidence } from './score/pairs.ts';
import { Weigher } from './score/weigher.ts';
import { RecordTable } from './table/record-table.ts';
import { WordBook } from './table/word-book.ts';
import { packedDate } from './text/dates.ts';

/** Bookings held ready, and warrants asked one at a time. */
export interface Linker {
  /** Takes the bookings, from anything that can be read through once; replaces those taken before. */
  index(bookings: Iterable<LinkRecord> | AsyncIterable<LinkRecord>): Promise<void>;
  /** Which booking a warrant comes from. The same bookings and warrant give the same decision. */
  link(warrant: LinkWarrant): LinkDecision;
  /** Bookings held. */
  readonly size: number;
  /** What the bookings look like, for the drift report. */
  profile(): LinkProfile;
  /** Pairs compared so far. */
  readonly compared: number;
}

/** A candidate on its way to a decision. */
interface Weighed {
  readonly row: number;
  readonly bits: number;
  readonly personOdds: number;
  readonly contradictions: readonly string[];
}

/** Everything built over one set of bookings. */
class Bookings {
  readonly table: RecordTable;
  readonly comparer: Comparer;
  readonly weigher: Weigher;
  readonly candidates: Candidates;
  readonly samePerson: SamePerson;
  readonly scratch: RecordTable;

  constructor(table: RecordTable, model: LinkModel, prior: LinkPrior) {
    const others = [...table.other.keys()].sort();
    this.table = table;
    this.comparer = new Comparer(table.words, others);
    const frequencies = new Frequencies(table, this.comparer.fields, model, 1);
    this.weigher = new Weigher(model, this.comparer.fields, frequencies);
    this.candidates = new Candidates(table, others);
    this.samePerson = new SamePerson(table, { comparer: this.comparer, weigher: this.weigher, prior });
    this.scratch = new RecordTable(table.words);
  }
}

class TableLinker implements Linker {
  private readonly model: LinkModel;
  private readonly options: LinkOptions;
  private readonly prior: LinkPrior;
  private held: Bookings;
  compared = 0;

  constructor(model: LinkModel, options: LinkOptions) {
    this.model = model;
    this.options = options;
    this.prior = { ...model.prior, coverage: options.coverage ?? model.prior.coverage };
    this.held = new Bookings(new RecordTable(new WordBook()), model, this.prior);
  }

  get size(): number {
    return this.held.table.size;
  }

  async index(bookings: Iterable<LinkRecord> | AsyncIterable<LinkRecord>): Promise<void> {
    const table = new RecordTable(new WordBook());
    for await (const booking of bookings) table.add(booking);
    this.held = new Bookings(table, this.model, this.prior);
  }

  profile(): LinkProfile {
    return profileTable(this.held.table);
  }

  link(warrant: LinkWarrant): LinkDecision {
    const held = this.held;
    const { weighed, incomplete, later, empty } = this.weighAll(held, warrant);
    const priorOdds = this.priorOdds(held);
    const against = weighed.reduce((sum, one) => sum + priorOdds * 2 ** one.bits, 1);
    const all = weighed.slice(0, SHOWN_CANDIDATES).map((one) => candidateOf(held, one, priorOdds, against));
    const twice = (row: number) => this.sameBooking(held, weighed[0]?.row ?? row, row);
    const rival = weighed.findIndex((one, k) => k > 0 && !twice(one.row));
    const runnerUp = rival < 0 ? undefined : candidateOf(held, weighed[rival] as Weighed, priorOdds, against);
    const first = bestOf(held, all, weighed, twice, priorOdds, against);
    const candidates = first === undefined ? [] : [first, ...all.slice(1)];
    const verdict = decide(candidates, { empty, incomplete, later, runnerUp }, this.options);
    return {
      ...verdict,
      probability: first?.probability ?? 0,
      candidates,
      later,
      explain: (options) => this.explain(held, warrant, candidates, weighed, options),
    };
  }

  /** Odds of any one booking before anything is compared: its share of the coverage against no booking at all. */
  private priorOdds(held: Bookings): number {
    const { coverage } = this.prior;
    return coverage / Math.max(1, held.table.size) / Math.max(LEAST_UNMATCHED, 1 - coverage);
  }

  /** Candidates that could be the origin, likeliest first; equals by id, so that the order of bookings says nothing. */
  private weighAll(held: Bookings, warrant: LinkWarrant) {
    const { scratch, table, comparer, weigher } = held;
    scratch.put(0, warrant);
    const { rows, incomplete } = held.candidates.of(scratch, 0);
    const missed = packedDate(warrant.failureToAppearDate);
    const comparison = comparer.blank();
    const evidence = noEvidence();
    const priorOdds = this.priorOdds(held);
    const least = Math.log2(KEPT_ODDS * table.size);
    const weighed: Weighed[] = [];
    let later = 0;
    for (const row of rows) {
      comparer.comparePeople(scratch, 0, table, row, comparison);
      weigher.weigh(comparison, evidence);
      const same = personBits(evidence, this.prior, table.size);
      if (same < least) continue;
      if (missed !== 0 && table.arrest.at(row) > missed) {
        if (2 ** same * priorOdds >= 1) later += 1;
        continue;
      }
      weigher.weigh(comparer.compareEvents(scratch, 0, table, row, comparison), evidence);
      const bits = evidenceBits(evidence, this.prior, table.size);
      const person = personOdds(evidence, this.prior, table.size, priorOdds * table.size);
      weighed.push({ row, bits, personOdds: person, contradictions: contradictions(comparison) });
    }
    this.compared += rows.length;
    weighed.sort(
      (a, b) => b.bits - a.bits || ((table.ids[a.row] as string) < (table.ids[b.row] as string) ? -1 : 1),
    );
    return { weighed, incomplete, later, empty: comparesNothing(scratch) };
  }

  /** One booking entered twice: the same person, day, offence and agency. Prints of either are the right ones. */
  private sameBooking({ table, samePerson }: Bookings, a: number, b: number): boolean {
    if (a === b) return true;
    if (table.arrest.at(a) === 0) return false;
    const alike = [table.arrest, table.offense, table.agency].every(
      (column) => column.at(a) === column.at(b),
    );
    return alike && samePerson.is(a, b);
  }

  private explain(
    held: Bookings,
    warrant: LinkWarrant,
    candidates: readonly LinkCandidate[],
    weighed: readonly Weighed[],
    options: ExplainOptions & { readonly candidate?: string } = {},
  ): Explanation {
    const chosen = candidates.find((one) => one.id === options.candidate) ?? candidates[0];
    const j = weighed.find((one) => held.table.ids[one.row] === chosen?.id)?.row;
    if (chosen === undefined || j === undefined) {
      const sentence = 'No booking shares enough with this warrant to be worth comparing.';
      return { leftId: warrant.id, rightId: '', rows: [], probability: 0, sentence };
    }
    const { scratch, table, comparer, weigher } = held;
    scratch.put(0, warrant);
    const comparison: Comparison = comparer.compare(scratch, 0, table, j, comparer.blank());
    const evidence = weigher.weigh(comparison, noEvidence());
    return explainComparison(
      { left: scratch, i: 0, right: table, j },
      comparison,
      weigher,
      {
        prior: Math.log2(this.priorOdds(held)),
        lookalikes: lookalikeBits(evidence, this.prior, table.size),
        probability: chosen.probability,
      },
      options,
    );
  }
}

function candidateOf(held: Bookings, one: Weighed, priorOdds: number, against: number): LinkCandidate {
  return {
    id: held.table.ids[one.row] as string,
    probability: (priorOdds * 2 ** one.bits) / against,
    personProbability: one.personOdds / (1 + one.personOdds),
    weight: one.bits,
    contradictions: one.contradictions,
  };
}

/** The best candidate, with the probability of its doubles added: they are one booking. */
function bestOf(
  held: Bookings,
  all: readonly LinkCandidate[],
  weighed: readonly Weighed[],
  twice: (row: number) => boolean,
  priorOdds: number,
  against: number,
): LinkCandidate | undefined {
  const best = all[0];
  if (best === undefined) return undefined;
  const doubles = weighed.slice(1).filter((one) => twice(one.row));
  const more = doubles.reduce((sum, one) => sum + candidateOf(held, one, priorOdds, against).probability, 0);
  return { ...best, probability: Math.min(1, best.probability + more) };
}

/** No name, no birth date, no number: nothing to link by. */
function comparesNothing(table: RecordTable): boolean {
  const words = table.given.at(0) + table.surname.at(0) + table.dob.at(0);
  return (
    words === 0 &&
    [table.ssn, table.oln, table.cii, table.fbi, table.phone].every((column) => column.at(0) === 0)
  );
}

/** A linker by a model. */
export function createLinker(model: LinkModel, options: LinkOptions = {}): Linker {
  return new TableLinker(model, options);
}
