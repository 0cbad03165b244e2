import type { ReceivedMessage } from '../../../src/transmit/intake/message.ts';
import type { MessageReader } from '../../../src/transmit/intake/read-message.ts';

/** Reads messages written as JSON: what the intake decides is tested apart from the format it reads. */
export const readJson: MessageReader = (bytes) => {
  try {
    return { message: JSON.parse(Buffer.from(bytes).toString('utf8')) as ReceivedMessage, problems: [] };
  } catch {
    return { problems: [{ code: 'SCHEMA', text: 'not JSON', retryable: false }] };
  }
};

export const ORI = 'CA0190000';

/** An entry of a synthetic misdemeanour warrant that passes every edit. */
export function entry(n: number, fields: Record<string, string> = {}): ReceivedMessage {
  const number = String(n).padStart(6, '0');
  const letters = [...number].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  return {
    messageId: `E-${number}`,
    kind: 'enter',
    fields: {
      ORI,
      CTI: 'CA019013J',
      OCA: `OCA${number}`,
      WNO: `W${number}`,
      NAM: `TEST${letters}, PAT`,
      SEX: 'M',
      RAC: 'W',
      HGT: '510',
      WGT: '180',
      HAI: 'BRO',
      DOB: `1980010${(n % 9) + 1}`,
      OFF: '5015',
      DOW: '20260110',
      EXL: 'D',
      MIS: 'FTA VC 40508(A) ORIGINAL OFFENSE VC 14601.1',
      LEVEL: 'M',
      ...fields,
    },
    lists: {},
    removed: [],
    target: {},
  };
}

/** A change to the record an entry made. */
export function change(
  kind: ReceivedMessage['kind'],
  of: ReceivedMessage,
  messageId: string,
  more: Partial<ReceivedMessage> = {},
): ReceivedMessage {
  const { OCA, NAM } = of.fields;
  return {
    messageId,
    kind,
    fields: { ORI: of.fields.ORI ?? '' },
    lists: {},
    removed: [],
    target: { ...(OCA ? { oca: OCA } : {}), ...(NAM ? { nam: NAM } : {}) },
    ...more,
  };
}

export function bytesOf(message: ReceivedMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
