export { dateFromDays, daysFromDate, drawAddress, drawPhone } from './attributes.ts';
export { drawPeople, type PeopleOptions } from './draw.ts';
export { misdate, misnumber, mistype, shortForm } from './mistakes.ts';
export type { RelationShares, SynthAddress, SynthPerson, SynthRelation } from './person.ts';
