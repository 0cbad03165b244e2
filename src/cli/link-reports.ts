import { writeFileSync } from 'node:fs';
import { EXIT } from '../errors.ts';
import {
  createLinker,
  driftReport,
  type JudgedDecision,
  type LinkProfile,
  thresholdTable,
} from '../match/link/index.ts';
import { linkModel } from '../ports/link-model.ts';
import { gatherLinkageCounty } from '../synth/linkage/index.ts';
import { readJson, recordsOf, rounded, SYNTHETIC_PEOPLE } from './link-input.ts';
import { output, table } from './output.ts';

export interface DriftOptions {
  readonly columns: string;
  readonly model?: string;
  readonly earlier?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `link drift` */
export async function driftCommand(file: string, options: DriftOptions): Promise<number> {
  const model = linkModel(options.model);
  const linker = createLinker(model);
  await linker.index(recordsOf(file, options.columns));
  const profile = linker.profile();
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(profile, rounded, 2)}\n`);
  const earlier = options.earlier === undefined ? undefined : (readJson(options.earlier) as LinkProfile);
  const rows = driftReport(profile, model, earlier);
  const out = output(options.json ?? false);
  if (out.json) out.data({ records: profile.records, rows });
  else out.line(driftTable(rows));
  return rows.some((row) => row.alarms.length > 0) ? EXIT.someFailed : EXIT.done;
}

function driftTable(rows: ReturnType<typeof driftReport>): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return table(
    ['field', 'complete', 'commonest', 'stand-in', 'weight shift', 'look at'],
    rows.map((row) => [
      row.field,
      percent(row.complete),
      percent(row.commonest),
      percent(row.standIn),
      `${row.weightShift.toFixed(1)} bits`,
      row.alarms.join(' '),
    ]),
  );
}

/** `link thresholds` */
export async function thresholdsCommand(options: {
  readonly model?: string;
  readonly seed: string;
  readonly json?: boolean;
}): Promise<number> {
  const people = SYNTHETIC_PEOPLE.thresholds;
  const county = gatherLinkageCounty({ seed: options.seed, people, warrantShare: 0.5 });
  const linker = createLinker(linkModel(options.model));
  await linker.index(county.bookings);
  const judged = county.warrants.map(({ warrant, booking }): JudgedDecision => {
    const decision = linker.link(warrant);
    return { decision, right: decision.candidates[0]?.id === booking };
  });
  const rows = thresholdTable(judged);
  const out = output(options.json ?? false);
  if (out.json) out.data({ warrants: judged.length, rows });
  else {
    out.line(`Synthetic county: ${judged.length} warrants against ${county.bookings.length} bookings`);
    out.line(
      table(
        ['probability', 'attached', 'expected false per 100,000', 'false per 100,000 found'],
        rows.map((row) => [
          String(row.probability),
          `${(100 * row.attached).toFixed(2)} %`,
          row.expectedFalsePer100k.toFixed(1),
          row.observedFalsePer100k?.toFixed(1) ?? '',
        ]),
      ),
    );
  }
  return EXIT.done;
}
