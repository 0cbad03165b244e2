import type { Problem } from '../domain/index.ts';
import type { CourtFormat } from './courts/format.ts';
import { COURT_FORMATS } from './courts/index.ts';
import { headOf, sniff, whyNone } from './sniff.ts';

/** The court format of a file by its first bytes, or the problem that none, or more than one, fits. */
export function courtFormatOf(head: Uint8Array, name: string): CourtFormat | Problem {
  if (head.length === 0) {
    return {
      code: 'SRC-EMPTY',
      severity: 'error',
      message: `${name} has 0 bytes; ask the source whether there was nothing to send.`,
    };
  }
  const seen = headOf(head, name);
  const found = sniff(COURT_FORMATS, seen);
  if ('format' in found) return found.format;
  return {
    code: 'SRC-FORMAT',
    severity: 'error',
    message: `The format of ${name} is not clear (${whyNone(found.candidates, seen)}). Name the source's format in the configuration.`,
  };
}
