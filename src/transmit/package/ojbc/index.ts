import { ncicName } from '../name.ts';
import type { Profile } from '../profile.ts';
import { wellFormed } from '../validate.ts';
import { readOjbcReading } from './answer.ts';
import { toOjbcReport } from './report.ts';

export { type OjbcAnswer, readOjbcAnswer } from './answer.ts';
export { toOjbcReport } from './report.ts';

/**
 * OJBC warrant reports. Their schemas are not ours to ship: before the wire a report is held to be well-formed
 * only, and the tests hold the writer against the schemas where they lie beside the project.
 */
export const OJBC_3: Profile = {
  name: 'ojbc-3',
  contentType: 'application/xml',
  build: toOjbcReport,
  validate: wellFormed,
  nameOf: (warrant) => ncicName(warrant.person.name),
  read: readOjbcReading,
};
