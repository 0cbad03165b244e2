import type { Warrant } from '../domain/index.ts';

/**
 * Keys under which the destination would find this person's record at the same ORI: FBI; SOC; OLN + OLS; MNU;
 * OCA + NAM; DOB + NAM (domain brief A.3). Two warrants that share one are one record there.
 * @param nam NAM as sent
 * @param fbi fingerprint-backed number, only if it was sent
 */
export function personKeys(warrant: Warrant, nam: string, fbi?: string): string[] {
  const { person } = warrant;
  const { ids } = person;
  const keys: (string | undefined)[] = [
    fbi && `FBI:${fbi}`,
    ids.ssn && `SOC:${ids.ssn.replace(/\D/g, '')}`,
    ids.licence?.state && `OLN:${ids.licence.state}:${ids.licence.number}`,
    person.birthDate && `DOB:${person.birthDate}:${nam}`,
    warrant.oca && `OCA:${warrant.oca}:${nam}`,
    ...ids.mnu.map((number) => `MNU:${number}`),
  ];
  return keys.filter((key): key is string => Boolean(key));
}
