import { closeAlert, openAlert, openAlerts } from '../alerts.ts';
import type { MatchCounts } from '../match/index.ts';
import { type DriftRow, driftReport, type LinkProfile } from '../match/link/index.ts';
import { lastLinkage, type Store } from '../store/index.ts';
import type { BookingProposer } from './link-bookings.ts';

/** What a run says of its linkage; kept in its summary, where the next run finds it. */
export interface LinkageSummary {
  readonly model: string;
  readonly bookings: number;
  readonly drift: readonly DriftRow[];
  /** What the next run's bookings are held against: shares only, no value of anybody's. */
  readonly reference: LinkProfile;
  /** Fields that stray from the reference, with the runs in which they have. */
  readonly strays: Readonly<Record<string, number>>;
}

/** Counts of the match stage with the linkage's own report; absent where no booking had to be read. */
export interface MatchSummary extends MatchCounts {
  readonly linkage?: LinkageSummary;
}

/** After so many runs a changed field is how things are now: it was told long enough. */
const TOLD_RUNS = 7;
const KEY = 'link-drift:';

const WORDS: Readonly<Record<DriftRow['alarms'][number], string>> = {
  LESS_COMPLETE: 'it is filled less often than before',
  DEFAULT_VALUE: 'one value stands in it far too often to be true',
  WEIGHT_SHIFT: 'strangers agree on it more or less often than the model believes',
};

function messageOf(row: DriftRow): string {
  const why = row.alarms.map((alarm) => WORDS[alarm]).join('; ');
  return `Bookings have changed in "${row.field}" (${row.alarms.join(', ')}): ${why}. Ask the feed's owner; if it is to stay, learn a new model with 'benchlink link train --store'.`;
}

/** The profile to hold the next run against: a field that strays keeps its old place until it was told long enough. */
function nextReference(
  profile: LinkProfile,
  before: LinkageSummary | undefined,
  strays: Readonly<Record<string, number>>,
): LinkProfile {
  const keeps = (field: string) => (strays[field] ?? 0) > 0 && (strays[field] ?? 0) < TOLD_RUNS;
  const fields = Object.entries(profile.fields).map(([field, now]) => {
    const old = keeps(field) ? before?.reference.fields[field] : undefined;
    return [field, old ?? now] as const;
  });
  return { records: profile.records, fields: Object.fromEntries(fields) };
}

async function tell(store: Store, actor: string, rows: readonly DriftRow[]): Promise<void> {
  const strayed = rows.filter((row) => row.alarms.length > 0);
  const keys = new Set(strayed.map((row) => KEY + row.field));
  for (const { key } of await openAlerts(store))
    if (key.startsWith(KEY) && !keys.has(key)) await closeAlert(store, actor, key);
  for (const row of strayed)
    await openAlert(store, actor, { key: KEY + row.field, severity: 'amber', message: messageOf(row) });
}

/**
 * Holds tonight's bookings against those of the last run and against the model, and raises an alert for every field
 * that has moved. Nothing where no booking had to be read.
 */
export async function watchLinkage(
  store: Store,
  actor: string,
  proposer: BookingProposer,
): Promise<LinkageSummary | undefined> {
  const profile = await proposer.profile();
  if (profile === undefined || profile.records === 0) return undefined;
  const before = (await lastLinkage(store.db)) as LinkageSummary | undefined;
  const drift = driftReport(profile, proposer.model, before?.reference);
  const strays = Object.fromEntries(
    drift
      .filter((row) => row.alarms.length > 0)
      .map((row) => [row.field, (before?.strays[row.field] ?? 0) + 1] as const),
  );
  await tell(store, actor, drift);
  const reference = nextReference(profile, before, strays);
  return { model: proposer.model.name, bookings: profile.records, drift, reference, strays };
}
