import { createHash } from 'node:crypto';
import { type CourtRecord, canonicalJson, type Warrant } from '../domain/index.ts';
import { comparableNumber } from './normalise.ts';

/**
 * What makes two records the same warrant. A warrant number is unique within its court; where the record does
 * not name its court the docket stands in for it (two dockets of one snapshot have carried one number).
 * Without a number: the agency's OCA, else docket and date of issue at the court.
 * @returns undefined where nothing identifies the warrant
 */
export function identityKey(warrant: Warrant, source: string): string | undefined {
  const { number, courtOri, agencyOri, oca, issuedDate } = warrant;
  const docket = warrant.case.docket;
  const key = (kind: string, ...parts: string[]) => [kind, ...parts.map(comparableNumber)].join('|');
  if (number !== undefined) {
    return courtOri !== undefined
      ? `${key('number', courtOri, number)}|${source}`
      : `${key('docket-number', docket ?? '', number)}|${source}`;
  }
  if (agencyOri !== undefined && oca !== undefined) return key('oca', agencyOri, oca);
  if (courtOri !== undefined && docket !== undefined && issuedDate !== undefined) {
    return key('docket', courtOri, docket, issuedDate);
  }
  return undefined;
}

export type LookupKind = 'repository' | 'oca' | 'number';

export interface LookupKey {
  readonly kind: LookupKind;
  /** Comparable form. */
  readonly value: string;
}

/** Weaker names by which a change or recall refers to a warrant it does not fully identify, strongest first. */
export function lookupKeys(warrant: Warrant): LookupKey[] {
  const keys: LookupKey[] = [];
  const add = (kind: LookupKind, text: string | undefined) => {
    if (text !== undefined) keys.push({ kind, value: comparableNumber(text) });
  };
  add('repository', warrant.repositoryId);
  add('number', warrant.number);
  add('oca', warrant.oca);
  return keys;
}

/** SHA-256 of all a record says, wherever in whichever file it stood. */
export function contentHash(record: CourtRecord): string {
  const { place: _place, ...content } = record;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
