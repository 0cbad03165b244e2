import type { Command } from 'commander';
import { type AlertRow, openAlerts } from '../alerts.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { reason } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import { type ClockReading, readStanding } from '../standing.ts';
import {
  countByState,
  countSubmissions,
  currentLink,
  currentPrintCheck,
  exonerationsOf,
  getHolding,
  history,
  lastRuns,
  leadOf,
  openReviews,
  packedIn,
  type Store,
  submissionsOf,
  type ToldRemovalRow,
  toldRemovalsOf,
  type WarrantRow,
} from '../store/index.ts';
import { waitingFor } from '../waiting.ts';
import { failures } from './failures.ts';
import { type Common, oneWarrant, withCommon, withStore } from './open.ts';
import { type Output, output, table } from './output.ts';

/** The clocks as numbers, what is not green in words, and every other alert. */
function tellClocks(out: Output, clocks: readonly ClockReading[], alerts: readonly AlertRow[]): void {
  const rows = clocks.map((clock) => [clock.key, clock.light, clock.value, clock.unit]);
  out.line(table(['clock', 'light', 'value', 'unit'], rows));
  for (const { light, message } of clocks) if (light !== 'green') out.line(`${light}: ${message}`);
  for (const alert of alerts.filter(({ key }) => !key.startsWith('clock:')))
    out.line(`${alert.severity} since ${alert.opened_at.slice(0, 16)}Z: ${alert.message}`);
  out.line();
}

async function overall(store: Store, config: Config, json: boolean): Promise<number> {
  const [warrants, submissions, runs, reviews, quarantined, clocks, alerts] = await Promise.all([
    countByState(store.db),
    countSubmissions(store.db),
    lastRuns(store.db, 5),
    openReviews(store.db),
    store.db('court_records').where({ state: 'quarantined' }).count({ n: '*' }).first() as Promise<{
      n: number;
    }>,
    readStanding(store.db, config, systemClock),
    openAlerts(store),
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
      clocks,
      alerts,
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
  tellClocks(out, clocks, alerts);
  out.line(`${reviews.length} open questions for people; ${quarantined.n} records in quarantine`);
  for (const run of runs)
    out.line(`run ${run.id} for ${run.for_date}: ${run.state}, started ${run.started_at}`);
  return EXIT.done;
}

const LIST_SAYS: Readonly<Record<ToldRemovalRow['state'], string>> = {
  believed: 'not yet held against its list',
  confirmed: 'its list has it no more',
  refuted: 'its list had it all the same',
};

function toldLine({ fcn, told_by: by, told_at: at, noted_by: noted, state }: ToldRemovalRow): string {
  return `record ${fcn} taken off by telephone, says ${by} at ${at} (noted by ${noted}): ${LIST_SAYS[state]}`;
}

async function one(store: Store, row: WarrantRow, json: boolean): Promise<number> {
  const [link, check, submissions, audit, reviews, holding, riders, lead, exonerations, told, waiting] =
    await Promise.all([
      currentLink(store.db, row.id),
      currentPrintCheck(store.db, row.id),
      submissionsOf(store.db, row.id),
      history(store.db, 'warrant', row.id),
      openReviews(store.db, { warrantId: row.id }),
      getHolding(store.db, row.id),
      packedIn(store.db, row.id),
      leadOf(store.db, row.id),
      exonerationsOf(store.db, row.id),
      toldRemovalsOf(store.db, row.id),
      waitingFor(store.db, row),
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
      record: holding && {
        fcn: holding.fcn,
        nic: holding.nic,
        nam: holding.nam,
        heldSince: holding.held_since,
        validateBy: holding.validate_by,
        locatedAt: holding.located_at,
        riders,
      },
      ridesIn: lead ?? null,
      waitsFor: waiting ?? null,
      toldRemovals: told,
      exonerations: exonerations.map((e) => JSON.parse(e.exoneration) as unknown),
      history: audit,
    });
    return EXIT.done;
  }
  out.line(`${row.id}  warrant ${row.number ?? '-'}  OCA ${row.oca ?? '-'}  version ${row.version}`);
  out.line(`state ${row.state} since ${row.state_at}: ${row.reason}, ${reason(row.reason).meaning}`);
  if (row.fcn) out.line(`FCN ${row.fcn}${row.nic ? `, NIC ${row.nic}` : ''}`);
  if (holding)
    out.line(
      `record ${holding.fcn} as ${holding.nam}, held since ${holding.held_since}, to be validated by ${holding.validate_by}${holding.located_at ? `, located ${holding.located_at}` : ''}`,
    );
  for (const each of told) out.line(toldLine(each));
  for (const rider of riders) out.line(`carries warrant ${rider} of the same person`);
  if (lead) {
    const rides = row.state === 'entered' ? 'rides' : 'is to ride';
    out.line(`${rides} in the record of warrant ${lead} of the same person`);
  }
  if (waiting) out.line(`waits: DUP-WAIT, ${waiting.sentence}`);
  if (exonerations.length > 0)
    out.line(`${exonerations.length} shown not to be this person (--json names them)`);
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

/** `status`, `failures`: what stands where, and why. */
export function statusCommands(program: Command, done: (code: number) => void): void {
  withCommon(program.command('status').argument('[id]', 'a warrant: our id, its number, OCA or FCN'))
    .description('how everything stands, or one warrant with its whole history')
    .addHelpText('after', '\nExample:\n  benchlink status FTA-000123 --json')
    .action(async (id: string | undefined, options: Common) => {
      const json = options.json ?? false;
      done(
        await withStore(options, async (store, config) =>
          id ? one(store, await oneWarrant(store, id), json) : overall(store, config, json),
        ),
      );
    });
  withCommon(program.command('failures'))
    .description('the work list: what failed or was refused, why, who fixes it and how')
    .addHelpText('after', '\nExample:\n  benchlink failures\n  benchlink failures --json')
    .action(async (options: Common) =>
      done(await withStore(options, (store) => failures(store, output(options.json ?? false)))),
    );
}
