import type { NamespaceKeys } from '../xml/element.ts';
import { NIEM_KEYS } from '../xml/names.ts';

const EXCHANGE = 'http://ojbc.org/IEPD/Exchange';
const EXTENSIONS = 'http://ojbc.org/IEPD/Extensions';

/** NIEM and the two warrant exchanges built on it that courts send here. */
export const COURT_KEYS: NamespaceKeys = {
  ...NIEM_KEYS,
  [`${EXCHANGE}/WarrantIssuedReport/1.0`]: 'wir',
  [`${EXCHANGE}/WarrantModificationReport/1.0`]: 'wmr',
  [`${EXCHANGE}/WarrantCancelledReport/1.0`]: 'wcr',
  [`${EXCHANGE}/WarrantAcceptedReport/1.0`]: 'war',
  [`${EXCHANGE}/WarrantRejectedReport/1.0`]: 'wrr',
  [`${EXTENSIONS}/WarrantIssuedReportingExtension/1.0`]: 'ojbc',
  [`${EXCHANGE}/Warrants/1.0`]: 'ebw-doc',
  [`${EXTENSIONS}/Warrants/1.0`]: 'ebw',
};
