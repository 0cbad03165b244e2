import type { Problem, ReasonCode, Warrant, WarrantState } from '../../domain/index.ts';
import { mayMove } from '../../domain/index.ts';
import {
  changeFacts,
  factsOf,
  getHolding,
  getWarrant,
  move,
  openReview,
  openSubmission,
  type Unit,
  type WarrantRow,
  withdrawReviews,
} from '../../store/index.ts';
import { type Selection, startOf } from './select.ts';

/** One record's effect on a known warrant: facts first, then the state, in the caller's transaction. */
export class WarrantChange {
  readonly #unit: Unit;
  readonly #recordId: number | null;
  readonly #eventDate: string | undefined;
  row: WarrantRow;

  constructor(unit: Unit, row: WarrantRow, recordId: number | null, eventDate: string | undefined) {
    this.#unit = unit;
    this.row = row;
    this.#recordId = recordId;
    this.#eventDate = eventDate;
  }

  async facts(facts: Warrant, changes: readonly string[]): Promise<void> {
    if (changes.length === 0) return;
    const { id, version } = this.row;
    await changeFacts(this.#unit, {
      id,
      fromVersion: version,
      facts,
      changes,
      recordId: this.#recordId,
      ...(this.#eventDate ? { eventDate: this.#eventDate } : {}),
    });
    await this.reload();
  }

  async to(state: WarrantState, code: ReasonCode, set: Partial<WarrantRow> = {}): Promise<void> {
    const { id, state: from } = this.row;
    const record = this.#recordId === null ? {} : { record: this.#recordId };
    await move(this.#unit, { id, from, to: state, code, set, detail: record });
    await this.reload();
  }

  async reload(): Promise<void> {
    this.row = (await getWarrant(this.#unit.trx, this.row.id))!;
  }

  /** Over: open questions about it are pointless now. */
  async end(to: WarrantState, code: ReasonCode): Promise<void> {
    await withdrawReviews(this.#unit, this.row.id);
    await this.to(to, code, { court_ended_at: this.#unit.at, suspect_since: null });
  }

  /** Over by its own last day. */
  async expire(): Promise<void> {
    if (this.row.state !== 'expired') await this.end('expired', 'WAR-EXPIRED');
  }

  /** Takes changed facts round again from the check, or to where policy puts them now. */
  async again(selection: Selection): Promise<void> {
    const start = startOf(factsOf(this.row), selection);
    if (start.state === 'expired') return this.expire();
    if (mayMove(this.row.state, 'checked')) await this.to('checked', 'SYS-OK', { court_ended_at: null });
    if (start.state !== 'not-selected' || this.row.state !== 'checked') return;
    if (!(await this.#mayBeOnFile())) return this.to('not-selected', start.code);
    await this.ask(
      start.code,
      'The warrant is on file, and by its new facts the policy no longer sends it: --keep takes its record back, --stands leaves it there and goes on.',
    );
  }

  /** Whether the destination has a record of it, or may have one by a message that is not settled. */
  async #mayBeOnFile(): Promise<boolean> {
    const { id, first_sent_at: sent } = this.row;
    if (await getHolding(this.#unit.trx, id)) return true;
    return sent !== null && (await openSubmission(this.#unit.trx, id)) !== undefined;
  }

  /** Opens a question; a warrant that has not left yet waits for the answer. */
  async ask(code: ReasonCode, sentence: string): Promise<void> {
    const { id, version, state } = this.row;
    await openReview(this.#unit, { warrantId: id, version, stage: 'ingest', code, sentence });
    if (state !== 'review' && mayMove(state, 'review')) await this.to('review', code);
  }

  /** Opens a question beside whatever the warrant is doing. */
  async note(code: ReasonCode, sentence: string): Promise<void> {
    const { id, version } = this.row;
    await openReview(this.#unit, { warrantId: id, version, stage: 'ingest', code, sentence });
  }
}

/** The problems' codes in one sentence for a clerk. */
export function sentenceOf(problems: readonly Problem[]): string {
  return problems
    .map((problem) => problem.message)
    .join(' ')
    .slice(0, 500);
}
