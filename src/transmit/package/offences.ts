import type { Offence, Warrant, WarrantLevel } from '../../domain/index.ts';

/** NCIC OFF of every record this system sends: FAILURE TO APPEAR - SEE MIS (domain brief 0.7). */
export const FAILURE_TO_APPEAR = '5015';

const RANK: Readonly<Record<WarrantLevel, number>> = { F: 0, M: 1, I: 2 };

function rank(offence: Offence): number {
  return offence.level?.code ? RANK[offence.level.code] : RANK.I + 1;
}

/** What the person was to answer for, most serious first; the failure to appear itself is not among it. */
export function underlying(warrant: Warrant): readonly Offence[] {
  return warrant.offences
    .filter((offence) => offence.ncic !== FAILURE_TO_APPEAR)
    .map((offence, at) => ({ offence, at }))
    .sort((a, b) => rank(a.offence) - rank(b.offence) || a.at - b.at)
    .map(({ offence }) => offence);
}

/** An NCIC offence code: four digits. */
export const OFFENCE_CODE = /^\d{4}$/;

/** OOC: the code of the most serious underlying offence that has one. */
export function originalOffence(warrant: Warrant): string | undefined {
  const codes = [
    ...underlying(warrant).map((offence) => offence.ncic),
    ...warrant.offences.map((offence) => offence.originalOffenceCode),
  ];
  return codes.find((code) => code !== undefined && OFFENCE_CODE.test(code));
}

/** An offence as a line of text: "VC 23152(A) DUI ALCOHOL". */
export function offenceText(offence: Offence): string | undefined {
  const parts = [offence.statuteCode, offence.statuteSection, offence.description];
  return parts.filter(Boolean).join(' ') || undefined;
}
