import type { FixedField } from '../fixed-width.ts';

/** Fields one after another, each with its length, beginning at the first character. */
function layout(fields: readonly (readonly [name: string, length: number])[]): readonly FixedField[] {
  let start = 1;
  return fields.map(([name, length]) => {
    const field = { name, start, length };
    start += length;
    return field;
  });
}

export const HEADER = layout([
  ['record_type', 1],
  ['file_date', 8],
  ['issuing_agency', 9],
  ['sequence', 6],
]);

/** Names of the detail are our columns, but for `action`, and `business`: P a person, B a business. */
export const DETAIL = layout([
  ['record_type', 1],
  ['action', 1],
  ['warrant_number', 15],
  ['case_number', 15],
  ['issue_date', 8],
  ['action_date', 8],
  ['level', 1],
  ['bond_type', 1],
  ['bond_amount_cents', 10],
  ['business', 1],
  ['last_name', 25],
  ['first_name', 20],
  ['middle_name', 15],
  ['suffix', 3],
  ['dob', 8],
  ['sex', 1],
  ['race', 1],
  ['height', 3],
  ['weight', 3],
  ['eyes', 3],
  ['hair', 3],
  ['oln', 20],
  ['ols', 2],
  ['street_number', 6],
  ['street_name', 24],
  ['city', 16],
  ['state', 2],
  ['zip', 9],
  ['statute', 20],
  ['citation_number', 15],
  ['booking_number', 15],
  ['fta_date', 8],
]);

export const TRAILER = layout([
  ['record_type', 1],
  ['record_count', 9],
  ['bond_total_cents', 15],
]);
