import type { BailKind, Warrant } from '../../domain/index.ts';
import type { Exoneration, RecordFacts } from './model.ts';
import { ncicName } from './name.ts';
import { offenceText, underlying } from './offences.ts';
import { MIS_LENGTH } from './parameters.ts';
import { dollars } from './tree.ts';

const SEPARATOR = '; ';

/** What a county's file writes for a warrant that is not extradited (domain brief 0.5). */
const NO_EXTRADITION = 'NO EX OUTSIDE CA';
const NO_EXTRADITION_CODES: readonly string[] = ['4', 'D'];

const BAIL_WORDS: Readonly<Record<BailKind, string>> = {
  CASH_ONLY: 'CASH ONLY',
  BONDABLE: 'CASH OR BOND',
  NO_BAIL: 'NO BAIL',
  OR_CITE: 'OR OR CITE',
};

/** Bail in words: "BAIL 5000.00 CASH ONLY", "NO BAIL". */
export function bailText(warrant: Warrant): string | undefined {
  const kind = warrant.bail?.kind?.code;
  if (kind === 'NO_BAIL') return BAIL_WORDS.NO_BAIL;
  const amount = dollars(warrant.bail?.cents);
  if (!amount) return undefined;
  return ['BAIL', amount, kind && BAIL_WORDS[kind]].filter(Boolean).join(' ');
}

/** What the court or county says about extradition beyond its code. */
export function extraditionText(warrant: Warrant): string | undefined {
  const notes = warrant.notes.filter((note) => /extrad/i.test(note.category ?? '')).map((note) => note.text);
  const radius = warrant.extradition?.pickupRadius;
  const parts = [radius && `PICKUP RADIUS ${radius}`, ...notes].filter(Boolean);
  if (parts.length > 0) return parts.join(SEPARATOR);
  return NO_EXTRADITION_CODES.includes(warrant.extradition?.limit ?? '') ? NO_EXTRADITION : undefined;
}

function compact(iso: string | undefined): string | undefined {
  return iso?.replaceAll('-', '');
}

function otherText(warrant: Warrant): string {
  const parts = [
    'ALSO WANTED',
    warrant.number,
    warrant.issuedDate && `DOW ${compact(warrant.issuedDate)}`,
    ...underlying(warrant).map(offenceText),
    bailText(warrant),
  ];
  return parts.filter(Boolean).join(' ');
}

function exonerationText(exoneration: Exoneration): string {
  const parts = [
    'NOT THIS PERSON',
    ncicName(exoneration.name) ?? exoneration.name.full,
    exoneration.birthDate && `DOB ${compact(exoneration.birthDate)}`,
    exoneration.number && `${exoneration.number.kind} ${exoneration.number.value}`,
  ];
  return parts.filter(Boolean).join(' ');
}

/** As many of the other warrants as fit; the rest are counted, never dropped in silence. */
function withOthers(base: string, others: readonly string[], limit: number): string {
  for (let shown = others.length; shown >= 0; shown--) {
    const rest = others.length - shown;
    const tail = rest > 0 ? [`ALSO WANTED ON ${rest}${shown > 0 ? ' MORE' : ''}`] : [];
    const text = [base, ...others.slice(0, shown), ...tail].filter(Boolean).join(SEPARATOR);
    if (text.length <= limit) return text;
  }
  return [base, ...others].filter(Boolean).join(SEPARATOR);
}

/**
 * MIS: who it is not, what the person was to answer for, bail, extradition, then the other warrants of the same
 * person at the agency (domain brief A.3). Labels aside, every word is the source's. Longer than `limit` only
 * where the part that cannot be shortened is; the edits then say so.
 */
export function miscellaneous(facts: RecordFacts, limit = MIS_LENGTH): string | undefined {
  const { warrant } = facts;
  const offences = underlying(warrant).map(offenceText).filter(Boolean);
  const charged = warrant.offences.map(offenceText).filter(Boolean);
  const base = [
    ...facts.exonerations.map(exonerationText),
    offences.length > 0 ? `FTA ON ${offences.join(', ')}` : charged[0] && `CHARGE ${charged.join(', ')}`,
    warrant.missedAppearance?.date && `APPEARANCE MISSED ${compact(warrant.missedAppearance.date)}`,
    bailText(warrant),
    extraditionText(warrant),
  ];
  const text = withOthers(base.filter(Boolean).join(SEPARATOR), facts.others.map(otherText), limit);
  return text || undefined;
}
