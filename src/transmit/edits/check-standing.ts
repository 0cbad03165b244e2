import type { CourtStatus, Problem, ReasonCode, Warrant } from '../../domain/index.ts';
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
  if (warrant.expirationDate && warrant.expirationDate < today) {
    found.push(
      problem('WAR-EXPIRED', "The warrant's date of expiry has passed; it is not sent.", 'expirationDate'),
    );
  }
  if (warrant.sealed || warrant.juvenile) {
    found.push(
      problem('WAR-SEALED', 'The case is sealed or juvenile-confidential; it is not sent.', 'sealed'),
    );
  }
  return found;
}
