import { ParseOption, XmlDocument, type XmlElement, XmlLibError } from 'libxml2-wasm';
import type { PersonName } from '../../../domain/index.ts';
import { BenchlinkError } from '../../../errors.ts';
import type { AnswerBody } from '../../answer-model.ts';
import type { ProfileReading, SentMessage } from '../profile.ts';
import { OJBC_NAMESPACES, reportNamespace } from './namespaces.ts';

/** What an OJBC destination says about a warrant. The format has no message id: the record names itself. */
export interface OjbcAnswer {
  readonly outcome: 'accepted' | 'rejected';
  readonly ori?: string;
  readonly oca?: string;
  /** The number the state repository gave the record; only in an acceptance. */
  readonly fcn?: string;
  /** The person, as the report names it. */
  readonly name: PersonName;
}

const NOT_AN_ANSWER = 'The answer is no OJBC Accepted or Rejected report.';
const OUTCOMES = { WarrantAcceptedReport: 'accepted', WarrantRejectedReport: 'rejected' } as const;

const OPTIONS = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;
const AGENCY = 'j:Warrant/j:CourtOrderEnforcementAgency';
const NAME = 'nc:Person/nc:PersonName';
const ID = 'nc:IdentificationID';

function text(root: XmlElement, path: string): string | undefined {
  return root.get(path, OJBC_NAMESPACES)?.content.trim() || undefined;
}

function nameOf(root: XmlElement): PersonName {
  const parts = {
    given: text(root, `${NAME}/nc:PersonGivenName`),
    middle: text(root, `${NAME}/nc:PersonMiddleName`),
    surname: text(root, `${NAME}/nc:PersonSurName`),
    suffix: text(root, `${NAME}/nc:PersonNameSuffixText`),
    full: text(root, `${NAME}/nc:PersonFullName`),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function outcomeOf(root: XmlElement): OjbcAnswer['outcome'] {
  const report = Object.keys(OUTCOMES).find((name) => name === root.name);
  if (!report || root.namespaceUri !== reportNamespace(report)) {
    throw new BenchlinkError('unsure', 'ANSWER-FORMAT', NOT_AN_ANSWER);
  }
  return OUTCOMES[report as keyof typeof OUTCOMES];
}

/** Owner, case number, record number and person of any report of the family. */
type ReportIdentity = Omit<OjbcAnswer, 'outcome'>;

function identityOf(root: XmlElement): ReportIdentity {
  const record = 'j:Warrant/wir-ext:WarrantAugmentation/wir-ext:StateWarrantRepositoryIdentification';
  const found = {
    ori: text(root, `${AGENCY}/j:OrganizationAugmentation/j:OrganizationORIIdentification/${ID}`),
    oca: text(root, `${AGENCY}/wir-ext:AgencyRecordIdentification/${ID}`),
    fcn: text(root, `${record}/${ID}`),
  };
  const present = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { ...present, name: nameOf(root) };
}

function understood(root: XmlElement): OjbcAnswer {
  const outcome = outcomeOf(root);
  const { fcn, ...identity } = identityOf(root);
  return { outcome, ...identity, ...(outcome === 'accepted' && fcn ? { fcn } : {}) };
}

function withRoot<T>(bytes: Uint8Array, use: (root: XmlElement) => T): T {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(bytes, { option: OPTIONS });
    return use(document.root);
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    throw new BenchlinkError('unsure', 'ANSWER-FORMAT', 'The answer is not well-formed XML.');
  } finally {
    document?.dispose();
  }
}

/**
 * Reads an OJBC Warrant Accepted or Rejected report.
 * @throws BenchlinkError `ANSWER-FORMAT` if it is neither: what became of the warrant is then not known
 */
export function readOjbcAnswer(bytes: Uint8Array): OjbcAnswer {
  return withRoot(bytes, understood);
}

/** Whether every part of the name the answer states is the one that was sent. */
function sameName(answered: PersonName, sent: PersonName): boolean {
  return Object.entries(answered).every(([part, value]) => {
    const was = sent[part as keyof PersonName];
    return was === undefined || was.toUpperCase() === value?.toUpperCase();
  });
}

function bodyOf(answer: OjbcAnswer): AnswerBody | undefined {
  if (answer.outcome === 'rejected') {
    // The format gives no reason; the clerk must ask the destination.
    const rejection = {
      code: 'OJBC-REJECTED',
      text: 'Rejected; the report states no reason',
      retryable: false,
    };
    return { kind: 'rejected', codes: [rejection] };
  }
  return answer.fcn ? { kind: 'accepted', fcn: answer.fcn, warnings: [] } : undefined;
}

/**
 * What an Accepted or Rejected report says about a report of ours. The format has no message id: owner and name
 * must agree, and the case number wherever the answer states one. An acceptance without a record number is none.
 */
export function readOjbcReading(bytes: Uint8Array, sent: SentMessage): ProfileReading {
  try {
    const answer = readOjbcAnswer(bytes);
    const ours = withRoot(sent.bytes, identityOf);
    const caseAgrees = answer.oca === ours.oca || (answer.outcome === 'rejected' && answer.oca === undefined);
    if (answer.ori !== ours.ori || !caseAgrees || !sameName(answer.name, ours.name)) {
      return { kind: 'foreign', why: 'the report is about another warrant' };
    }
    const body = bodyOf(answer);
    return body ? { kind: 'answer', body } : { kind: 'malformed', why: 'the acceptance names no record' };
  } catch (error) {
    if (!(error instanceof BenchlinkError)) throw error;
    return { kind: 'malformed', why: error.message };
  }
}
