import { type CourtRecord, hasErrors, type Problem } from '../domain/index.ts';
import { fileOf, quarantinedOf, type RecordRow, type Store } from '../store/index.ts';
import { blobHead } from './blob-head.ts';
import { checkRecord } from './check/index.ts';
import { courtFormatOf } from './court-format.ts';
import type { ParseContext } from './courts/format.ts';
import { courtFormat } from './courts/index.ts';
import { changedFields } from './lifecycle/diff.ts';
import { withDefaults } from './normalise.ts';
import { type QuarantinePorts, type Replayed, replace } from './quarantine.ts';

export interface ReplayReport {
  readonly tried: number;
  readonly applied: number;
  readonly stillWrong: number;
}

/** The records of one file at some places, read again from its raw bytes with today's configuration. */
async function* again(
  store: Store,
  file: { readonly name: string; readonly sha256: string; readonly format: string | null },
  context: ParseContext,
  ordinals: ReadonlySet<number>,
): AsyncGenerator<{ record: CourtRecord; problems: readonly Problem[] }> {
  const named = file.format === null ? undefined : courtFormat(file.format);
  const format = named ?? courtFormatOf(await blobHead(store, file.sha256), file.name);
  if ('code' in format) return;
  for await (const item of format.parse(store.blobs.stream(file.sha256), context)) {
    if (item.kind === 'record' && ordinals.has(item.record.place.ordinal)) yield item;
  }
}

/**
 * Reads the quarantined records of a source again from the raw files they came in: after a code map or another
 * setting was put right, what is right now takes effect. What is still wrong stays as it is.
 */
export async function replayQuarantine(
  ports: QuarantinePorts,
  context: ParseContext,
  query: { readonly code?: string } = {},
): Promise<ReplayReport> {
  const { store } = ports;
  const report = { tried: 0, applied: 0, stillWrong: 0 };
  const rows = await quarantinedOf(store.db, context.source, query.code);
  const byFile = Map.groupBy(rows, (row) => row.file_id);
  for (const [fileId, waiting] of byFile) {
    const file = await fileOf(store.db, fileId);
    if (!file) continue;
    const byOrdinal = new Map<number, RecordRow>(waiting.map((row) => [row.ordinal, row]));
    for await (const item of again(store, file, context, new Set(byOrdinal.keys()))) {
      const replayed = await replayOne(ports, context, byOrdinal.get(item.record.place.ordinal)!, item);
      report.tried += 1;
      if (replayed.state === 'applied') report.applied += 1;
      if (replayed.state === 'still-wrong') report.stillWrong += 1;
    }
  }
  return report;
}

async function replayOne(
  ports: QuarantinePorts,
  context: ParseContext,
  row: RecordRow,
  item: { record: CourtRecord; problems: readonly Problem[] },
): Promise<Replayed> {
  const better = withDefaults(item.record, context.options);
  const { source, today } = context;
  const problems = checkRecord(better, item.problems, { source, today });
  if (hasErrors(problems)) return { state: 'still-wrong', problems };
  const before = (JSON.parse(row.canonical) as CourtRecord).warrant;
  return replace(ports, row, source, better, problems, changedFields(before, better.warrant));
}
