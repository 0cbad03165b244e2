const NIEM = 'http://release.niem.gov/niem/';

/** Namespaces of the OJBC warrant reports (NIEM 3.1). */
export const OJBC_EXTENSION = 'http://ojbc.org/IEPD/Extensions/WarrantIssuedReportingExtension/1.0';

/** The namespace of one report's root element. */
export function reportNamespace(report: string): string {
  return `http://ojbc.org/IEPD/Exchange/${report}/1.0`;
}

export const OJBC_NAMESPACES = {
  'wir-ext': OJBC_EXTENSION,
  j: `${NIEM}domains/jxdm/5.1/`,
  nc: `${NIEM}niem-core/3.0/`,
  scr: `${NIEM}domains/screening/3.1/`,
  structures: `${NIEM}structures/3.0/`,
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;
