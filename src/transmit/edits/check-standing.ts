import {
  type CourtStatus,
  hasExpired,
  isConfidential,
  type Problem,
  type ReasonCode,
  type Warrant,
  type WarrantState,
} from '../../domain/index.ts';
import { problem } from './check-fields.ts';

/** Court statuses under which nothing may stand in a wanted-persons file. */
const NOT_STANDING: Partial<Record<CourtStatus, ReasonCode>> = {
  STAYED: 'WAR-STAYED',
  RECALLED: 'WAR-RECALLED',
  QUASHED: 'WAR-RECALLED',
  SERVED: 'WAR-SERVED',
  EXPIRED: 'WAR-EXPIRED',
};

/**
 * The last gate before the wire: a warrant that is stayed, recalled, served, expired or sealed is never entered or
 * kept up, whatever stood in its way before did not hold.
 */
export function checkStanding(warrant: Warrant, today: string): readonly Problem[] {
  const found: Problem[] = [];
  const status = warrant.status.code;
  const code = status && NOT_STANDING[status];
  if (code) found.push(problem(code, 'By the court the warrant does not stand; it is not sent.', 'status'));
  if (hasExpired(warrant, today)) {
    found.push(
      problem('WAR-EXPIRED', "The warrant's date of expiry has passed; it is not sent.", 'expirationDate'),
    );
  }
  if (isConfidential(warrant)) {
    found.push(
      problem('WAR-SEALED', 'The case is sealed or juvenile-confidential; it is not sent.', 'sealed'),
    );
  }
  return found;
}

/** The end that each of these reasons is for a warrant whose record stands at the destination. */
const ENDS: Partial<Record<ReasonCode, WarrantState>> = {
  'WAR-STAYED': 'recalled',
  'WAR-RECALLED': 'recalled',
  'WAR-SEALED': 'recalled',
  'WAR-SERVED': 'served',
  'WAR-EXPIRED': 'expired',
};

/** The end, if any, that these problems mean: a record of such a warrant is not corrected but taken back. */
export function endOf(problems: readonly Problem[]): { to: WarrantState; code: ReasonCode } | undefined {
  for (const { code } of problems) {
    const to = ENDS[code];
    if (to) return { to, code };
  }
  return undefined;
}
