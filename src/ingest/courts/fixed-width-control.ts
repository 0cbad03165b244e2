import type { ExtraField, Problem } from '../../domain/index.ts';
import { brokenCharacters } from '../bytes.ts';
import { type FixedField, type FixedLine, layoutLength, sliceFields } from '../fixed-width.ts';
import { Refusal } from '../refusal.ts';
import type { DateOrder } from '../values.ts';
import { readDate } from '../values.ts';
import { HEADER, TRAILER } from './fixed-width-layout.ts';
import type { FileFacts } from './format.ts';

const AGAIN = 'Nothing of the file was taken; ask the sender for it again.';

/**
 * The fields of a header or trailer, which speaks for every record: it must have its full length, and nothing but
 * blanks (some senders pad all lines alike) or an end-of-file mark after it.
 * @throws Refusal of this code
 */
function fieldsOf(
  row: FixedLine,
  layout: readonly FixedField[],
  what: string,
  code: 'SRC-FORMAT' | 'SRC-TRAILER',
): Map<string, string> {
  const length = layoutLength(layout);
  const refuse = (why: string) => new Refusal(code, `The ${what} ${why} ${AGAIN}`, row.line);
  if (row.text.length < length)
    throw refuse(`is cut short: it has ${row.text.length} of ${length} characters.`);
  if (!/^[ \x1a]*$/.test(row.text.slice(length))) throw refuse(`goes on after its ${length} characters.`);
  if (brokenCharacters(row.text, row.line, what)) throw refuse('has broken letters.');
  return sliceFields(row.text, layout);
}

/** What the file says of itself in its header and trailer, and whether it comes to that. */
export class Control {
  /** ORI of the agency that all records of the file are of. */
  agency: string | undefined;
  #records = 0;
  #cents = 0n;
  #hasHeader = false;
  #trailer: { readonly line: number; readonly cells: ReadonlyMap<string, string> } | undefined;

  /** Takes the header. @throws Refusal where it is not the first line, or not one */
  open(row: FixedLine, order: DateOrder): { facts: FileFacts; problems: Problem[] } {
    if (this.#hasHeader)
      throw new Refusal('SRC-TRAILER', `A second header: two files run together. ${AGAIN}`, row.line);
    const cells = fieldsOf(row, HEADER, 'header', 'SRC-FORMAT');
    this.#hasHeader = true;
    this.agency = cells.get('issuing_agency');
    const date = readDate(cells.get('file_date') ?? '', order);
    const sequence = cells.get('sequence');
    const facts: FileFacts = {
      ...(date.ok ? { asOf: date.value } : {}),
      ...(sequence ? { sequence } : {}),
      ...(this.agency ? { issuingAgency: this.agency } : {}),
    };
    if (date.ok) return { facts, problems: [] };
    const given: ExtraField = { path: 'file_date', value: cells.get('file_date') ?? '' };
    const message = `The header does not say of which day the file is: ${date.why}.`;
    const problem: Problem = {
      code: 'FIELD-FORMAT',
      severity: 'warning',
      line: row.line,
      sourceField: 'file_date',
      message,
    };
    return { facts: given.value === '' ? facts : { ...facts, extra: [given] }, problems: [problem] };
  }

  /** Counts a detail. @throws Refusal where no header stands before it */
  add(row: FixedLine, cells: ReadonlyMap<string, string>): void {
    this.#guardOrder(row);
    this.#records += 1;
    const text = cells.get('bond_amount_cents') ?? '0';
    if (/^\d+$/.test(text)) this.#cents += BigInt(text);
  }

  /** Takes the trailer. @throws Refusal where no header stands before it, or it is not one */
  close(row: FixedLine): void {
    this.#guardOrder(row);
    this.#trailer = { line: row.line, cells: fieldsOf(row, TRAILER, 'trailer', 'SRC-TRAILER') };
  }

  #guardOrder(row: FixedLine): void {
    if (!this.#hasHeader)
      throw new Refusal('SRC-TRAILER', `The file does not begin with its header. ${AGAIN}`, row.line);
  }

  /** @throws Refusal where anything stands after the trailer */
  guardEnd(row: FixedLine): void {
    if (this.#trailer)
      throw new Refusal('SRC-TRAILER', 'Lines follow the trailer: two files run together.', row.line);
  }

  /** Holds the file against its trailer, once it is read. @throws Refusal SRC-TRAILER */
  check(): void {
    const refuse = (why: string, line?: number) => new Refusal('SRC-TRAILER', `${why} ${AGAIN}`, line);
    if (!this.#hasHeader) throw refuse('The file does not begin with its header.', 1);
    if (!this.#trailer) throw refuse('The file has no trailer: it was cut short.');
    const { cells, line } = this.#trailer;
    const count = cells.get('record_count') ?? '';
    const total = cells.get('bond_total_cents') ?? '';
    if (!/^\d+$/.test(count) || !/^\d+$/.test(total))
      throw refuse('The trailer has no count or total.', line);
    if (Number(count) !== this.#records)
      throw refuse(`The trailer counts ${Number(count)} records, the file has ${this.#records}.`, line);
    if (BigInt(total) !== this.#cents)
      throw refuse('The bail of the records does not come to the total of the trailer.', line);
  }
}
