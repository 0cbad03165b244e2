import { daysBetween, localDate } from '../../clock.ts';
import { type CourtRecord, type Problem, type ReasonCode, reason, type Warrant } from '../../domain/index.ts';
import { knownSources, type SourceTally, type Store, tallyFiles, walkRecords } from '../../store/index.ts';

/** Fields a wanted-person entry lives by, with the share of records that carry them. */
const WANTED: Readonly<Record<string, (warrant: Warrant) => unknown>> = {
  number: (w) => w.number ?? w.oca,
  issuedDate: (w) => w.issuedDate,
  level: (w) => w.level?.code,
  bail: (w) => w.bail?.cents ?? w.bail?.kind?.code,
  bailKind: (w) => w.bail?.kind?.code,
  courtOri: (w) => w.courtOri,
  agencyOri: (w) => w.agencyOri,
  offence: (w) => w.offences[0],
  name: (w) => w.person.name.surname ?? w.person.name.full,
  birthDate: (w) => w.person.birthDate,
  sex: (w) => w.person.sex,
  race: (w) => w.person.race,
  height: (w) => w.person.heightInches,
  weight: (w) => w.person.weightPounds,
  eyes: (w) => w.person.eyes,
  hair: (w) => w.person.hair,
  numericIdentifier: (w) =>
    w.person.ids.ssn ?? w.person.ids.licence ?? w.person.ids.cii ?? w.person.ids.fbi ?? w.person.ids.mnu[0],
  cii: (w) => w.person.ids.cii,
  printKey: (w) => w.origin.tcn ?? w.origin.bookingNumber ?? w.origin.citationNumber,
};

export interface CodeLine {
  readonly code: ReasonCode;
  readonly errors: number;
  readonly warnings: number;
  /** Who repairs the cause. */
  readonly fix: string;
  readonly meaning: string;
}

/** How well one court's data serves, over a span of time. */
export interface Scorecard {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly files: SourceTally['files'];
  readonly refusals: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  /** Records that could be judged: everything but sealed ones and evidence. */
  readonly judged: number;
  /** Share of records carrying each field, 0-1, worst first. */
  readonly completeness: readonly { readonly field: string; readonly share: number }[];
  /** Problems by code, most frequent first. */
  readonly problems: readonly CodeLine[];
  /** Days from issue to arrival: median, 9th decile, and the share over three days (NCIC: "immediately"). */
  readonly lateness: { readonly median: number; readonly p90: number; readonly overThreeDays: number } | null;
  /** Share of judged records that took effect at once. */
  readonly firstTimeRight: number;
}

const IMMEDIATELY_DAYS = 3;
const JUDGED: ReadonlySet<string> = new Set(['applied', 'quarantined', 'replaced', 'unmatched']);

/** Gathers one source's records. */
class Tally {
  judged = 0;
  right = 0;
  readonly #carried = new Map<string, number>();
  readonly #codes = new Map<ReasonCode, { errors: number; warnings: number }>();
  readonly #days: number[] = [];

  add(record: CourtRecord, problems: readonly Problem[], state: string, arrived: string): void {
    this.judged += 1;
    if (state === 'applied') this.right += 1;
    for (const [field, read] of Object.entries(WANTED)) {
      if (read(record.warrant) !== undefined) this.#carried.set(field, (this.#carried.get(field) ?? 0) + 1);
    }
    for (const { code, severity } of problems) {
      const line = this.#codes.get(code) ?? { errors: 0, warnings: 0 };
      line[severity === 'error' ? 'errors' : 'warnings'] += 1;
      this.#codes.set(code, line);
    }
    const { issuedDate } = record.warrant;
    if (record.event === 'issued' && issuedDate !== undefined)
      this.#days.push(Math.max(0, daysBetween(issuedDate, arrived)));
  }

  completeness(): Scorecard['completeness'] {
    return Object.keys(WANTED)
      .map((field) => ({
        field,
        share: this.judged === 0 ? 0 : (this.#carried.get(field) ?? 0) / this.judged,
      }))
      .sort((a, b) => a.share - b.share);
  }

  problems(): CodeLine[] {
    return [...this.#codes]
      .map(([code, line]) => ({ code, ...line, fix: reason(code).fix, meaning: reason(code).meaning }))
      .sort((a, b) => b.errors - a.errors || b.warnings - a.warnings);
  }

  lateness(): Scorecard['lateness'] {
    if (this.#days.length === 0) return null;
    const days = [...this.#days].sort((a, b) => a - b);
    const at = (share: number) => days[Math.min(days.length - 1, Math.floor(days.length * share))]!;
    const over = days.filter((d) => d > IMMEDIATELY_DAYS).length;
    return { median: at(0.5), p90: at(0.9), overThreeDays: over / days.length };
  }
}

/**
 * The scorecard of one court source for files received in [from, to).
 * @param from @param to ISO instants
 */
export async function scorecard(
  store: Store,
  source: string,
  from: string,
  to: string,
  zone: string,
): Promise<Scorecard> {
  const files = await tallyFiles(store.db, source, from, to);
  const tally = new Tally();
  for await (const row of walkRecords(store.db, source, from, to)) {
    if (!JUDGED.has(row.state)) continue;
    const arrived = localDate(new Date(row.created_at), zone);
    tally.add(
      JSON.parse(row.canonical) as CourtRecord,
      JSON.parse(row.problems) as Problem[],
      row.state,
      arrived,
    );
  }
  return {
    source,
    from,
    to,
    files: files.files,
    refusals: files.refusals,
    counts: files.counts,
    judged: tally.judged,
    completeness: tally.completeness(),
    problems: tally.problems(),
    lateness: tally.lateness(),
    firstTimeRight: tally.judged === 0 ? 0 : tally.right / tally.judged,
  };
}

/** One scorecard for each source that ever sent a file, worst first. */
export async function scorecards(store: Store, from: string, to: string, zone: string): Promise<Scorecard[]> {
  const cards: Scorecard[] = [];
  for (const source of await knownSources(store.db))
    cards.push(await scorecard(store, source, from, to, zone));
  return cards
    .filter((card) => card.files.done + card.files.refused > 0)
    .sort((a, b) => a.firstTimeRight - b.firstTimeRight);
}
