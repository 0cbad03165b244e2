import { ANSWER_NAMESPACE, type AnswerBody, type RecordOnFile, type WarrantAnswer } from './answer-model.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

function element(
  name: string,
  text: string | undefined,
  attributes: Readonly<Record<string, string>> = {},
): string {
  if (text === undefined) return '';
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<ans:${name}${written.join('')}>${escapeXml(text)}</ans:${name}>`;
}

function retry(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` retryAfterSeconds="${seconds}"`;
}

function recordXml(name: string, record: RecordOnFile): string {
  const fields = Object.entries(record.fields).map(([code, value]) => element('Field', value, { code }));
  return `<ans:${name}>${element('FCN', record.fcn)}${element('NIC', record.nic)}${fields.join('')}</ans:${name}>`;
}

function bodyXml(body: AnswerBody): string {
  switch (body.kind) {
    case 'accepted': {
      const warnings = body.warnings.map((warning) => element('Warning', warning)).join('');
      return `<ans:Accepted>${element('FCN', body.fcn)}${element('NIC', body.nic)}${warnings}</ans:Accepted>`;
    }
    case 'rejected': {
      const codes = body.codes.map(({ code, field, text, retryable }) =>
        element('Rejection', text, { code, ...(field ? { field } : {}), retryable: String(retryable) }),
      );
      return `<ans:Rejected>${codes.join('')}</ans:Rejected>`;
    }
    case 'on-file':
      return recordXml('OnFile', body.record);
    case 'queued':
      return `<ans:Queued${retry(body.retryAfterSeconds)}/>`;
    case 'unavailable':
      return `<ans:Unavailable${retry(body.retryAfterSeconds)}/>`;
    case 'not-received':
      return `<ans:NotReceived closed="${body.closed}"/>`;
  }
}

/** An answer as XML valid against `answer.xsd`; the same answer is always the same bytes. */
export function writeAnswer(answer: WarrantAnswer): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<ans:WarrantAnswer xmlns:ans="${ANSWER_NAMESPACE}">`,
    element('MessageID', answer.messageId),
    element('ReceivedSHA256', answer.receivedSha256),
    element('AnswerDateTime', answer.at),
    bodyXml(answer.body),
    '</ans:WarrantAnswer>\n',
  ].join('');
}
