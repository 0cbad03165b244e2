import type { CourtRecord, Problem } from '../../domain/index.ts';
import { identityKey, lookupKeys } from '../dedupe.ts';
import { ENDING } from '../lifecycle/meaning.ts';
import type { CheckContext } from './context.ts';

/** Nine characters: two letters of the state, seven letters or digits (domain brief B.4). */
const ORI = /^[A-Z]{2}[A-Z0-9]{7}$/;

function oris(record: CourtRecord): Problem[] {
  const { warrant } = record;
  const fields = ['courtOri', 'agencyOri', 'issuingAgencyOri'] as const;
  return fields.flatMap((field) => {
    const value = warrant[field];
    if (value === undefined || ORI.test(value)) return [];
    return [
      {
        code: 'ORI-INVALID',
        severity: 'warning',
        field,
        message: `${field} does not have the form of an ORI.`,
      },
    ];
  });
}

function missing(record: CourtRecord, context: CheckContext): Problem[] {
  const found: Problem[] = [];
  const error = (code: Problem['code'], field: string, message: string) =>
    found.push({ code, severity: 'error', field, message });
  const key = identityKey(record.warrant, context.source);
  if (record.event === 'issued' || record.event === 'snapshot') {
    if (key === undefined) {
      error(
        'FIELD-MISSING',
        'number',
        'Nothing identifies the warrant: it needs a number, an agency ORI with its OCA, or a court ORI with docket and date of issue.',
      );
    }
    if (record.warrant.issuedDate === undefined && !isOver(record)) {
      error('FIELD-MISSING', 'issuedDate', 'issuedDate is missing.');
    }
    if (record.warrant.status.code === undefined) {
      error(
        'SRC-UNMAPPED',
        'status',
        'The status word of the source has no meaning here; map it for this source.',
      );
    }
  } else if (key === undefined && lookupKeys(record.warrant).length === 0 && record.event !== 'rejected') {
    error(
      'FIELD-MISSING',
      'number',
      'Nothing says which warrant the event is about: it needs a number, an OCA or a repository id.',
    );
  }
  return found;
}

function isOver(record: CourtRecord): boolean {
  return record.warrant.status.code !== undefined && ENDING.has(record.warrant.status.code);
}

/** What the order itself must have to be acted on. */
export function checkOrder(record: CourtRecord, context: CheckContext): Problem[] {
  const found = [...missing(record, context), ...oris(record)];
  const { bail } = record.warrant;
  if (bail?.cents !== undefined && bail.kind?.code === undefined) {
    found.push({
      code: 'BAIL-AMBIG',
      severity: 'warning',
      field: 'bail.kind',
      message: 'The kind of bail is not stated.',
    });
  }
  return found;
}
