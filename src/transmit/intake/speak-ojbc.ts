import type { AnswerBody } from '../answer-model.ts';
import { OJBC_NAMESPACES, reportNamespace } from '../package/ojbc/namespaces.ts';
import { agencyTree } from '../package/ojbc/warrant.ts';
import { identification } from '../package/parts.ts';
import { node, type Tree } from '../package/tree.ts';
import { ATTRIBUTE, writeXml } from '../package/write-xml.ts';
import type { Subject } from './message.ts';

const PERSON = 'Person_01';

function report(name: string, subject: Subject, fcn: string | undefined): string {
  const reference: Tree = { [`${ATTRIBUTE}structures:ref`]: PERSON };
  const tree = node({
    'j:Warrant': node({
      '@structures:id': 'Warrant_01',
      'j:CourtOrderDesignatedSubject': node({ 'nc:RoleOfPerson': reference }),
      'j:CourtOrderEnforcementAgency': agencyTree(subject.ori, subject.oca),
      'wir-ext:WarrantAugmentation': node({
        'wir-ext:StateWarrantRepositoryIdentification': identification(fcn),
      }),
    }),
    'nc:Person': node({
      '@structures:id': PERSON,
      'nc:PersonName': node({ 'nc:PersonFullName': subject.nam }),
    }),
  });
  const namespaces = { doc: reportNamespace(name), ...OJBC_NAMESPACES };
  return Buffer.from(writeXml(`doc:${name}`, namespaces, tree ?? {})).toString('utf8');
}

/** An Accepted or Rejected report; undefined for what the format cannot say. It states no reason for a rejection. */
export function speakOjbc(subject: Subject, body: AnswerBody): string | undefined {
  if (body.kind === 'accepted') return report('WarrantAcceptedReport', subject, body.fcn);
  return body.kind === 'rejected' || body.kind === 'on-file'
    ? report('WarrantRejectedReport', subject, undefined)
    : undefined;
}
