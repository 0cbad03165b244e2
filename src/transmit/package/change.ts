import { BenchlinkError } from '../../errors.ts';
import type { Leaf, Tree } from './tree.ts';

type Value = Leaf | Tree | readonly (Leaf | Tree)[];

/** What a modification touches, and the part of the record that carries the new values. */
export interface RecordChange {
  /** Field codes whose new value is in `tree`. */
  readonly changed: readonly string[];
  /** Field codes to be removed: named, never left empty or nil (NDR rule 12-14). */
  readonly removed: readonly string[];
  readonly tree: Tree;
}

/** Elements that are walked into; every other element is replaced as a whole. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'j:Warrant',
  'j:CourtOrderDesignatedSubject',
  'nc:EntityPerson',
  'j:PersonAugmentation',
  'fta:PersonAugmentation',
  'fta:WarrantAugmentation',
  'nc:Case',
  'j:CaseAugmentation',
]);

const ID = 'nc:IdentificationID';
const PLATE = 'fta:VehicleAugmentation';

/**
 * Field codes of every element that may change, with the path of the field inside it. NCIC codes where NCIC has
 * the field; codes of more than three letters are this message's own.
 */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'j:Warrant/nc:ActivityIdentification': { WNO: '' },
  'j:Warrant/j:CourtOrderEnforcementAgency': { ORI: '' },
  'j:Warrant/j:CourtOrderIssuingCourt': { CTI: '' },
  'j:Warrant/j:CourtOrderIssuingDate': { DOW: '' },
  'j:Warrant/j:CourtOrderIssuingJudicialOfficial': { JUDGE: '' },
  'j:Warrant/j:CourtOrderJurisdiction': { JURIS: '' },
  'j:Warrant/j:WarrantAppearanceBail': { BAIL: '' },
  'j:Warrant/j:WarrantCategoryText': { KIND: '' },
  'j:Warrant/fta:ExtraditionLimitationCode': { EXL: '' },
  'j:Warrant/j:WarrantExtraditionLimitationText': { EXL: '' },
  'j:Warrant/j:WarrantLevelText': { LEVELTXT: '' },
  'fta:WarrantAugmentation/fta:AgencyCaseNumberID': { OCA: '' },
  'fta:WarrantAugmentation/fta:WarrantLevelCode': { LEVEL: '' },
  'fta:WarrantAugmentation/fta:BailKindCode': { BAILKIND: '' },
  'fta:WarrantAugmentation/fta:NightServiceIndicator': { NIGHT: '' },
  'fta:WarrantAugmentation/fta:SuretyBondIndicator': { SURETY: '' },
  'fta:WarrantAugmentation/fta:WarrantOffenseCode': { OFF: '' },
  'fta:WarrantAugmentation/fta:OriginalOffenseCode': { OOC: '' },
  'fta:WarrantAugmentation/fta:EntryCategoryText': { ENTRYCAT: '' },
  'fta:WarrantAugmentation/scr:TransactionControlNumberIdentification': { TCN: '' },
  'fta:WarrantAugmentation/fta:MiscellaneousText': { MIS: '' },
  'fta:WarrantAugmentation/fta:OtherWarrant': { OTHERS: '' },
  'fta:WarrantAugmentation/fta:Exoneration': { EXON: '' },
  'nc:EntityPerson/nc:PersonBirthDate': { DOB: '' },
  'nc:EntityPerson/nc:PersonBirthLocation': { POB: '' },
  'nc:EntityPerson/nc:PersonCitizenship': { CTZ: '' },
  'nc:EntityPerson/fta:EthnicityCode': { ETN: '' },
  'nc:EntityPerson/nc:PersonEthnicityText': { ETN: '' },
  'nc:EntityPerson/fta:EyeColorCode': { EYE: '' },
  'nc:EntityPerson/nc:PersonEyeColorText': { EYE: '' },
  'nc:EntityPerson/fta:HairColorCode': { HAI: '' },
  'nc:EntityPerson/nc:PersonHairColorText': { HAI: '' },
  'nc:EntityPerson/nc:PersonHeightMeasure': { HGT: '' },
  'nc:EntityPerson/nc:PersonName': { NAM: '' },
  'nc:EntityPerson/nc:PersonOtherIdentification': { MNU: '' },
  'nc:EntityPerson/nc:PersonPhysicalFeature': { SMT: '' },
  'nc:EntityPerson/fta:RaceCode': { RAC: '' },
  'nc:EntityPerson/nc:PersonRaceText': { RAC: '' },
  'nc:EntityPerson/fta:SexCode': { SEX: '' },
  'nc:EntityPerson/nc:PersonSexText': { SEX: '' },
  'nc:EntityPerson/fta:SkinToneCode': { SKN: '' },
  'nc:EntityPerson/nc:PersonSkinToneText': { SKN: '' },
  'nc:EntityPerson/nc:PersonSSNIdentification': { SOC: '' },
  'nc:EntityPerson/nc:PersonStateIdentification': { STATEID: '' },
  'nc:EntityPerson/nc:PersonWeightMeasure': { WGT: '' },
  'nc:EntityPerson/biom:PersonAugmentation': { PRINT: '' },
  'j:PersonAugmentation/j:DriverLicense': {
    OLN: `j:DriverLicenseCardIdentification/${ID}`,
    OLS: 'j:DriverLicenseCardIdentification/nc:IdentificationJurisdiction',
    OLY: 'j:DriverLicenseCardIdentification/nc:IdentificationExpirationDate',
  },
  'j:PersonAugmentation/j:PersonFBIIdentification': { FBI: '' },
  'j:PersonAugmentation/j:PersonStateFingerprintIdentification': { SID: '' },
  'j:PersonAugmentation/fta:CautionInformationCode': { CMC: '' },
  'j:PersonAugmentation/j:PersonCautionInformationText': { CMCTEXT: '' },
  'j:PersonAugmentation/fta:BirthplaceCode': { POB: '' },
  'fta:PersonAugmentation/nc:PersonAliasIdentityAssociation': {
    AKA: 'nc:Identity/nc:IdentityCharacteristics/nc:PersonName',
    DOBS: 'nc:Identity/nc:IdentityCharacteristics/nc:PersonBirthDate',
  },
  'fta:PersonAugmentation/fta:PersonAddress': { ADDR: '' },
  'fta:PersonAugmentation/fta:PersonLocalIdentification': { LOCALID: '' },
  'nc:Case/nc:ActivityIdentification': { CASE: '' },
  'nc:Case/nc:CaseTrackingID': { CTN: '' },
  'nc:Case/nc:CaseDocketID': { DOCKET: '' },
  'j:CaseAugmentation/j:CaseCharge': { CHARGES: '' },
  '/j:CourtAppearance': { APPEAR: '' },
  '/j:Booking': { BOOKING: '' },
  '/j:Citation': { CITATION: '' },
  '/nc:Vehicle': {
    VIN: `nc:VehicleIdentification/${ID}`,
    VYR: 'nc:ItemModelYearDate',
    VMA: 'fta:VehicleMakeCode',
    VMATEXT: 'fta:VehicleMakeText',
    VMO: 'fta:VehicleModelText',
    VST: 'nc:ItemStyleText',
    VCO: 'nc:ConveyanceColorPrimaryText',
    VCO2: 'nc:ConveyanceColorSecondaryText',
    LIC: `${PLATE}/fta:PlateNumberID`,
    LIS: `${PLATE}/fta:PlateStateText`,
    LIY: `${PLATE}/fta:PlateExpirationText`,
    LIT: `${PLATE}/fta:PlateCategoryText`,
  },
  '/fta:PrintDisposition': { VERDICT: '' },
  '/fta:FingerprintTransactionFile': { PRINT: '' },
};

