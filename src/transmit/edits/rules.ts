import type { WarrantLevel } from '../../domain/index.ts';
import { MIS_LENGTH, NAM_LENGTH } from '../package/index.ts';

/** Fields one of which must be there; a group counts when all of its fields are. */
export type FieldGroup = readonly string[];

/**
 * What a destination asks of an entry. The wanted-person chapter's own edit tables are not public, so everything
 * the domain brief marks as recalled or inferred is a setting with a default, not a constant.
 */
export interface EditRules {
  readonly version: string;
  /** Fields every record must have (domain brief A.2, [R]). */
  readonly mandatory: readonly string[];
  /** Fields a record must have besides, if it goes on to NCIC. */
  readonly mandatoryForNcic: readonly string[];
  /** Levels whose records go on to NCIC: a misdemeanour stays in the state file (domain brief 0.5). */
  readonly ncicLevels: readonly WarrantLevel[];
  /** The numeric-identifier rule: at least one of these groups must be complete (A.2, [R]). */
  readonly identifiers: readonly FieldGroup[];
  /** Fields that go together or not at all (A.2): as soon as any of them is there, or only with the first. */
  readonly together: readonly { readonly fields: FieldGroup; readonly when: 'any' | 'first' }[];
  /** SEX codes of a wanted person; U is for unidentified persons only (A.4, documented). */
  readonly sexes: readonly string[];
  /** EXL codes that lean on MIS (A.4, documented). */
  readonly extraditionNeedsMis: readonly string[];
  readonly nameLength: number;
  readonly misLength: number;
  /** Most caution codes a record may have (A.2, [R]). */
  readonly maxCautions: number;
  /** HGT in feet and inches, inclusive. */
  readonly height: readonly [least: number, most: number];
  /** WGT in pounds, inclusive. */
  readonly weight: readonly [least: number, most: number];
  /** Shortest and longest value of a field, where the destination's differ from the table's. */
  readonly lengths?: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** ORIs this installation may enter records for; any if absent. */
  readonly owners?: readonly string[];
  /** Whether a warrant may be sent whose kind of bail is not stated. */
  readonly bailKindRequired: boolean;
  /** Days from issue after which a first entry is late: "immediately" is three days (C.1, documented). */
  readonly lateAfterDays: number;
  /** Oldest birth year taken for a living person's. */
  readonly oldestBirthYear: number;
}

export const DEFAULT_RULES: EditRules = {
  version: 'ca-wps-2026',
  mandatory: ['ORI', 'NAM', 'SEX', 'RAC', 'OFF', 'DOW', 'OCA'],
  // EXL is not asked for: the department enters felony records as non-extraditable by itself (domain brief 0.5).
  mandatoryForNcic: ['HGT', 'WGT', 'HAI'],
  ncicLevels: ['F'],
  identifiers: [
    ['DOB'],
    ['FBI'],
    ['MNU'],
    ['SOC'],
    ['OLN', 'OLS', 'OLY'],
    ['LIC', 'LIS', 'LIY', 'LIT'],
    ['VIN', 'VYR', 'VMA', 'VST'],
  ],
  together: [
    { fields: ['OLN', 'OLS', 'OLY'], when: 'any' },
    { fields: ['LIC', 'LIS', 'LIY', 'LIT'], when: 'any' },
    { fields: ['VIN', 'VYR', 'VMA', 'VST'], when: 'first' },
  ],
  sexes: ['F', 'M'],
  extraditionNeedsMis: ['2', '5', 'B', 'E'],
  nameLength: NAM_LENGTH,
  misLength: MIS_LENGTH,
  maxCautions: 10,
  height: [400, 711],
  weight: [50, 499],
  bailKindRequired: false,
  lateAfterDays: 3,
  oldestBirthYear: 1880,
};

/** A destination that is NCIC itself: EXL is the sender's to state (A.2, mandatory for current entries). */
export const NCIC_RULES: EditRules = {
  ...DEFAULT_RULES,
  version: 'ncic-direct-2026',
  mandatoryForNcic: [...DEFAULT_RULES.mandatoryForNcic, 'EXL'],
};
