/** One warrant as the court has it: whether it stands, and what we know of why it is or is not sent. */
export interface CourtEntry {
  readonly ori: string;
  readonly oca: string;
  readonly warrantId: string;
  /** The court has not recalled it, and it has not been served or expired. */
  readonly standing: boolean;
  /** It should be in the file: sent and accepted, or riding in another's record. */
  readonly expected: boolean;
  /** It rides in another warrant's record and has none of its own. */
  readonly rides: boolean;
  /** A message about it is on its way: the lists may differ until it is settled. */
  readonly moving: boolean;
}

/** One record we believe the destination holds. */
export interface OurEntry {
  readonly ori: string;
  readonly oca: string;
  readonly fcn: string;
  readonly nam: string;
  readonly warrantId: string;
}

/** One record the destination lists. */
export interface TheirEntry {
  readonly ori: string;
  readonly oca: string;
  readonly fcn: string;
  readonly nic: string | null;
  readonly nam: string;
}

/** All that the three lists say under one agency and case number. */
export interface Case {
  readonly ori: string;
  readonly oca: string;
  readonly court: readonly CourtEntry[];
  readonly ours: readonly OurEntry[];
  readonly theirs: readonly TheirEntry[];
}

/** What differs. */
export const DIFFERENCES = {
  'STALE-THERE':
    'The destination has a record of a warrant the court has ended: a person can be arrested on it',
  'GONE-THERE':
    'The destination does not list the record of an ended warrant that we still believe it has: ask by telephone, and answer with review decide --removed',
  'UNKNOWN-THERE': 'The destination has a record under a case number that no warrant of ours has',
  'DOUBLE-THERE': 'The destination has two records of one case',
  'MISSING-THERE': 'The destination has no record of a standing warrant it once accepted',
  'NOT-KNOWN-HERE': 'The destination has a record of a standing warrant that we did not know it had',
  'OTHER-NUMBER': 'The destination has the record under another number than the one it gave us',
  'OTHER-NAME': 'The destination has the record under another name than the one it accepted',
} as const;
export type DifferenceCode = keyof typeof DIFFERENCES;

/** What would repair it. */
export type Act =
  /** Cancel the record there, at once. */
  | 'cancel'
  /** Enter the warrant again. */
  | 'enter'
  /** Take the record as ours and bring it up to date. */
  | 'adopt'
  /** A person looks at it. */
  | 'look';

export interface Difference {
  readonly code: DifferenceCode;
  readonly act: Act;
  readonly ori: string;
  readonly oca: string;
  readonly warrantId?: string;
  readonly fcn?: string;
  readonly nic?: string | null;
  readonly nam?: string;
}

function difference(each: Case, code: DifferenceCode, act: Act, more: Partial<Difference>): Difference {
  return { code, act, ori: each.ori, oca: each.oca, ...more };
}

function record(their: TheirEntry): Pick<Difference, 'fcn' | 'nic' | 'nam'> {
  return { fcn: their.fcn, nic: their.nic, nam: their.nam };
}

/** A record there against what we believe and the court says. */
function ofTheirs(each: Case, their: TheirEntry, standing: CourtEntry | undefined): Difference[] {
  const ended = each.court.find((entry) => !entry.standing);
  if (!standing) {
    if (!ended) return [difference(each, 'UNKNOWN-THERE', 'look', record(their))];
    return [difference(each, 'STALE-THERE', 'cancel', { ...record(their), warrantId: ended.warrantId })];
  }
  const about = { ...record(their), warrantId: standing.warrantId };
  const ours = each.ours.find((entry) => entry.warrantId === standing.warrantId);
  if (!ours) return [difference(each, 'NOT-KNOWN-HERE', standing.rides ? 'look' : 'adopt', about)];
  if (ours.fcn !== their.fcn) return [difference(each, 'OTHER-NUMBER', 'look', about)];
  return ours.nam === their.nam ? [] : [difference(each, 'OTHER-NAME', 'look', about)];
}

/** A record of an ended warrant that we hold to stand and they do not list; nobody has said that it is gone. */
function notListed(each: Case): Difference[] {
  const ended = new Set(each.court.filter(({ standing }) => !standing).map(({ warrantId }) => warrantId));
  const listed = new Set(each.theirs.map(({ fcn }) => fcn));
  return each.ours
    .filter(({ warrantId, fcn }) => ended.has(warrantId) && !listed.has(fcn))
    .map(({ warrantId, fcn, nam }) => difference(each, 'GONE-THERE', 'look', { warrantId, fcn, nam }));
}

/**
 * Compares what court, we and destination say under one case number; nothing if they agree. A case with a message
 * on its way is left alone: its answer will say.
 */
export function compareCase(each: Case): Difference[] {
  if (each.court.some((entry) => entry.moving)) return [];
  const standing = each.court.find((entry) => entry.standing);
  const found = each.theirs.flatMap((their) => ofTheirs(each, their, standing));
  found.push(...notListed(each));
  if (each.theirs.length > 1 && standing) {
    return each.theirs.map((their) =>
      difference(each, 'DOUBLE-THERE', 'look', { ...record(their), warrantId: standing.warrantId }),
    );
  }
  if (each.theirs.length === 0 && standing?.expected && !standing.rides) {
    found.push(difference(each, 'MISSING-THERE', 'enter', { warrantId: standing.warrantId }));
  }
  return found;
}