function isTree(value: Value | undefined): value is Tree {
  return typeof value === 'object' && !Array.isArray(value);
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** All values a path leads to, through repeated elements. */
function valuesAt(value: Value | undefined, path: readonly string[]): (Leaf | Tree)[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value as Leaf | Tree];
  return isTree(value) ? valuesAt(value[name], rest) : [];
}

interface Found {
  readonly changed: Set<string>;
  readonly removed: Set<string>;
}

function note(
  parent: string,
  name: string,
  before: Value | undefined,
  after: Value | undefined,
  found: Found,
) {
  const fields = FIELDS[`${parent}/${name}`];
  if (!fields) throw new BenchlinkError('fault', 'PACKAGE-FIELD', `No field code for ${parent}/${name}.`);
  for (const [code, path] of Object.entries(fields)) {
    const steps = path === '' ? [] : path.split('/');
    const was = valuesAt(before, steps);
    const is = valuesAt(after, steps);
    if (same(was, is)) continue;
    (is.length > 0 ? found.changed : found.removed).add(code);
  }
}

function compare(parent: string, before: Tree, after: Tree, found: Found): Tree | undefined {
  const kept: Record<string, Value> = {};
  for (const name of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const was = before[name];
    const is = after[name];
    if (same(was, is)) continue;
    if (CONTAINERS.has(name)) {
      const inner = compare(name, isTree(was) ? was : {}, isTree(is) ? is : {}, found);
      if (inner) kept[name] = inner;
      continue;
    }
    note(parent, name, was, is, found);
    if (is !== undefined) kept[name] = is;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/**
 * What differs between two records, both as `factsTree` writes them. The order of elements is that of `after`,
 * which is the schema's.
 */
export function recordChange(before: Tree, after: Tree): RecordChange {
  const found: Found = { changed: new Set(), removed: new Set() };
  const tree = compare('', before, after, found) ?? {};
  const changed = [...found.changed].sort();
  // A value that moves from a code to words is changed, not removed.
  const removed = [...found.removed].filter((code) => !found.changed.has(code)).sort();
  return { changed, removed, tree };
}
