import type { AnswerBody } from '../../answer-model.ts';
import type { Pair } from './frame.ts';

/** What a text answer says; the raw text is kept by whoever received it. */
export type TextAnswer =
  | { readonly kind: 'answer'; readonly control?: string; readonly body: AnswerBody }
  /** Unsolicited: a locate on our record, a purge notice, a request to confirm a hit, or its answer. */
  | { readonly kind: 'locate' | 'purge' | 'hit-request' | 'hit-response'; readonly pairs: readonly Pair[] }
  /** No row of the table fits: what became of the message is not known. */
  | { readonly kind: 'unknown' };

interface Row {
  readonly pattern: RegExp;
  read(match: RegExpExecArray, text: string): TextAnswer;
}

const FIELD = /(?:^|[\s.])([A-Z][A-Z0-9]{1,3})\/((?:(?![\s.][A-Z][A-Z0-9]{1,3}\/)[^\n])*)/g;
const CONTROL = /\.?\*([\x21-\x2D\x2F-\x7E]{1,64})/;

/** All `CODE/VALUE` pairs of an answer, over its lines. */
export function pairsIn(text: string): readonly Pair[] {
  return [...text.matchAll(FIELD)].map(
    (match): Pair => [match[1] ?? '', (match[2] ?? '').replace(/\.$/, '').trim()],
  );
}

function valueIn(text: string, code: string): string | undefined {
  return pairsIn(text).find(([name]) => name === code)?.[1];
}

function answer(text: string, body: AnswerBody): TextAnswer {
  const control = CONTROL.exec(text)?.[1];
  return { kind: 'answer', ...(control ? { control } : {}), body };
}

function rejected(text: string, code: string, what: string, field?: string): TextAnswer {
  const rejection = { code, ...(field ? { field } : {}), text: what, retryable: false };
  return answer(text, { kind: 'rejected', codes: [rejection] });
}

const FIELD_ERROR = /\bREJ(?:ECT)?\b[\s-]*([A-Z][A-Z0-9]{1,3})\b FIELD ERROR[ :-]*([^\n]*)/;

/** Every field that is named; each reject stands on a line of its own. */
function fieldErrors(text: string): TextAnswer {
  const found = [...text.matchAll(new RegExp(FIELD_ERROR, 'g'))];
  const codes = found.map(([, field = '', why = '']) => ({
    code: 'FIELD-ERROR',
    field,
    text: `${field} FIELD ERROR ${why}`.trim(),
    retryable: false,
  }));
  return answer(text, { kind: 'rejected', codes });
}

function unsolicited(kind: 'locate' | 'purge' | 'hit-request' | 'hit-response') {
  return (_match: RegExpExecArray, text: string): TextAnswer => ({ kind, pairs: pairsIn(text) });
}

function numbersOf(text: string): { fcn: string; nic?: string } | undefined {
  const nic = valueIn(text, 'NIC');
  const fcn = valueIn(text, 'FCN') ?? nic;
  return fcn ? { fcn, ...(nic ? { nic } : {}) } : undefined;
}

function onFile(text: string): TextAnswer {
  const numbers = numbersOf(text);
  if (!numbers) return { kind: 'unknown' };
  return answer(text, { kind: 'on-file', record: { ...numbers, fields: Object.fromEntries(pairsIn(text)) } });
}

function accepted(text: string): TextAnswer {
  const numbers = numbersOf(text);
  return numbers ? answer(text, { kind: 'accepted', ...numbers, warnings: [] }) : { kind: 'unknown' };
}

/**
 * The table, first fit decides. Shapes of rejects and acknowledgements are as recalled (domain brief A.6, [R]),
 * those of errors and status messages as the switch publishes them (A.7).
 */
const TABLE: readonly Row[] = [
  { pattern: /^\s*YQ\./, read: unsolicited('hit-request') },
  { pattern: /^\s*YR\./, read: unsolicited('hit-response') },
  { pattern: /^\s*LW\.|\bLOCATE(D)? (NOTICE|NOTIFICATION|PLACED)\b/, read: unsolicited('locate') },
  { pattern: /\bPURGE(D)? (NOTICE|NOTIFICATION|RECORD)\b/, read: unsolicited('purge') },
  {
    pattern: /\bREJ(ECT)?\b[\s-]*(RECORD )?NOT ON FILE\b/,
    read: (_m, text) => rejected(text, 'NOT-ON-FILE', 'NOT ON FILE'),
  },
  { pattern: /\bREJ(ECT)?\b[\s-]*(RECORD )?ON FILE\b/, read: (_m, text) => onFile(text) },
  {
    pattern: FIELD_ERROR,
    read: (_m, text) => fieldErrors(text),
  },
  {
    pattern: /USER OUT OF SERVICE[^\n]*WILL NOT FORWARD/,
    read: (_m, text) => answer(text, { kind: 'unavailable' }),
  },
  { pattern: /USER OUT OF SERVICE[^\n]*WILL FORWARD/, read: (_m, text) => answer(text, { kind: 'queued' }) },
  {
    pattern: /USER DOES NOT RESPOND[^\n]*/,
    read: ([what], text) => rejected(text, 'SM-01', what),
  },
  {
    pattern: /^\s*ER\.[\s\S]*?\.(\d{1,2})\.\s*([^\n]*)/,
    read: ([, number = '', why = ''], text) =>
      rejected(text, `ER-${number.padStart(2, '0')}`, why.slice(0, 200).trim()),
  },
  {
    pattern: /\bREJ(?:ECT)?\b[\s-]*([^\n]*)/,
    read: ([, why = ''], text) => rejected(text, 'REJECT', why.trim()),
  },
  { pattern: /(?:^|[\s.])(NIC|FCN)\/[A-Z0-9]+/, read: (_m, text) => accepted(text) },
];

/** Reads an answer or an unsolicited message in text. What no row fits is unknown, never taken for an acceptance. */
export function readTextAnswer(text: string): TextAnswer {
  for (const row of TABLE) {
    const match = row.pattern.exec(text);
    if (match) return row.read(match, text);
  }
  return { kind: 'unknown' };
}
