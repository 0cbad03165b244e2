import type { NamespaceKeys } from './element.ts';

const RELEASE = 'http://release.niem.gov/niem';

/**
 * The namespaces of the NIEM releases court systems still send (2.x to 5.x), each under one short key: the
 * elements read here kept their names across releases, only the URI moved.
 */
export const NIEM_KEYS: NamespaceKeys = {
  'http://niem.gov/niem/niem-core/2.0': 'nc',
  [`${RELEASE}/niem-core/3.0/`]: 'nc',
  [`${RELEASE}/niem-core/4.0/`]: 'nc',
  [`${RELEASE}/niem-core/5.0/`]: 'nc',
  'http://niem.gov/niem/domains/jxdm/4.0': 'j',
  'http://niem.gov/niem/domains/jxdm/4.1': 'j',
  [`${RELEASE}/domains/jxdm/5.0/`]: 'j',
  [`${RELEASE}/domains/jxdm/5.1/`]: 'j',
  [`${RELEASE}/domains/jxdm/5.2/`]: 'j',
  [`${RELEASE}/domains/jxdm/6.0/`]: 'j',
  [`${RELEASE}/domains/jxdm/6.1/`]: 'j',
  [`${RELEASE}/domains/jxdm/7.0/`]: 'j',
  'http://niem.gov/niem/domains/screening/2.0': 'scr',
  'http://niem.gov/niem/domains/screening/2.1': 'scr',
  [`${RELEASE}/domains/screening/3.0/`]: 'scr',
  [`${RELEASE}/domains/screening/3.1/`]: 'scr',
  [`${RELEASE}/domains/screening/3.2/`]: 'scr',
  'http://niem.gov/niem/domains/intelligence/2.0': 'intel',
  'http://niem.gov/niem/domains/intelligence/2.1': 'intel',
  [`${RELEASE}/domains/intelligence/3.0/`]: 'intel',
  [`${RELEASE}/domains/intelligence/3.1/`]: 'intel',
  'http://niem.gov/niem/structures/2.0': 's',
  [`${RELEASE}/structures/3.0/`]: 's',
  [`${RELEASE}/structures/4.0/`]: 's',
  [`${RELEASE}/structures/5.0/`]: 's',
};
