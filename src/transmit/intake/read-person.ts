import { all, first, type TreeNode, text } from './xml-tree.ts';

const ID = 'nc:IdentificationID';
const LICENCE = 'j:DriverLicense/j:DriverLicenseCardIdentification';

/** "SURNAME, GIVEN MIDDLE SUFFIX": as stated whole, or from its parts. */
function name(node: TreeNode | undefined): string | undefined {
  const whole = text(node, 'nc:PersonFullName');
  if (whole) return whole;
  const surname = text(node, 'nc:PersonSurName');
  const given = ['nc:PersonGivenName', 'nc:PersonMiddleName', 'nc:PersonNameSuffixText']
    .map((part) => text(node, part))
    .filter((part) => part !== undefined)
    .join(' ');
  return surname ? `${surname}, ${given}` : undefined;
}

function measured(node: TreeNode | undefined): number | undefined {
  const value = node?.children.find(
    (child) => child.name.startsWith('nc:Measure') && child.name.endsWith('Value'),
  );
  const number = Number(value?.text.trim());
  return value && Number.isFinite(number) ? number : undefined;
}

/** NCIC height: feet and two digits of inches. */
function height(node: TreeNode | undefined): string | undefined {
  const inches = measured(node);
  return inches === undefined
    ? undefined
    : `${Math.floor(inches / 12)}${String(inches % 12).padStart(2, '0')}`;
}

function weight(node: TreeNode | undefined): string | undefined {
  const pounds = measured(node);
  return pounds === undefined ? undefined : String(pounds).padStart(3, '0');
}

function expiry(licence: TreeNode | undefined): string | undefined {
  const date = first(licence, 'nc:IdentificationExpirationDate')?.children[0]?.text.trim();
  return date?.slice(0, 4) ?? text(licence, 'fta:ExpirationYearText');
}

/** A person's single-valued fields by NCIC code. */
export function personFields(person: TreeNode | undefined): Record<string, string | undefined> {
  const licence = first(person, LICENCE);
  return {
    NAM: name(first(person, 'nc:PersonName')),
    DOB: text(person, 'nc:PersonBirthDate/nc:Date')?.replaceAll('-', ''),
    SEX: text(person, 'fta:SexCode'),
    RAC: text(person, 'fta:RaceCode'),
    ETN: text(person, 'fta:EthnicityCode'),
    HGT: height(first(person, 'nc:PersonHeightMeasure')),
    WGT: weight(first(person, 'nc:PersonWeightMeasure')),
    EYE: text(person, 'fta:EyeColorCode'),
    HAI: text(person, 'fta:HairColorCode'),
    SKN: text(person, 'fta:SkinToneCode'),
    SOC: text(person, `nc:PersonSSNIdentification/${ID}`),
    OLN: text(licence, ID),
    OLS: first(licence, 'nc:IdentificationJurisdiction')?.children[0]?.text.trim(),
    OLY: expiry(licence),
    FBI: text(person, `j:PersonFBIIdentification/${ID}`),
    SID: text(person, `j:PersonStateFingerprintIdentification/${ID}`),
  };
}

function mnu(identification: TreeNode): string {
  const number = text(identification, ID) ?? '';
  const kind = identification.children.find((child) => /Category/.test(child.name))?.text.trim();
  return kind && !/^[A-Z]{2}-/.test(number) ? `${kind}-${number}` : number;
}

/** A person's repeated fields by NCIC code; a code with no value is left out. */
export function personLists(person: TreeNode | undefined): Record<string, string[]> {
  const others = all(person, 'nc:PersonAliasIdentityAssociation/nc:Identity/nc:IdentityCharacteristics');
  const lists: Record<string, string[]> = {
    AKA: others.map((other) => name(first(other, 'nc:PersonName'))).filter((aka) => aka !== undefined),
    DOBS: others
      .map((other) => text(other, 'nc:PersonBirthDate/nc:Date')?.replaceAll('-', ''))
      .filter((date) => date !== undefined),
    MNU: all(person, 'nc:PersonOtherIdentification').map(mnu),
    SMT: all(person, 'nc:PersonPhysicalFeature/fta:PhysicalFeatureCode').map((node) => node.text.trim()),
    CMC: all(person, 'fta:CautionInformationCode').map((node) => node.text.trim()),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
}
