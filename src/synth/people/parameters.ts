import type { RelationShares } from './person.ts';

/** Hard cases well above their share in life, so that a test of 10,000 warrants meets hundreds of each. */
export const DEFAULT_RELATIONS: RelationShares = {
  twin: 0.02,
  child: 0.04,
  sibling: 0.06,
  namesake: 0.02,
  reversedName: 0.005,
};

/** Exponent of Zipf's law for name ranks; 0.9 puts the commonest surname near 2 % of a county. */
export const ZIPF_EXPONENT = 0.9;
/** Share of people with a made-up, rare surname. */
export const RARE_SURNAME_SHARE = 0.35;
export const MIDDLE_NAME_SHARE = 0.72;
/** Two surnames, as Spanish custom has it, written with a space or a hyphen. */
export const DOUBLE_SURNAME_SHARE = 0.04;
/** Share of people with a federal record number. */
export const FBI_SHARE = 0.55;
/** Years of birth drawn, both included. */
export const BIRTH_YEARS = { first: 1945, last: 2007 } as const;
/** Share of people whose date of birth is not known and stands at 1 January. */
export const UNKNOWN_BIRTHDAY_SHARE = 0.01;
/** Share of licences issued by another state. */
export const FOREIGN_LICENCE_SHARE = 0.04;
/** Share of twins whose given names begin alike. */
export const ALIKE_TWIN_SHARE = 0.5;
/** Share of namesakes who also share the birth date. */
export const NAMESAKE_SAME_BIRTHDAY_SHARE = 0.2;
/** Last year of birth of somebody with a grown child. */
export const YOUNGEST_PARENT_BORN = 1972;
