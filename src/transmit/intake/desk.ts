import type { AnswerBody, RecordOnFile, Rejection } from '../answer-model.ts';
import { namesByName, rejections } from './edits.ts';
import type { ReceivedMessage } from './message.ts';
import { VALIDATE_AFTER_DAYS } from './parameters.ts';
import type { RecordRow, Register } from './register.ts';

/** When the desk works: the instant and the destination's local date. */
export interface DeskTime {
  /** ISO instant. */
  readonly at: string;
  /** YYYYMMDD in the destination's zone. */
  readonly today: string;
}

const NOT_ON_FILE: Rejection = {
  code: 'NOT-ON-FILE',
  text: 'REJECT - NOT ON FILE: no active record of this ORI has that number and that name',
  retryable: false,
};

function refused(...codes: Rejection[]): AnswerBody {
  return { kind: 'rejected', codes };
}

function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}

/** A record as it is told to its owner. */
export function onFile(row: RecordRow): RecordOnFile {
  const lists = parse<Record<string, string[]>>(row.lists);
  const joined = Object.entries(lists)
    .filter(([, values]) => values.length > 0)
    .map(([code, values]) => [`${code}-LIST`, values.join('|')] as const);
  return {
    fcn: row.fcn,
    ...(row.nic ? { nic: row.nic } : {}),
    fields: { ...parse<Record<string, string>>(row.fields), ...Object.fromEntries(joined) },
  };
}

async function enter(register: Register, message: ReceivedMessage, time: DeskTime): Promise<AnswerBody> {
  const duplicate = await register.duplicateOf(message.fields.ORI ?? '', message);
  if (duplicate) return { kind: 'on-file', record: onFile(duplicate) };
  // California's state number of the record; felonies go on to NCIC and get a NIC as well (domain brief, 0 item 5).
  const fcn = String(await register.nextNumber('fcn')).padStart(13, '0');
  const felony = message.fields.LEVEL === 'F';
  const nic = felony ? `W${String(await register.nextNumber('nic')).padStart(9, '0')}` : undefined;
  await register.insertRecord({ fcn, nic }, message, time.at);
  return { kind: 'accepted', fcn, ...(nic ? { nic } : {}), warnings: [] };
}

function accepted(row: RecordRow): AnswerBody {
  return { kind: 'accepted', fcn: row.fcn, ...(row.nic ? { nic: row.nic } : {}), warnings: [] };
}

async function modify(
  register: Register,
  message: ReceivedMessage,
  row: RecordRow,
  time: DeskTime,
): Promise<AnswerBody> {
  const before = parse<Record<string, string>>(row.fields);
  const fields = Object.fromEntries(
    Object.entries({ ...before, ...message.fields }).filter(([code]) => !message.removed.includes(code)),
  );
  const lists = { ...parse<Record<string, string[]>>(row.lists), ...message.lists };
  for (const code of message.removed) delete lists[code];
  const whole = { ...message, kind: 'enter' as const, fields, lists };
  const problems = rejections(whole, time.today);
  if (problems.length > 0) return refused(...problems);
  await register.changeRecord(row, fields, lists, {
    messageId: message.messageId,
    at: time.at,
    ...(message.print ? { printSha256: message.print.sha256 } : {}),
  });
  return accepted(row);
}

async function supplement(
  register: Register,
  message: ReceivedMessage,
  row: RecordRow,
  time: DeskTime,
): Promise<AnswerBody> {
  const lists = parse<Record<string, string[]>>(row.lists);
  for (const [code, values] of Object.entries(message.lists)) {
    lists[code] = [...new Set([...(lists[code] ?? []), ...values])];
  }
  await register.changeRecord(row, parse(row.fields), lists, { messageId: message.messageId, at: time.at });
  return accepted(row);
}

async function change(register: Register, message: ReceivedMessage, time: DeskTime): Promise<AnswerBody> {
  const row = await register.target(message.fields.ORI ?? '', message.target);
  // The name must be exactly as entered, so that a wrong number never removes another person's record.
  if (!row || (namesByName(message) && row.nam !== message.target.nam)) return refused(NOT_ON_FILE);
  const by = { messageId: message.messageId, at: time.at };
  switch (message.kind) {
    case 'modify':
      return modify(register, message, row, time);
    case 'supplemental':
      return supplement(register, message, row, time);
    case 'validate':
      await register.validated(row.fcn, { ...by, days: VALIDATE_AFTER_DAYS });
      return accepted(row);
    case 'cancel':
    case 'clear':
      await register.setState(row.fcn, message.kind === 'cancel' ? 'cancelled' : 'cleared', by);
      return accepted(row);
    case 'enter':
      return refused(NOT_ON_FILE);
  }
}

/** Decides one message against the register and writes what follows, in the register's transaction. */
export async function decide(
  register: Register,
  message: ReceivedMessage,
  time: DeskTime,
): Promise<AnswerBody> {
  const problems = rejections(message, time.today);
  if (problems.length > 0) return refused(...problems);
  return message.kind === 'enter' ? enter(register, message, time) : change(register, message, time);
}
