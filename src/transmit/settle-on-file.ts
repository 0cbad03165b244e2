import {
  getWarrant,
  holdingByFcn,
  move,
  moveSubmission,
  openReview,
  type SubmissionRow,
  submissionFacts,
  type Unit,
} from '../store/index.ts';
import type { RecordOnFile } from './answer-model.ts';
import { type Evidence, kept } from './evidence.ts';
import { UNKNOWN_FACTS } from './record-facts.ts';
import { releaseRiders, ride } from './riders.ts';
import { hold } from './settle-accepted.ts';

/** The record on file is this very warrant's: adopt its number, and tell it every field anew. */
async function adopt(unit: Unit, sub: SubmissionRow, record: RecordOnFile): Promise<void> {
  const told = await submissionFacts(unit.trx, sub.message_id);
  const { NAM, ORI, OCA } = record.fields;
  await hold(
    unit,
    sub,
    { fcn: record.fcn, nic: record.nic ?? null },
    {
      facts: UNKNOWN_FACTS,
      nam: NAM ?? told?.nam ?? '',
      ori: ORI ?? told?.ori ?? '',
      oca: OCA ?? told?.oca ?? '',
    },
  );
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (row?.state === 'sent')
    await move(unit, { id: row.id, from: 'sent', to: 'verified', code: 'DST-ONFILE' });
}

/** The record on file is another warrant's of ours: this one rides in it, and the record is told so. */
async function join(unit: Unit, sub: SubmissionRow, leadId: string): Promise<void> {
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (row?.state !== 'sent') return;
  await move(unit, { id: row.id, from: 'sent', to: 'verified', code: 'DUP-LEAD' });
  await ride(unit, row.id, leadId);
}

/** The record on file is of nobody we know: a person compares the two. */
async function compare(unit: Unit, sub: SubmissionRow, record: RecordOnFile): Promise<void> {
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (row?.state !== 'sent') return;
  await move(unit, { id: row.id, from: 'sent', to: 'review', code: 'DST-ONFILE' });
  await openReview(unit, {
    warrantId: row.id,
    version: sub.warrant_version,
    stage: 'transmit',
    code: 'DST-ONFILE',
    sentence: `The destination already holds record ${record.fcn} for this person at this agency, under case number ${record.fields.OCA ?? '(none)'}, which no warrant of ours has. Compare the two and decide which one stands.`,
  });
}

/**
 * ON FILE is an ordinary outcome, reconciled by comparing, never retried: the record is ours and is brought up to
 * date, or another warrant's of ours and takes this one in, or a person looks at it (domain brief A.3).
 */
export async function onFile(
  unit: Unit,
  sub: SubmissionRow,
  record: RecordOnFile,
  evidence: Evidence,
): Promise<void> {
  await moveSubmission(unit, {
    id: sub.message_id,
    from: sub.state,
    to: 'on-file',
    code: 'DST-ONFILE',
    set: {
      answered_at: unit.at,
      answer_code: 'DST-ONFILE',
      ...kept(evidence, { kind: 'on-file', fcn: record.fcn }),
      fcn: record.fcn,
      nic: record.nic ?? null,
    },
  });
  if (sub.kind === 'enter') await releaseRiders(unit, sub.message_id);
  const lead = await holdingByFcn(unit.trx, record.fcn);
  if (lead && lead.warrant_id !== sub.warrant_id) return join(unit, sub, lead.warrant_id);
  const told = await submissionFacts(unit.trx, sub.message_id);
  const same = lead !== undefined || (record.fields.OCA === told?.oca && record.fields.NAM === told?.nam);
  return same ? adopt(unit, sub, record) : compare(unit, sub, record);
}
