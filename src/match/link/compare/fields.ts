/**
 * The fields that are compared, their levels best first, and where training starts from. `shared` is the chance that
 * a near relative (twin, parent, child) has the very same value: it is what keeps a brother from passing for the man.
 */
export interface FieldSpec {
  readonly name: string;
  /** What the field speaks of: who, how the name was written, or which event. */
  readonly about: 'person' | 'writing' | 'event';
  readonly levels: readonly string[];
  /** Starting chance of each level where two records are of one person (m) and where not (u). */
  readonly m: readonly number[];
  readonly u: readonly number[];
  readonly shared: number;
  /** Levels from 1 (exact) on where a commoner value weighs less. */
  readonly frequency?: 'value' | 'identifier';
}

const IDENTIFIER = {
  about: 'person',
  levels: ['exact', 'one slip', 'same last four', 'different'],
  u: [0.000001, 0.00001, 0.0001, 0.99989],
  frequency: 'identifier',
} as const;

/** The fixed fields, in the order of a comparison vector. */
export const FIELDS: readonly FieldSpec[] = [
  {
    name: 'naming',
    about: 'writing',
    levels: ['as written', 'given and surname swapped', 'alias'],
    m: [0.98, 0.01, 0.01],
    u: [1, 1, 1],
    shared: 1,
  },
  {
    name: 'given',
    about: 'person',
    levels: ['exact', 'close', 'short form', 'sounds alike', 'initial', 'different'],
    m: [0.8, 0.08, 0.04, 0.03, 0.02, 0.03],
    u: [0.01, 0.005, 0.005, 0.02, 0.01, 0.95],
    shared: 0.05,
    frequency: 'value',
  },
  {
    name: 'surname',
    about: 'person',
    levels: ['exact', 'close', 'shares a part', 'sounds alike', 'different'],
    m: [0.84, 0.08, 0.02, 0.02, 0.04],
    u: [0.004, 0.004, 0.002, 0.01, 0.98],
    shared: 0.85,
    frequency: 'value',
  },
  {
    name: 'middle',
    about: 'person',
    levels: ['exact', 'close', 'short form', 'sounds alike', 'initial', 'different'],
    m: [0.6, 0.05, 0.02, 0.03, 0.25, 0.05],
    u: [0.01, 0.005, 0.005, 0.02, 0.06, 0.9],
    shared: 0.05,
    frequency: 'value',
  },
  {
    name: 'suffix',
    about: 'person',
    levels: ['same', 'on one side only', 'different'],
    m: [0.55, 0.44, 0.01],
    u: [0.02, 0.95, 0.03],
    shared: 0,
  },
  {
    name: 'dob',
    about: 'person',
    levels: ['exact', 'one slip', 'day and month swapped', 'two parts of three', 'same year', 'different'],
    m: [0.89, 0.05, 0.01, 0.015, 0.015, 0.02],
    u: [0.00005, 0.0009, 0.0002, 0.004, 0.012, 0.98285],
    shared: 0.05,
    frequency: 'value',
  },
  {
    name: 'sex',
    about: 'person',
    levels: ['same', 'different'],
    m: [0.99, 0.01],
    u: [0.55, 0.45],
    shared: 0.4,
    frequency: 'value',
  },
  {
    name: 'race',
    about: 'person',
    levels: ['same', 'different'],
    m: [0.94, 0.06],
    u: [0.4, 0.6],
    shared: 0.9,
    frequency: 'value',
  },
  {
    name: 'height',
    about: 'person',
    levels: ['within 1 inch', 'within 3', 'within 5', 'further apart'],
    m: [0.84, 0.13, 0.02, 0.01],
    u: [0.28, 0.31, 0.21, 0.2],
    shared: 0.1,
  },
  {
    name: 'weight',
    about: 'person',
    levels: ['within 10 pounds', 'within 30', 'within 60', 'further apart'],
    m: [0.62, 0.29, 0.07, 0.02],
    u: [0.17, 0.31, 0.3, 0.22],
    shared: 0.05,
  },
  { ...IDENTIFIER, name: 'ssn', m: [0.92, 0.04, 0.01, 0.03], shared: 0.01 },
  { ...IDENTIFIER, name: 'oln', m: [0.92, 0.04, 0.01, 0.03], shared: 0.01 },
  { ...IDENTIFIER, name: 'cii', m: [0.96, 0.02, 0.005, 0.015], shared: 0 },
  { ...IDENTIFIER, name: 'fbi', m: [0.96, 0.02, 0.005, 0.015], shared: 0 },
  { ...IDENTIFIER, name: 'phone', m: [0.55, 0.02, 0.01, 0.42], shared: 0.4 },
  {
    name: 'address',
    about: 'person',
    levels: [
      'house and street',
      'house number and area',
      'street and area',
      'street',
      'postcode',
      'town',
      'different',
    ],
    m: [0.6, 0.06, 0.05, 0.03, 0.06, 0.08, 0.12],
    u: [0.00002, 0.0003, 0.002, 0.01, 0.02, 0.1, 0.86768],
    shared: 0.5,
  },
  {
    name: 'place',
    about: 'person',
    levels: ['postcode', 'town', 'state', 'different'],
    m: [0.75, 0.12, 0.08, 0.05],
    u: [0.02, 0.06, 0.72, 0.2],
    shared: 0.6,
    frequency: 'value',
  },
  {
    name: 'event',
    about: 'event',
    levels: ['same day', 'one slip', 'one date the same, another not', 'within a month', 'different'],
    m: [0.955, 0.02, 0.005, 0.005, 0.015],
    u: [0.0004, 0.005, 0.0005, 0.025, 0.9691],
    shared: 0,
  },
  {
    name: 'sequence',
    about: 'event',
    levels: ['arrest on the day', 'arrest within three days', 'within a month', 'apart'],
    m: [0.8, 0.04, 0.04, 0.12],
    u: [0.0005, 0.0015, 0.025, 0.973],
    shared: 0,
  },
  {
    name: 'agency',
    about: 'event',
    levels: ['same', 'different'],
    m: [0.9, 0.1],
    u: [0.15, 0.85],
    shared: 0,
    frequency: 'value',
  },
  {
    name: 'charge',
    about: 'event',
    levels: ['same', 'different'],
    m: [0.8, 0.2],
    u: [0.1, 0.9],
    shared: 0,
    frequency: 'value',
  },
];

/** Any further column: compared as text. */
export function otherField(name: string): FieldSpec {
  return {
    name: `other:${name}`,
    about: 'person',
    levels: ['exact', 'close', 'different'],
    m: [0.75, 0.08, 0.17],
    u: [0.02, 0.01, 0.97],
    shared: 0.3,
    frequency: 'value',
  };
}

/** Place of each fixed field in a comparison vector. */
export const AT = Object.fromEntries(FIELDS.map((field, i) => [field.name, i])) as Readonly<
  Record<FieldName, number>
>;

export type FieldName =
  | 'naming'
  | 'given'
  | 'surname'
  | 'middle'
  | 'suffix'
  | 'dob'
  | 'sex'
  | 'race'
  | 'height'
  | 'weight'
  | 'ssn'
  | 'oln'
  | 'cii'
  | 'fbi'
  | 'phone'
  | 'address'
  | 'place'
  | 'event'
  | 'sequence'
  | 'agency'
  | 'charge';
