export type { CodeTable } from './code-table.ts';
export { SMT } from './features.ts';
export { OFF } from './offence.ts';
export { ADD, ETN, EYE, HAI, MNU, RAC, SEX, SKN } from './person.ts';
export { COUNTRIES, MEXICAN_STATES, PROVINCES, STATES, TERRITORIES } from './places.ts';
export { CMC, EXL, LIT } from './warrant.ts';
