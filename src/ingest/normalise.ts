import type { Coded, CourtRecord, PersonName, Warrant, WarrantLevel } from '../domain/index.ts';

/**
 * Comparable forms beside the raw ones: what two spellings of one thing share. They serve to find and compare;
 * the raw text is what is kept, shown and sent.
 */

/** Upper case, marks folded away (Ñ to N, ß to SS), runs of blanks as one. Leading zeros stay. */
export function comparableText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** A number as systems print it: blanks and case do not count, hyphens and zeros do (`01-2` is not `012`). */
export function comparableNumber(text: string): string {
  return comparableText(text).replaceAll(' ', '');
}

/** Letters and digits of a name only: `O'Neil-Ruiz` and `ONEIL RUIZ` are one. */
export function comparableName(name: PersonName): { surname: string; given: string } {
  const bare = (text: string | undefined) => comparableText(text ?? '').replace(/[^\p{L}\p{N}]/gu, '');
  const surname = bare(name.surname ?? name.full?.split(',')[0]);
  return { surname, given: bare(name.given) };
}

/**
 * The offence level an NCIC extradition code implies where the source states none: 1-6 are for felony warrants,
 * A-F for misdemeanour warrants (NCIC EXL table).
 */
export function levelOfExtradition(limit: string | undefined): Coded<WarrantLevel> | undefined {
  if (limit !== undefined && /^0?[1-6]$/.test(limit)) return { code: 'F', raw: `EXL ${limit}` };
  if (limit !== undefined && /^[A-F]$/.test(limit)) return { code: 'M', raw: `EXL ${limit}` };
  return undefined;
}

/**
 * What the source's configuration says for every record of it (fixed court ORI, agency ORI, kind of warrant),
 * filled in only where the record is silent.
 */
export function withDefaults(record: CourtRecord, options: Readonly<Record<string, string>>): CourtRecord {
  const { warrant } = record;
  const level = warrant.level ?? levelOfExtradition(warrant.extradition?.limit);
  const filled: Partial<Warrant> = {
    ...(warrant.level === undefined && level ? { level } : {}),
    ...(warrant.courtOri === undefined && options.courtOri ? { courtOri: options.courtOri } : {}),
    ...(warrant.agencyOri === undefined && options.agencyOri ? { agencyOri: options.agencyOri } : {}),
    // Some agencies file a court's warrants under the warrant number; only configuration can say so.
    ...(warrant.oca === undefined && warrant.number !== undefined && options.oca === 'warrant-number'
      ? { oca: warrant.number }
      : {}),
    ...(warrant.kind === undefined && options.kind === 'BENCH'
      ? { kind: { code: 'BENCH', raw: 'by configuration of the source' } as const }
      : {}),
  };
  return Object.keys(filled).length === 0 ? record : { ...record, warrant: { ...warrant, ...filled } };
}
