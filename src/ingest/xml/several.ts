import type { Problem, ReasonCode } from '../../domain/index.ts';
import type { XmlElement } from './element.ts';

/** What a record is acted on by: whose it is, which it is, whether it stands, and for how much. */
const DECIDING =
  /^(number|oca|repositoryId|status|statusDate|level|issuedDate|expirationDate|courtOri|agencyOri|issuingAgencyOri|bail|case(\.(number|docket))?|extradition\.\w+|entryCategory|bookedDate|person(\.name\.\w+|\.birthDate|\.ids\.(ssn|cii|fbi))?)$/;

/** What is said where a source gives several values for what can have only one. */
export interface Several {
  readonly code: ReasonCode;
  readonly severity: Problem['severity'];
  readonly so: string;
}

/** The first of several values never decides over a person in silence: there it stops the record. */
export function severalOf(field: string): Several {
  if (DECIDING.test(field))
    return {
      code: 'FIELD-FORMAT',
      severity: 'error',
      so: 'which of them holds is for the court or agency to say',
    };
  return {
    code: 'FIELD-UNKNOWN',
    severity: 'warning',
    so: 'the first is used, the others are kept beside it',
  };
}

/** Whether two elements say the same: texts, attributes and children, in order. */
export function sayTheSame(one: XmlElement, other: XmlElement): boolean {
  return (
    one.name === other.name &&
    one.text === other.text &&
    one.attributes.length === other.attributes.length &&
    one.attributes.every(({ name, value }) => other.attribute(name) === value) &&
    one.children.length === other.children.length &&
    one.children.every((child, i) => sayTheSame(child, other.children[i]!))
  );
}
