import {
  type CourtRecord,
  END_STATES,
  isConfidential,
  type ReasonCode,
  type Warrant,
  type WarrantState,
} from '../../domain/index.ts';
import { applyEnd, applyModification, changedFields } from './diff.ts';
import { END_CODE, type End, eventDate, isEnd, type Meaning, meaningOf } from './meaning.ts';

/** What is known of a warrant when a record about it arrives. */
export interface Known {
  readonly facts: Warrant;
  readonly state: WarrantState;
  readonly reason: ReasonCode;
  /** Date of the newest court event applied, ISO. */
  readonly eventDate?: string;
}

/** What happens with one record. Nothing else changes a warrant's court facts. */
export type Decision =
  /** A new warrant; `end` where the court already ended it. */
  | { readonly act: 'create'; readonly facts: Warrant; readonly as: 'active' | 'stayed' | End }
  /** Same warrant, new facts. */
  | { readonly act: 'change'; readonly facts: Warrant; readonly changes: readonly string[] }
  | {
      readonly act: 'end';
      readonly to: End;
      readonly code: ReasonCode;
      readonly facts: Warrant;
      readonly changes: readonly string[];
    }
  /** Ordered but held: not active, and taken back from wherever it was sent. */
  | { readonly act: 'stay'; readonly facts: Warrant; readonly changes: readonly string[] }
  /** Active again by a new issue, by the court lifting a stay, or by a later last day in force. */
  | { readonly act: 'reissue'; readonly facts: Warrant; readonly changes: readonly string[] }
  | { readonly act: 'duplicate' }
  /** A person must look; the warrant stays as it is. */
  | { readonly act: 'ask'; readonly code: ReasonCode; readonly sentence: string }
  /** Sealed or juvenile: nothing of it goes further, and what went before is taken back. */
  | { readonly act: 'stop'; readonly code: ReasonCode }
  | { readonly act: 'evidence' }
  /** Names a warrant nobody here knows: kept until it becomes known. */
  | { readonly act: 'unmatched' };

/**
 * What a court record means for the warrant it names. Pure: the same record and the same knowledge give the
 * same decision. A recall outranks everything; nothing but a new issue, the lifting of a stay, or a later
 * last day of one that had only run out brings an ended warrant back; what is older than what is known changes nothing by itself.
 * @param known undefined where no such warrant is known
 */
export function decide(known: Known | undefined, record: CourtRecord): Decision {
  const meaning = meaningOf(record);
  if (meaning === 'evidence') return { act: 'evidence' };
  if (isConfidential(record.warrant)) return { act: 'stop', code: 'WAR-SEALED' };
  if (!known) return unknownWarrant(record, meaning);
  if (isEnd(meaning)) return ending(known, record, meaning);
  if (meaning === 'stayed') return staying(known, record);
  return isOver(known) ? afterEnd(known, record) : live(known, record);
}

function isOver(known: Known): boolean {
  return END_STATES.includes(known.state);
}

/** Enough to stand as a warrant of its own. */
function isWhole(record: CourtRecord): boolean {
  const { warrant, event } = record;
  return (
    event !== 'modified' && warrant.issuedDate !== undefined && Object.keys(warrant.person.name).length > 0
  );
}

function unknownWarrant(record: CourtRecord, meaning: Meaning): Decision {
  if (!isWhole(record) || meaning === 'unknown' || meaning === 'evidence') return { act: 'unmatched' };
  return { act: 'create', facts: record.warrant, as: meaning };
}

/** Whether the record speaks of a time before what is known. */
function isOlder(known: Known, record: CourtRecord): boolean {
  const date = eventDate(record);
  return date !== undefined && known.eventDate !== undefined && date < known.eventDate;
}

function outOfOrder(sentence: string): Decision {
  return { act: 'ask', code: 'SRC-OUT-OF-ORDER', sentence };
}

