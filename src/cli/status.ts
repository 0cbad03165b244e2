import type { Command } from 'commander';
import { nextStep, type Problem, reason, type WarrantState } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import {
  countByState,
  countSubmissions,
  currentLink,
  currentPrintCheck,
  history,
  lastRuns,
  openReviews,
  page,
  pageRecords,
  type Store,
  submissionsOf,
  type WarrantRow,
} from '../store/index.ts';
import { type Common, oneWarrant, withCommon, withStore } from './open.ts';
import { output, table } from './output.ts';

async function overall(store: Store, json: boolean): Promise<number> {
  const [warrants, submissions, runs, reviews, quarantined] = await Promise.all([
    countByState(store.db),
    countSubmissions(store.db),
    lastRuns(store.db, 5),
    openReviews(store.db),
    store.db('court_records').where({ state: 'quarantined' }).count({ n: '*' }).first() as Promise<{
      n: number;
    }>,
  ]);
  const out = output(json);
  const lastRunsShown = runs.map(({ summary, ...run }) => ({
    ...run,
    summary: JSON.parse(summary) as unknown,
  }));
  if (json) {
    out.data({
      warrants,
      submissions,
      openReviews: reviews.length,
      quarantinedRecords: Number(quarantined.n),
      runs: lastRunsShown,
    });
    return EXIT.done;
  }
  out.line(
    table(
      ['warrants', 'count'],
      Object.entries(warrants)
        .sort()
        .map(([k, v]) => [k, v]),
    ),
  );
  out.line();
  out.line(
    table(
      ['messages', 'count'],
      Object.entries(submissions)
        .sort()
        .map(([k, v]) => [k, v]),
    ),
  );
  out.line();
  out.line(`${reviews.length} open questions for people; ${quarantined.n} records in quarantine`);
  for (const run of runs)
    out.line(`run ${run.id} for ${run.for_date}: ${run.state}, started ${run.started_at}`);
  return EXIT.done;
}

async function one(store: Store, row: WarrantRow, json: boolean): Promise<number> {
  const [link, check, submissions, audit, reviews] = await Promise.all([
    currentLink(store.db, row.id),
    currentPrintCheck(store.db, row.id),
    submissionsOf(store.db, row.id),
    history(store.db, 'warrant', row.id),
    openReviews(store.db, { warrantId: row.id }),
  ]);
  const out = output(json);
  if (json) {
    out.data({
      ...row,
      facts: JSON.parse(row.facts) as unknown,
      link: link && { ...link, explanation: JSON.parse(link.explanation) as unknown },
      printCheck: check && {
        ...check,
        candidates: JSON.parse(check.candidates) as unknown,
        thresholds: JSON.parse(check.thresholds) as unknown,
      },
      submissions: submissions.map((s) => ({ ...s, answer: JSON.parse(s.answer) as unknown })),
      reviews,
      history: audit,
    });
    return EXIT.done;
  }
  out.line(`${row.id}  warrant ${row.number ?? '-'}  OCA ${row.oca ?? '-'}  version ${row.version}`);
  out.line(`state ${row.state} since ${row.state_at}: ${row.reason}, ${reason(row.reason).meaning}`);
  if (row.fcn) out.line(`FCN ${row.fcn}${row.nic ? `, NIC ${row.nic}` : ''}`);
  if (link)
    out.line(`link: ${link.kind} by ${link.rule}. ${(JSON.parse(link.explanation) as { why: string }).why}`);
  if (check) out.line(`print: ${check.verdict}. ${check.sentence}`);
  for (const review of reviews) out.line(`asked: review ${review.id}, ${review.code}: ${review.sentence}`);
  for (const s of submissions)
    out.line(`message ${s.message_id}: ${s.kind} ${s.state}${s.answer_code ? ` (${s.answer_code})` : ''}`);
  out.line();
  out.line(
    table(
      ['when', 'who', 'what', 'code', 'detail'],
      audit.map((a) => [a.at, a.actor, a.action, a.code ?? '', a.detail]),
    ),
  );
  return EXIT.done;
}

const FAILED: readonly WarrantState[] = ['rejected', 'failed', 'quarantined'];

async function failures(store: Store, json: boolean): Promise<number> {
  const rows = await page(store.db, { states: FAILED, limit: 1000 });
  const records = await pageRecords(store.db, { state: 'quarantined', limit: 1000 });
  const listed = [
    ...rows.map((row) => ({
      id: row.id,
      number: row.number ?? row.oca ?? '',
      state: row.state as string,
      code: row.reason,
      fix: reason(row.reason).fix,
      next: nextStep(row.reason),
      problems: [] as Problem[],
    })),
    ...records.map((record) => {
      const problems = JSON.parse(record.problems) as Problem[];
      const first = problems.find((p) => p.severity === 'error')?.code ?? 'FIELD-FORMAT';
      return {
        id: `record:${record.id}`,
        number: `file ${record.file_id}, record ${record.ordinal}`,
        state: 'quarantined',
        code: first,
        fix: reason(first).fix,
        next: nextStep(first),
        problems,
      };
    }),
  ];
  const out = output(json);
  if (json) out.data(listed);
  else if (listed.length === 0) out.line('Nothing has failed.');
  else {
    out.line(
      table(
        ['id', 'number', 'state', 'code', 'who fixes'],
        listed.map((l) => [l.id, l.number, l.state, l.code, l.fix]),
      ),
    );
    out.line();
    for (const name of [...new Set(listed.map((l) => l.code))])
      out.line(`${name}: ${reason(name).meaning}. ${nextStep(name)}`);
    for (const { id, problems } of listed)
      for (const p of problems)
        out.line(`${id}: ${p.code} ${p.field ?? ''}${p.line ? ` line ${p.line}` : ''}: ${p.message}`);
  }
  return EXIT.done;
}

/** `status`, `failures`: what stands where, and why. */
export function statusCommands(program: Command, done: (code: number) => void): void {
  withCommon(program.command('status').argument('[id]', 'a warrant: our id, its number, OCA or FCN'))
    .description('how everything stands, or one warrant with its whole history')
    .addHelpText('after', '\nExample:\n  benchlink status FTA-000123 --json')
    .action(async (id: string | undefined, options: Common) => {
      const json = options.json ?? false;
      done(
        await withStore(options, async (store) =>
          id ? one(store, await oneWarrant(store, id), json) : overall(store, json),
        ),
      );
    });
  withCommon(program.command('failures'))
    .description('what failed or was refused, why, and who fixes it')
    .addHelpText('after', '\nExample:\n  benchlink failures')
    .action(async (options: Common) =>
      done(await withStore(options, (store) => failures(store, options.json ?? false))),
    );
}
