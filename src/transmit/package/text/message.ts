import { BenchlinkError } from '../../../errors.ts';
import { type Field, fieldsOf, ncicDate } from '../fields.ts';
import { messageKey } from '../message.ts';
import type {
  ModifyMessage,
  RecordFacts,
  RecordReference,
  RemovalMessage,
  SupplementalMessage,
  ValidateMessage,
  WarrantMessage,
} from '../model.ts';
import { ncicName } from '../name.ts';
import { type Pair, writeFrame } from './frame.ts';

/** Codes several of which make one field, joined by a hyphen (CMC: up to ten codes in one field). */
const JOINED = 'CMC';

/** How a field is removed in this frame: blank fields are dropped, so removal has a field of its own. */
const REMOVED = 'RMV';

function pairsOf(fields: readonly Field[]): Pair[] {
  const codes = fields.filter((field) => field.code === JOINED).map((field) => field.value);
  const seen = new Set<string>();
  return fields.flatMap(({ code, value }): Pair[] => {
    if (code !== JOINED) return [[code, value]];
    if (seen.has(code)) return [];
    seen.add(code);
    return [[JOINED, codes.join('-')]];
  });
}

function aliasPairs(facts: RecordFacts): Pair[] {
  const { aliases, otherBirthDates } = facts.warrant.person;
  return [
    ...aliases.flatMap((name): Pair[] => {
      const value = ncicName(name);
      return value ? [['AKA', value]] : [];
    }),
    ...otherBirthDates.map((date): Pair => ['DOBX', ncicDate(date)]),
  ];
}

/** Which record: ORI, the name as sent, and every number known (domain brief A.1, XW). */
function referencePairs(record: RecordReference): Pair[] {
  return [
    ['ORI', record.ori],
    ['NAM', record.nameAsSent],
    ['NIC', record.nic ?? ''],
    ['FCN', record.fcn ?? ''],
    ['OCA', record.oca ?? ''],
  ];
}

function allPairs(facts: RecordFacts): Pair[] {
  return [...pairsOf(fieldsOf(facts)), ...aliasPairs(facts)];
}

/** Only what changed: after the reference the new values, then the names of the fields that go. */
function changePairs(message: ModifyMessage): Pair[] {
  const before = allPairs(message.before);
  const after = allPairs(message.facts);
  const values = (pairs: readonly Pair[], code: string) =>
    JSON.stringify(pairs.filter(([name]) => name === code));
  const codes = new Set([...after, ...before].map(([code]) => code));
  const touched = new Set([...codes].filter((code) => values(before, code) !== values(after, code)));
  const changed = after.filter(([code]) => touched.has(code));
  const kept = new Set(changed.map(([code]) => code));
  const removed = [...touched].filter((code) => !kept.has(code));
  if (touched.size === 0) {
    throw new BenchlinkError(
      'fault',
      'PACKAGE-NO-CHANGE',
      'A modification that changes nothing is not sent.',
    );
  }
  return [...referencePairs(message.record), ...changed, ...removed.map((code): Pair => [REMOVED, code])];
}

function removalPairs(message: RemovalMessage): Pair[] {
  return [
    ...referencePairs(message.record),
    ['DOC', ncicDate(message.date)],
    ['RPS', message.reason.replaceAll('_', ' ')],
  ];
}

function supplementPairs({ record, additions }: SupplementalMessage): Pair[] {
  return [
    ...referencePairs(record),
    ...additions.aliases.flatMap((name): Pair[] => {
      const value = ncicName(name);
      return value ? [['AKA', value]] : [];
    }),
    ...additions.birthDates.map((date): Pair => ['DOBX', ncicDate(date)]),
    ...additions.smt.map((value): Pair => ['SMT', value]),
    ...additions.mnu.map((value): Pair => ['MNU', value]),
  ];
}

function validationPairs(message: ValidateMessage): Pair[] {
  return [...referencePairs(message.record), ['VLN', message.validator], ['DOV', ncicDate(message.date)]];
}

function bodyOf(message: WarrantMessage): Pair[] {
  switch (message.kind) {
    case 'enter':
      return allPairs(message.facts);
    case 'modify':
      return changePairs(message);
    case 'supplemental':
      return supplementPairs(message);
    case 'validate':
      return validationPairs(message);
    default:
      return removalPairs(message);
  }
}

/** A validation is a modification that names the validator. */
function keyOf(message: WarrantMessage): string {
  return message.kind === 'validate' ? 'MW' : messageKey(message);
}

/**
 * A message as framed text. The frame imitates the one public switch format (Nlets); a state's own is not public,
 * so destination and field set stand behind this profile. Text carries no print: the TCN does not fit NCIC's
 * fields, and CII and FBI numbers stand for it.
 * @param destination nine-character ORI of the receiving file
 */
export function toText(message: WarrantMessage, destination: string): Uint8Array {
  const origin = message.kind === 'enter' ? message.facts.warrant.agencyOri : message.record.ori;
  const text = writeFrame({
    key: keyOf(message),
    origin: origin ?? '',
    destination,
    control: message.messageId,
    pairs: bodyOf(message),
  });
  return Buffer.from(text, 'ascii');
}
