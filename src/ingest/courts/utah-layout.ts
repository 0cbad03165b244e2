/** Columns of the Utah-like record types in their order, after the type itself (CORIS / VINE data dictionary). */
const KEY = ['locn_code', 'court_type', 'party_num', 'case_num'] as const;

export const UTAH_LAYOUT = {
  CA: [
    ...KEY,
    'first_name',
    'last_name',
    'disp_date',
    'disp_code',
    'bail_amt',
    'blank',
    'birth_date',
    'race_code',
    'gender',
    'disposition',
    'booking_num',
  ],
  CE: [
    ...KEY,
    'first_name',
    'last_name',
    'appear_date',
    'time',
    'hearing_code',
    'room',
    'int_case_num',
    'create_datetime',
    'cancel_datetime',
    'cancel_reason',
  ],
  CH: [
    ...KEY,
    'viol_code',
    'severity',
    'seq',
    'amt_due',
    'jdmt_code',
    'case_type',
    'offense_descr',
    'viol_datetime',
    'arrest_date',
    'jdmt_date',
    'judgment',
  ],
  DE: [...KEY, 'int_case_num', 'delete_datetime', 'delete_reason'],
  JU: [...KEY, 'judge_name'],
} as const satisfies Record<string, readonly string[]>;

export type UtahType = keyof typeof UTAH_LAYOUT;

export function isUtahType(text: string): text is UtahType {
  return Object.hasOwn(UTAH_LAYOUT, text);
}

/** One line of a file: its type and its fields by name, trimmed, empty ones left out. */
export interface UtahLine {
  readonly type: UtahType;
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** What the rows of one case and party share. */
export function utahKey({ fields }: UtahLine): string {
  return KEY.map((name) => fields.get(name) ?? '').join('|');
}
