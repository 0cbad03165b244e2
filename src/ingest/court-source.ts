import type { Problem } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { addCounts, type Counts, noCounts } from './apply/counts.ts';
import { type CourtOutcome, type CourtPorts, loadCourtFile } from './court-file.ts';
import type { ParseContext } from './courts/format.ts';
import type { Notice, Transport } from './transports/transport.ts';

export interface CourtSourcePorts extends CourtPorts {
  /** Longer inputs stay at the source for now, bytes: a fast pass must not wait for them. */
  readonly maxBytes?: number;
}

export interface CourtFileReport extends CourtOutcome {
  readonly name: string;
  readonly recovered: boolean;
}

export interface CourtSourceReport {
  readonly source: string;
  readonly files: readonly CourtFileReport[];
  readonly notices: readonly Notice[];
  readonly counts: Counts;
  /** Why the source stopped before its end, if it did; the next run goes on from here. */
  readonly stopped?: BenchlinkError;
}

/**
 * Takes everything a court source has ready, file by file. A source that dies in the middle ends the report
 * with `stopped`: what was stored stays, what was claimed is found again by the next run.
 */
export async function loadCourtSource(
  ports: CourtSourcePorts,
  transport: Transport,
  context: ParseContext,
  configured?: string,
): Promise<CourtSourceReport> {
  const files: CourtFileReport[] = [];
  const notices: Notice[] = [];
  const counts = noCounts();
  let stopped: BenchlinkError | undefined;
  try {
    for await (const fetched of transport.fetch()) {
      if (fetched.kind === 'notice') {
        notices.push(fetched.notice);
        continue;
      }
      const { arrival } = fetched;
      if (arrival.release && (arrival.bytes ?? 0) > (ports.maxBytes ?? Number.POSITIVE_INFINITY)) {
        await arrival.release();
        continue;
      }
      const outcome = await loadCourtFile(ports, arrival, context, configured);
      if (outcome.state === 'refused') await arrival.refuse();
      else await arrival.done();
      addCounts(counts, outcome.counts);
      files.push({ ...outcome, name: arrival.name, recovered: arrival.recovered });
    }
  } catch (error) {
    // A source that fails for now is told and tried again; anything else is a fault of ours and must surface.
    if (!(error instanceof BenchlinkError) || error.kind !== 'retry') throw error;
    stopped = error;
  } finally {
    await transport.close();
  }
  return { source: context.source, files, notices, counts, ...(stopped ? { stopped } : {}) };
}

/** All problems of a report with the file each belongs to, for people. */
export function problemsOf(report: CourtSourceReport): { file: string; problem: Problem }[] {
  return [
    ...report.notices.map(({ name, problem }) => ({ file: name, problem })),
    ...report.files.flatMap(({ name, problems }) => problems.map((problem) => ({ file: name, problem }))),
  ];
}
