import type { SubmissionKind } from '../../domain/index.ts';
import { errorText } from '../../errors.ts';
import { type Frame, readFrame } from '../package/text/frame.ts';
import type { ReceivedMessage, RecordTarget } from './message.ts';
import type { ReadResult } from './read-message.ts';

const KINDS: Readonly<Record<string, SubmissionKind>> = {
  EW: 'enter',
  'EW-C': 'enter',
  MW: 'modify',
  XW: 'cancel',
  CW: 'clear',
  EN: 'supplemental',
};

/** Prefixes that may stand more than once, by the name of the list they make. */
const LISTS: Readonly<Record<string, string>> = { AKA: 'AKA', DOBX: 'DOBS', SMT: 'SMT', MNU: 'MNU' };

/** Names a modification takes a field out with. */
const REMOVED = 'RMV';
/** Only there to say which record a change is about. */
const REFERENCE = new Set(['NIC', 'FCN']);

function kindOf(frame: Frame): SubmissionKind | undefined {
  const kind = KINDS[frame.key];
  return kind === 'modify' && frame.pairs.some(([prefix]) => prefix === 'VLN') ? 'validate' : kind;
}

function listsOf(frame: Frame): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const [prefix, value] of frame.pairs) {
    const name = prefix === 'CMC' ? 'CMC' : LISTS[prefix];
    if (!name) continue;
    // Ten caution codes make one field, parted by hyphens.
    lists[name] = [...(lists[name] ?? []), ...(prefix === 'CMC' ? value.split('-') : [value])];
  }
  return lists;
}

interface Parts {
  readonly fields: Record<string, string>;
  readonly target: RecordTarget;
}

/**
 * The first ORI, NAM and OCA of a change name the record; a second one of a code is its new value. The level has no
 * prefix: felony extradition codes are digits, misdemeanour codes letters.
 */
function partsOf(frame: Frame, change: boolean): Parts {
  const fields: Record<string, string> = {};
  const seen = new Set<string>();
  const named: Record<string, string> = {};
  for (const [prefix, value] of frame.pairs) {
    const firstTime = !seen.has(prefix);
    seen.add(prefix);
    if (change && firstTime && ['NAM', 'OCA', 'NIC', 'FCN'].includes(prefix)) named[prefix] = value;
    else if (LISTS[prefix] || prefix === 'CMC' || prefix === REMOVED || REFERENCE.has(prefix)) continue;
    else fields[prefix] = value;
  }
  if (fields.EXL) fields.LEVEL = /^\d/.test(fields.EXL) ? 'F' : 'M';
  const { NAM, OCA, NIC, FCN } = named;
  const target = {
    ...(FCN ? { fcn: FCN } : {}),
    ...(NIC ? { nic: NIC } : {}),
    ...(OCA ? { oca: OCA } : {}),
    ...(NAM ? { nam: NAM } : {}),
  };
  return { fields, target };
}

function understand(frame: Frame, kind: SubmissionKind, messageId: string): ReceivedMessage {
  return {
    messageId,
    kind,
    format: 'ncic-text',
    ...partsOf(frame, kind !== 'enter'),
    lists: listsOf(frame),
    removed: frame.pairs
      .filter(([prefix]) => prefix === REMOVED)
      .map(([, code]) => (LISTS[code] === undefined ? code : LISTS[code])),
  };
}

/** Reads a message in CODE/VALUE text; its id is the control field, which the answer echoes. */
export function readTextMessage(bytes: Uint8Array): ReadResult {
  const refuse = (code: string, text: string): ReadResult => ({
    problems: [{ code, text, retryable: false }],
  });
  try {
    const frame = readFrame(Buffer.from(bytes).toString('latin1'));
    const kind = kindOf(frame);
    if (!kind) return refuse('MESSAGE-KEY', `No message has the key ${frame.key.slice(0, 10)}`);
    if (!frame.control) return refuse('MESSAGE-ID', 'The frame has no control field');
    return { message: understand(frame, kind, frame.control), problems: [] };
  } catch (error) {
    return refuse('FORMAT', errorText(error).slice(0, 200));
  }
}