function ending(known: Known, record: CourtRecord, to: End): Decision {
  const date = eventDate(record);
  const { issuedDate } = known.facts;
  if (date !== undefined && issuedDate !== undefined && date < issuedDate) {
    return outOfOrder(
      `The court's end of ${date} is older than the issue of ${issuedDate}; it may mean an earlier warrant.`,
    );
  }
  if (known.state === to && known.reason !== 'WAR-STAYED') return { act: 'duplicate' };
  if (isOver(known) && known.reason !== 'WAR-STAYED') {
    return outOfOrder(`The warrant is ${known.state} already, and now the court says ${to}.`);
  }
  const facts = applyEnd(known.facts, record.warrant);
  return { act: 'end', to, code: END_CODE[to], facts, changes: changedFields(known.facts, facts) };
}

function staying(known: Known, record: CourtRecord): Decision {
  const held = known.reason === 'WAR-STAYED' && (isOver(known) || known.state === 'received');
  if (held || isOver(known)) return { act: 'duplicate' };
  if (isOlder(known, record))
    return outOfOrder('A stay arrived that is older than what is known of the warrant.');
  const facts = applyEnd(known.facts, record.warrant);
  return { act: 'stay', facts, changes: changedFields(known.facts, facts) };
}

/** The facts as the record leaves them: a modification states parts, everything else states all. */
function factsAfter(known: Known, record: CourtRecord): Warrant {
  return record.event === 'modified'
    ? applyModification(known.facts, record.warrant, record.cleared)
    : record.warrant;
}

/** A modification changes facts; only an issue or a whole statement of how things stand lifts a stay. */
function liftsStay(record: CourtRecord): boolean {
  return record.event === 'issued' || record.event === 'snapshot';
}

function live(known: Known, record: CourtRecord): Decision {
  const facts = factsAfter(known, record);
  const changes = changedFields(known.facts, facts);
  if (known.reason === 'WAR-STAYED' && liftsStay(record)) return { act: 'reissue', facts, changes };
  if (changes.length === 0) return { act: 'duplicate' };
  if (isOlder(known, record)) {
    return outOfOrder(
      'A change arrived that is older than what is known of the warrant; it was not applied.',
    );
  }
  return { act: 'change', facts, changes };
}

/** The date of the end as the facts have it. */
function endedOn(known: Known): string | undefined {
  return known.facts.recallDate ?? known.facts.servedDate ?? known.facts.statusDate;
}

/** Ended by nothing but its last day in force, of which the court now names a later one. */
function isExtended({ reason, facts: before }: Known, { expirationDate }: Warrant): boolean {
  const byDate = reason === 'WAR-EXPIRED' && before.status.code !== 'EXPIRED';
  const last = before.expirationDate;
  return byDate && last !== undefined && expirationDate !== undefined && expirationDate > last;
}

const SHOWN_AGAIN =
  "The warrant was taken back because its case was sealed or juvenile-confidential, and the court's data shows it openly now. Ask the court: --stands brings the warrant back, --recalled leaves it as it is.";

function afterEnd(known: Known, record: CourtRecord): Decision {
  const facts = factsAfter(known, record);
  const changes = changedFields(known.facts, facts);
  if (known.reason === 'WAR-STAYED' && liftsStay(record) && !isOlder(known, record)) {
    return { act: 'reissue', facts, changes };
  }
  if (isExtended(known, facts) && !isOlder(known, record)) return { act: 'reissue', facts, changes };
  const issued = record.event === 'modified' ? undefined : record.warrant.issuedDate;
  const before = known.facts.issuedDate;
  if (
    issued !== undefined &&
    before !== undefined &&
    issued > before &&
    issued >= (endedOn(known) ?? issued)
  ) {
    return { act: 'reissue', facts, changes };
  }
  const shown = liftsStay(record) && !isOlder(known, record);
  if (known.reason === 'WAR-SEALED' && shown)
    return { act: 'ask', code: 'WAR-SEALED', sentence: SHOWN_AGAIN };
  // The old issue again; or, after a recall by county order, a court list that has not caught up with it.
  if ((record.event === 'issued' && issued === before) || changes.length === 0) return { act: 'duplicate' };
  return outOfOrder(
    `The court's data shows the warrant as active although it is ${known.state}; only a new issue brings it back.`,
  );
}
