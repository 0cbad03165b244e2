import { nextStep, type Problem, type ReasonCode, reason, type WarrantState } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import { CORRECTABLE_FIELDS } from '../reprocess-records.ts';
import {
  type FileRow,
  getWarrant,
  openReviews,
  page,
  pageRecords,
  type ReviewRow,
  type Store,
  type WarrantRow,
} from '../store/index.ts';
import { allWaiting } from '../waiting.ts';
import { type Output, table } from './output.ts';

/** One piece of work: what stands still, why, who can put it right and how. */
interface Failure {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly code: ReasonCode;
  readonly fix: string;
  readonly next: string;
  /** What is wrong in this very case. */
  readonly sentence: string;
  /** Fields that `resubmit --set` corrects. */
  readonly correct: readonly string[];
  readonly problems: readonly Problem[];
}

const FAILED: readonly WarrantState[] = ['rejected', 'failed', 'quarantined', 'purged'];
const LIMIT = 1000;

/** What is corrected where a message is about something larger. */
const CORRECTED_BY: Readonly<Record<string, string>> = {
  offences: 'charge',
  'offences.ncic': 'charge',
  notes: 'extradition.note',
  bail: 'bail.cents',
  'bail.kind': 'bail.kind.code',
  'person.name': 'person.name.surname',
  'person.ids.licence': 'person.ids.licence.number',
};

/** Messages end in the path of the field they are about. */
function pathsIn(sentence: string): string[] {
  const found = [...sentence.matchAll(/\[([a-zA-Z.]+)\]/g)].map(([, path]) => path ?? '');
  const paths = found
    .map((path) => CORRECTED_BY[path] ?? path)
    .filter((path) => CORRECTABLE_FIELDS.includes(path));
  return [...new Set(paths)];
}

function ofWarrant(row: WarrantRow, review: Pick<ReviewRow, 'code' | 'sentence'> | undefined): Failure {
  const code = review?.code ?? row.reason;
  const sentence = review?.sentence ?? '';
  return {
    id: row.id,
    number: row.number ?? row.oca ?? '',
    state: row.state,
    code,
    fix: reason(code).fix,
    next: nextStep(code),
    sentence,
    correct: pathsIn(sentence),
    problems: [],
  };
}

/** Warrants that failed, and those that stand but wait for an answer to what the destination said of them. */
async function warrantFailures(store: Store): Promise<Failure[]> {
  const reviews = (await openReviews(store.db)).filter((review) => review.stage === 'transmit');
  const asked = new Map(reviews.map((review) => [review.warrant_id, review]));
  const rows = await page(store.db, { states: FAILED, limit: LIMIT });
  const failed = rows.map((row) => ofWarrant(row, asked.get(row.id)));
  for (const row of rows) asked.delete(row.id);
  for (const review of [...asked.values()].slice(0, LIMIT)) {
    const row = await getWarrant(store.db, review.warrant_id);
    if (row) failed.push(ofWarrant(row, review));
  }
  return failed;
}

/** Warrants that nothing is wrong with, and that wait for another one of their person. */
async function waitingWarrants(store: Store): Promise<Failure[]> {
  const waiting = await allWaiting(store.db, LIMIT);
  return waiting.map(({ row, waiting: { sentence } }) => ofWarrant(row, { code: 'DUP-WAIT', sentence }));
}

function firstError(problems: readonly Problem[], otherwise: ReasonCode): ReasonCode {
  return problems.find((problem) => problem.severity === 'error')?.code ?? otherwise;
}

/** What stopped at the door: its problems tell who fixes it; `otherwise` is the code where none is an error. */
function inputFailure(
  of: Pick<Failure, 'id' | 'number' | 'state'>,
  stored: string,
  otherwise: ReasonCode,
): Failure {
  const problems = JSON.parse(stored) as Problem[];
  const code = firstError(problems, otherwise);
  return { ...of, code, fix: reason(code).fix, next: nextStep(code), sentence: '', correct: [], problems };
}

async function recordFailures(store: Store): Promise<Failure[]> {
  const records = await pageRecords(store.db, { state: 'quarantined', limit: LIMIT });
  return records.map((record) =>
    inputFailure(
      {
        id: `record:${record.id}`,
        number: `file ${record.file_id}, record ${record.ordinal}`,
        state: 'quarantined',
      },
      record.problems,
      'FIELD-FORMAT',
    ),
  );
}

/** Files nothing was taken from, unless the same source has brought the same bytes well since. */
async function fileFailures(store: Store): Promise<Failure[]> {
  const files = (await store
    .db('source_files as f')
    .where('f.state', 'refused')
    .whereNotExists(
      store
        .db('source_files as later')
        .whereRaw('later.source = f.source and later.name = f.name and later.id > f.id')
        .where('later.state', 'done'),
    )
    .orderBy('f.id', 'desc')
    .limit(LIMIT)
    .select('f.*')) as FileRow[];
  return files.map((file) =>
    inputFailure(
      { id: `file ${file.id}`, number: `${file.source}/${file.name}`, state: 'refused' },
      file.problems,
      'SRC-FORMAT',
    ),
  );
}

function tell(listed: readonly Failure[], out: Output): void {
  const rows = listed.map((each) => [each.id, each.number, each.state, each.code, each.fix]);
  out.line(table(['id', 'number', 'state', 'code', 'who fixes'], rows));
  out.line();
  for (const code of new Set(listed.map((each) => each.code)))
    out.line(`${code}: ${reason(code).meaning}. ${nextStep(code)}`);
  out.line();
  for (const { id, number, sentence, correct, problems } of listed) {
    if (sentence) out.line(`${number || id}: ${sentence}`);
    if (correct.length > 0)
      out.line(
        `  benchlink resubmit ${number || id} ${correct.map((path) => `--set ${path}=VALUE`).join(' ')}`,
      );
    for (const p of problems)
      out.line(`${id}: ${p.code} ${p.field ?? ''}${p.line ? ` line ${p.line}` : ''}: ${p.message}`);
  }
}

/** The work list of everything that stands still. */
export async function failures(store: Store, out: Output): Promise<number> {
  const listed = [
    ...(await warrantFailures(store)),
    ...(await waitingWarrants(store)),
    ...(await recordFailures(store)),
    ...(await fileFailures(store)),
  ];
  if (out.json) out.data(listed);
  else if (listed.length === 0) out.line('Nothing has failed.');
  else tell(listed, out);
  return EXIT.done;
}
