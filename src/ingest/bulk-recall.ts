import { createHash } from 'node:crypto';
import { sameSigner, type WarrantState } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  type BulkCandidate,
  type BulkRecallRow,
  byNumbers,
  countBulkItems,
  getBulkRecall,
  insertBulkItems,
  insertBulkRecall,
  moveBulkRecall,
  pageByRule,
  type Store,
  type WarrantRule,
} from '../store/index.ts';
import { BATCH_RECORDS, BULK_MOST } from './parameters.ts';

/** What an authorised bulk recall names: a list of numbers, or a rule. */
export type BulkSelection =
  | { readonly kind: 'numbers'; readonly numbers: readonly string[]; readonly source?: string }
  | { readonly kind: 'rule'; readonly rule: WarrantRule };

export interface BulkPreview {
  /** Live warrants that would be recalled. */
  readonly total: number;
  readonly byState: Partial<Record<WarrantState, number>>;
  /** Of these, how many were sent, so that a cancellation will follow. */
  readonly sent: number;
  /** Numbers of the list that name no warrant, and those that name more than one. */
  readonly unknown: readonly string[];
  readonly ambiguous: readonly string[];
  /** Named but over already. */
  readonly over: number;
}

const OVER: readonly WarrantState[] = ['recalled', 'served', 'expired', 'superseded'];

interface Chosen {
  readonly ids: string[];
  readonly preview: BulkPreview;
}

class Choice {
  readonly ids: string[] = [];
  readonly #seen = new Set<string>();
  readonly #byState: Partial<Record<WarrantState, number>> = {};
  #sent = 0;
  #over = 0;
  readonly unknown: string[] = [];
  readonly ambiguous: string[] = [];

