import type { AnswerBody } from '../answer-model.ts';
import { framed } from '../package/text/frame.ts';
import type { Subject } from './message.ts';

const PREFIX = /^[A-Z][A-Z0-9]{1,3}$/;

function pair(code: string, value: string | undefined): string[] {
  const text = value === undefined ? '' : framed(value);
  return text === '' ? [] : [`${code}/${text}`];
}

function linesOf(subject: Subject, body: AnswerBody): readonly string[] | undefined {
  switch (body.kind) {
    case 'accepted':
      return [
        [...pair('NAM', subject.nam), ...pair('FCN', body.fcn), ...pair('NIC', body.nic)].join(' '),
        ...pair('OCA', subject.oca),
      ];
    case 'rejected':
      return body.codes.map(({ text }) => (text.startsWith('REJECT') ? text : `REJECT - ${text}`));
    case 'on-file': {
      const { fcn, nic, fields } = body.record;
      const told = Object.entries(fields).filter(([code]) => PREFIX.test(code));
      return [
        'REJECT - ON FILE',
        ...pair('FCN', fcn),
        ...pair('NIC', nic),
        ...told.flatMap(([c, v]) => pair(c, v)),
      ];
    }
    case 'queued':
      return ['SM .02. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL FORWARD'];
    case 'unavailable':
      return ['SM .04. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL NOT FORWARD'];
    case 'not-received':
      return undefined;
  }
}

/**
 * An answer as text: a line with the echoed control field, the owner's ORI, and what is said (domain brief A.6; the
 * shapes of acknowledgement and reject are as recalled there).
 */
export function speakText(messageId: string, subject: Subject, body: AnswerBody): string | undefined {
  const lines = linesOf(subject, body);
  return lines && [`1L01.*${messageId}`, subject.ori, '', ...lines, ''].join('\n');
}
