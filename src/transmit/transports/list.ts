import { BenchlinkError } from '../../errors.ts';
import type { ListedRecord } from './transport.ts';

function isEnd(line: ListedRecord | { readonly end: number }): line is { readonly end: number } {
  return 'end' in line;
}

/**
 * Reads a destination's list of active records, one JSON line a record and a last line with their number.
 * @throws BenchlinkError DST-LIST when the list was cut short: half a list looks like missing records
 */
export async function* readList(lines: AsyncIterable<string>): AsyncGenerator<ListedRecord> {
  let count = 0;
  let end: number | undefined;
  for await (const text of lines) {
    if (text === '') continue;
    const line = JSON.parse(text) as ListedRecord | { readonly end: number };
    if (isEnd(line)) {
      end = line.end;
      continue;
    }
    count += 1;
    yield line;
  }
  if (end === count) return;
  const text = `The destination's list was cut short after ${count} records; nothing is concluded from it.`;
  throw new BenchlinkError('retry', 'DST-LIST', text);
}