  add(row: BulkCandidate): void {
    if (this.#seen.has(row.id)) return;
    this.#seen.add(row.id);
    if (OVER.includes(row.state)) {
      this.#over += 1;
      return;
    }
    this.ids.push(row.id);
    this.#byState[row.state] = (this.#byState[row.state] ?? 0) + 1;
    if (row.first_sent_at !== null) this.#sent += 1;
  }

  chosen(): Chosen {
    const { ids, unknown, ambiguous } = this;
    const preview = {
      total: ids.length,
      byState: this.#byState,
      sent: this.#sent,
      unknown,
      ambiguous,
      over: this.#over,
    };
    return { ids, preview };
  }
}

/** Which of a page's numbers each warrant answers to. */
function names(row: BulkCandidate): (string | null)[] {
  return [row.id, row.number, row.oca];
}

async function chooseNumbers(
  store: Store,
  selection: Extract<BulkSelection, { kind: 'numbers' }>,
  choice: Choice,
): Promise<void> {
  const numbers = [...new Set(selection.numbers.map((text) => text.trim()).filter((text) => text !== ''))];
  for (let i = 0; i < numbers.length; i += BATCH_RECORDS) {
    const part = numbers.slice(i, i + BATCH_RECORDS);
    const rows = await byNumbers(store.db, part, selection.source);
    const byName = new Map<string, BulkCandidate[]>();
    for (const row of rows) {
      for (const name of new Set(names(row))) {
        if (name !== null) byName.set(name, [...(byName.get(name) ?? []), row]);
      }
    }
    for (const number of part) {
      const found = byName.get(number) ?? [];
      if (found.length === 1) choice.add(found[0]!);
      else (found.length === 0 ? choice.unknown : choice.ambiguous).push(number);
    }
  }
}

async function chooseRule(store: Store, rule: WarrantRule, choice: Choice): Promise<void> {
  if (Object.values(rule).every((part) => part === undefined)) {
    throw new BenchlinkError(
      'usage',
      'BULK-RULE',
      'The rule is empty: it would recall every warrant there is.',
    );
  }
  let after = '';
  for (;;) {
    const page = await pageByRule(store.db, rule, after, BATCH_RECORDS);
    for (const row of page) choice.add(row);
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function choose(store: Store, selection: BulkSelection): Promise<Chosen> {
  const choice = new Choice();
  if (selection.kind === 'numbers') await chooseNumbers(store, selection, choice);
  else await chooseRule(store, selection.rule, choice);
  return choice.chosen();
}

/** What a bulk recall would do, touching nothing. */
export async function previewBulkRecall(store: Store, selection: BulkSelection): Promise<BulkPreview> {
  return (await choose(store, selection)).preview;
}

export interface BulkProposal {
  readonly title: string;
  /** The order or minute that allows it, e.g. `Standing order 26-14`. */
  readonly authority: string;
  readonly selection: BulkSelection;
  /** Warrants recalled in a minute at most; each one sent becomes a cancellation on the wire. */
  readonly perMinute: number;
}

/**
 * Proposes a bulk recall: the warrants it names are fixed now, so that what is approved is what was seen.
 * A number that names several warrants is left out and told.
 * @throws BenchlinkError BULK-RULE, BULK-EMPTY, BULK-MOST
 */
export async function proposeBulkRecall(
  store: Store,
  actor: string,
  proposal: BulkProposal,
): Promise<{ id: string; preview: BulkPreview }> {
  const { ids, preview } = await choose(store, proposal.selection);
  if (ids.length === 0)
    throw new BenchlinkError('usage', 'BULK-EMPTY', 'The selection names no live warrant.');
  if (ids.length > BULK_MOST) {
    throw new BenchlinkError(
      'usage',
      'BULK-MOST',
      `The selection names ${ids.length} warrants; at most ${BULK_MOST} go in one.`,
    );
  }
  const at = store.clock.now().toISOString();
  const selection = JSON.stringify(proposal.selection);
  const id = `bulk_${createHash('sha256').update(`${at} ${actor} ${selection}`).digest('hex').slice(0, 16)}`;
  await store.transaction(actor, async (unit) => {
    await insertBulkRecall(unit, {
      id,
      title: proposal.title,
      authority: proposal.authority,
      selection,
      state: 'proposed',
      proposed_by: actor,
      proposed_at: unit.at,
      approved_by: null,
      approved_at: null,
      finished_at: null,
      total: ids.length,
      per_minute: Math.max(1, Math.floor(proposal.perMinute)),
    });
    await insertBulkItems(unit, id, 1, ids);
  });
  return { id, preview };
}

async function must(store: Store, id: string): Promise<BulkRecallRow> {
  const row = await getBulkRecall(store.db, id);
  if (!row) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no bulk recall ${id}.`);
  return row;
}

/**
 * The second person's yes. @throws BenchlinkError BULK-SAME-PERSON, BULK-STATE
 */
export async function approveBulkRecall(store: Store, actor: string, id: string): Promise<void> {
  const row = await must(store, id);
  if (sameSigner(row.proposed_by, actor)) {
    throw new BenchlinkError(
      'usage',
      'BULK-SAME-PERSON',
      'Who proposed a bulk recall may not approve it; ask another person.',
    );
  }
  const done = await store.transaction(actor, (unit) =>
    moveBulkRecall(unit, id, ['proposed'], 'approved', { approved_by: actor, approved_at: unit.at }),
  );
  if (!done)
    throw new BenchlinkError('usage', 'BULK-STATE', `The bulk recall is ${row.state}, not proposed.`);
}

/** The second person's no. @throws BenchlinkError BULK-STATE */
export async function rejectBulkRecall(store: Store, actor: string, id: string): Promise<void> {
  const row = await must(store, id);
  const done = await store.transaction(actor, (unit) =>
    moveBulkRecall(unit, id, ['proposed', 'approved'], 'rejected'),
  );
  if (!done)
    throw new BenchlinkError(
      'usage',
      'BULK-STATE',
      `The bulk recall is ${row.state}; it cannot be rejected any more.`,
    );
}

/** How far it is. */
export async function bulkProgress(store: Store, id: string) {
  const row = await must(store, id);
  const { planned = 0, recalled = 0, skipped = 0, undone = 0 } = await countBulkItems(store.db, id);
  return { state: row.state, total: row.total, planned, recalled, skipped, undone };
}
