/** One warrant as the court has it: whether it stands, and what we know of why it is or is not sent. */
export interface CourtEntry {
  readonly ori: string;
  readonly oca: string;
  readonly warrantId: string;
  /** The court has not recalled it, it has not been served or expired, and nobody keeps it here. */
  readonly standing: boolean;
  /** It has not ended, but policy or a person keeps it here. */
  readonly kept: boolean;
  /** The number of the last record that was known to be its own. */
  readonly fcn: string | null;
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
    'The destination has a record of a warrant that has ended, or our record of one that is kept here: a person can be arrested on it',
  'KEPT-THERE':
    'The destination has a record that is not ours of a warrant that policy or a person keeps here: find out whose it is',
  'GONE-THERE':
    'The destination does not list the record of an ended or kept warrant that we still believe it has: ask by telephone, and answer with review decide --removed',
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

/** Whether a record there is, or was, a warrant's own as far as we know. */
function isOwn(each: Case, { warrantId, fcn }: CourtEntry, their: TheirEntry): boolean {
  return fcn === their.fcn || each.ours.some((our) => our.warrantId === warrantId && our.fcn === their.fcn);
}

/** A record of a case in which nothing stands. One that is not ours, of a warrant that is only kept here, may be right. */
function withoutStanding(each: Case, their: TheirEntry): Difference {
  const own = each.court.find((entry) => isOwn(each, entry, their));
  const over = own ?? each.court.find((entry) => !entry.kept) ?? each.court[0];
  if (!over) return difference(each, 'UNKNOWN-THERE', 'look', record(their));
  const about = { ...record(their), warrantId: over.warrantId };
  if (over.kept && !own) return difference(each, 'KEPT-THERE', 'look', about);
  return difference(each, 'STALE-THERE', 'cancel', about);
}

/** A record there against what we believe and the court says. */
function ofTheirs(each: Case, their: TheirEntry, standing: CourtEntry | undefined): Difference[] {
  if (!standing) return [withoutStanding(each, their)];
  const about = { ...record(their), warrantId: standing.warrantId };
  const ours = each.ours.find((entry) => entry.warrantId === standing.warrantId);
  if (!ours) return [difference(each, 'NOT-KNOWN-HERE', standing.rides ? 'look' : 'adopt', about)];
  if (ours.fcn !== their.fcn) return [difference(each, 'OTHER-NUMBER', 'look', about)];
  return ours.nam === their.nam ? [] : [difference(each, 'OTHER-NAME', 'look', about)];
}

/** A record of an ended or kept warrant that we hold to stand and they do not list; nobody has said that it is gone. */
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
