import type { Warrant } from '../../../src/domain/index.ts';
import { BenchlinkError } from '../../../src/errors.ts';
import type { Packager } from '../../../src/transmit/context.ts';
import type { ReceivedMessage } from '../../../src/transmit/intake/message.ts';
import type { RecordFacts, RecordReference, WarrantMessage } from '../../../src/transmit/package/model.ts';
import { ncicName } from '../../../src/transmit/package/name.ts';

function height(inches: number): string {
  return `${Math.floor(inches / 12)}${String(inches % 12).padStart(2, '0')}`;
}

function fieldsOf(facts: RecordFacts): Record<string, string> {
  const { warrant } = facts;
  const { person } = warrant;
  const mis = ['FTA', ...facts.others.map((other) => `ALSO ${other.number}`)].join(' ');
  const fields: Record<string, string | undefined> = {
    ORI: warrant.agencyOri,
    CTI: warrant.courtOri,
    OCA: warrant.oca,
    WNO: warrant.number,
    NAM: ncicName(person.name),
    SEX: person.sex,
    RAC: person.race,
    HAI: person.hair,
    EYE: person.eyes,
    DOB: person.birthDate?.replaceAll('-', ''),
    HGT: person.heightInches === undefined ? undefined : height(person.heightInches),
    WGT: person.weightPounds === undefined ? undefined : String(person.weightPounds).padStart(3, '0'),
    SOC: person.ids.ssn,
    OFF: warrant.offences[0]?.ncic,
    DOW: warrant.issuedDate?.replaceAll('-', ''),
    EXL: warrant.extradition?.limit,
    LEVEL: warrant.level?.code,
    MIS: mis,
  };
  return Object.fromEntries(Object.entries(fields).filter((e): e is [string, string] => Boolean(e[1])));
}

function target(record: RecordReference): ReceivedMessage['target'] {
  return {
    ...(record.fcn ? { fcn: record.fcn } : {}),
    ...(record.oca ? { oca: record.oca } : {}),
    nam: record.nameAsSent,
  };
}

function received(message: WarrantMessage): ReceivedMessage {
  const base = { messageId: message.messageId, kind: message.kind, lists: {}, removed: [], target: {} };
  if (message.kind === 'enter') return { ...base, fields: fieldsOf(message.facts) };
  const about = { ...base, target: target(message.record) };
  if (message.kind !== 'modify') return { ...about, fields: { ORI: message.record.ori } };
  const before = fieldsOf(message.before);
  const after = fieldsOf(message.facts);
  const changed = Object.fromEntries(Object.entries(after).filter(([code, value]) => before[code] !== value));
  const removed = Object.keys(before).filter((code) => after[code] === undefined);
  if (Object.keys(changed).length + removed.length === 0) {
    throw new BenchlinkError(
      'fault',
      'PACKAGE-NO-CHANGE',
      'A modification that changes nothing is not sent.',
    );
  }
  return { ...about, fields: { ...changed, ORI: message.record.ori }, removed };
}

/** Messages as JSON: what sending does is tested apart from the format it sends. */
export const jsonPackager: Packager = {
  contentType: 'application/json',
  check: (message) =>
    message.kind === 'enter' && message.facts.warrant.person.sex === undefined
      ? [{ code: 'PER-CODE', severity: 'error', field: 'person.sex', message: 'The sex is missing.' }]
      : [],
  build: (message) => Buffer.from(JSON.stringify(received(message))),
  validate: () => [],
  nameOf: (warrant: Warrant) => ncicName(warrant.person.name),
};
