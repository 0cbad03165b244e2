import { ncicName } from './name.ts';
import type { Profile } from './profile.ts';
import { validatePackage } from './validate.ts';
import { toXml } from './xml.ts';

/** NIEM 6.0 XML, the default. */
export const NIEM_6: Profile = {
  name: 'niem-6',
  contentType: 'application/xml',
  build: toXml,
  validate: validatePackage,
  nameOf: (warrant) => ncicName(warrant.person.name),
};
