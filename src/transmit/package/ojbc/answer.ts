import { ParseOption, XmlDocument, type XmlElement, XmlLibError } from 'libxml2-wasm';
import type { PersonName } from '../../../domain/index.ts';
import { BenchlinkError } from '../../../errors.ts';
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
    throw new BenchlinkError('unsure', 'ANSWER-FORMAT', 'The answer is no OJBC Accepted or Rejected report.');
  }
  return OUTCOMES[report as keyof typeof OUTCOMES];
}

function understood(root: XmlElement): OjbcAnswer {
  const outcome = outcomeOf(root);
  const record = 'j:Warrant/wir-ext:WarrantAugmentation/wir-ext:StateWarrantRepositoryIdentification';
  const found = {
    ori: text(root, `${AGENCY}/j:OrganizationAugmentation/j:OrganizationORIIdentification/${ID}`),
    oca: text(root, `${AGENCY}/wir-ext:AgencyRecordIdentification/${ID}`),
    fcn: outcome === 'accepted' ? text(root, `${record}/${ID}`) : undefined,
  };
  const present = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { outcome, ...present, name: nameOf(root) };
}

/**
 * Reads an OJBC Warrant Accepted or Rejected report.
 * @throws BenchlinkError `ANSWER-FORMAT` if it is neither: what became of the warrant is then not known
 */
export function readOjbcAnswer(bytes: Uint8Array): OjbcAnswer {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(bytes, { option: OPTIONS });
    return understood(document.root);
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    throw new BenchlinkError('unsure', 'ANSWER-FORMAT', 'The answer is not well-formed XML.');
  } finally {
    document?.dispose();
  }
}
