import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { EXIT } from '../errors.ts';
import {
  FIELD_KEYS,
  type FileLinks,
  fileModel,
  linkFiles,
  openFiles,
  parseColumns,
  trainOnFiles,
  unknownFields,
} from '../match/link/index.ts';
import { linkModel } from '../ports/link-model.ts';
import { notice, recordsOf } from './link-input.ts';
import { output } from './output.ts';

export interface PairOptions {
  readonly columns: string;
  readonly columnsB?: string;
  readonly out: string;
  readonly train?: boolean;
  readonly model?: string;
  readonly floor: number;
  readonly explain?: string;
  readonly mask?: boolean;
  readonly json?: boolean;
}

/** Pairs written to a file at a time. */
const BATCH = 10_000;

async function writePairs(file: string, links: FileLinks): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('id_a,id_b,probability\n');
  for (let at = 0; at < links.pairs.length; at += BATCH) {
    const rows = links.pairs
      .slice(at, at + BATCH)
      .map((pair) => [pair.idA, pair.idB, pair.probability.toFixed(6)]);
    if (!stream.write(stringify(rows))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

async function writeExplanations(file: string, links: FileLinks, mask: boolean): Promise<void> {
  const stream = createWriteStream(file);
  for (let n = 0; n < links.pairs.length; n += 1) {
    if (!stream.write(`${JSON.stringify(links.explain(n, { mask }))}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

/** A mistyped field would quietly be compared as text. */
function nameUnknown(...maps: readonly (string | undefined)[]): void {
  const unknown = new Set(maps.flatMap((map) => (map === undefined ? [] : unknownFields(parseColumns(map)))));
  if (unknown.size === 0) return;
  notice(
    `${[...unknown].join(', ')}: no field of ours, compared as text. Fields are ${FIELD_KEYS.join(', ')}`,
  );
}

function nameRepeated(file: string, ids: readonly string[]): void {
  const repeated = ids.length - new Set(ids).size;
  if (repeated > 0) notice(`${file}: ${repeated} rows repeat an id; pairs name them alike`);
}

/** `link score` and, without a second file, `link dedupe`. */
export async function pairCommand(a: string, b: string | undefined, options: PairOptions): Promise<number> {
  nameUnknown(options.columns, options.columnsB);
  const records = (file: string, columns: string) => recordsOf(file, columns);
  const files = await openFiles(
    records(a, options.columns),
    b === undefined ? undefined : records(b, options.columnsB ?? options.columns),
  );
  nameRepeated(a, files.left.ids);
  if (b !== undefined) nameRepeated(b, files.right.ids);
  const given = options.model === undefined ? fileModel() : linkModel(options.model);
  const model =
    options.train === true
      ? trainOnFiles(files, given, { name: 'trained on these files', on: 'the files linked' })
      : given;
  const links = linkFiles(files, model, options.floor);
  await writePairs(options.out, links);
  if (options.explain !== undefined) await writeExplanations(options.explain, links, options.mask ?? false);
  const summary = {
    recordsA: files.left.size,
    recordsB: files.right.size,
    pairsCompared: links.compared,
    pairsWritten: links.pairs.length,
    expectedLinks: Number(links.links.toFixed(1)),
    learnedFields: options.train === true ? model.trained.learned : [],
    out: options.out,
  };
  const out = output(options.json ?? false);
  if (out.json) out.data(summary);
  else
    out.line(
      `${summary.pairsWritten} pairs in ${options.out}; about ${Math.round(links.links)} true links expected`,
    );
  return EXIT.done;
}
