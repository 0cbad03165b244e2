import { BenchlinkError } from '../../../errors.ts';

/** A field of a record as the columns of a file give it; several columns are joined by a space. */
export type ColumnMap = ReadonlyMap<string, readonly string[]>;

/** Names people give to fields, in small letters without punctuation, and ours. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'recid', 'recordid', 'uniqueid', 'key'],
  name: ['name', 'fullname', 'personname'],
  given: [
    'given',
    'givenname',
    'givennames',
    'first',
    'firstname',
    'forename',
    'forenames',
    'fname',
    'christianname',
  ],
  middle: ['middle', 'middlename', 'middleinitial', 'mname', 'secondname'],
  surname: ['surname', 'last', 'lastname', 'family', 'familyname', 'lname'],
  suffix: ['suffix', 'namesuffix', 'generation'],
  dob: ['dob', 'dateofbirth', 'birthdate', 'birthday', 'birth', 'born'],
  birthYear: ['birthyear', 'yearofbirth', 'yob', 'by'],
  birthMonth: ['birthmonth', 'monthofbirth', 'bm'],
  birthDay: ['dayofbirth', 'bd'],
  sex: ['sex', 'gender'],
  race: ['race', 'ethnicity'],
  heightInches: ['height', 'heightinches', 'hgt'],
  weightPounds: ['weight', 'weightpounds', 'wgt'],
  ssn: ['ssn', 'soc', 'socsec', 'socsecid', 'socialsecurity', 'socialsecuritynumber'],
  oln: ['oln', 'dl', 'license', 'licence', 'driverlicense', 'driverslicense', 'dlnumber'],
  olnState: ['olnstate', 'ols', 'dlstate', 'licensestate'],
  cii: ['cii', 'sid', 'stateid', 'ciinumber'],
  fbi: ['fbi', 'ucn', 'fbinumber', 'fbiid'],
  phone: ['phone', 'phonenumber', 'telephone', 'tel', 'mobile'],
  house: ['house', 'housenumber', 'houseno', 'streetnumber', 'streetno'],
  street: ['street', 'streetname', 'address', 'address1', 'addressline1', 'streetaddress'],
  city: ['city', 'town', 'suburb', 'locality', 'municipality'],
  state: ['state', 'province', 'region'],
  zip: ['zip', 'zipcode', 'postcode', 'postalcode', 'plz', 'cp'],
  arrestDate: ['arrest', 'arrestdate', 'bookingdate', 'dateofbooking', 'dateofarrest'],
  offenseDate: ['offense', 'offence', 'offensedate', 'offencedate', 'violationdate'],
  citationDate: ['citation', 'citationdate'],
  agency: ['agency', 'ori', 'arrestingagency'],
  charge: ['charge', 'statute', 'violation'],
  failureToAppearDate: ['fta', 'ftadate', 'failuretoappeardate', 'failuretoappear'],
};

const BY_NAME = new Map(
  Object.entries(KNOWN).flatMap(([field, names]) => names.map((name) => [name, field] as const)),
);

/** Our name for a field, or the name as given for one we do not know. */
export function fieldNamed(name: string): string {
  return BY_NAME.get(name.toLowerCase().replace(/[^a-z0-9]/g, '')) ?? name;
}

/** Every field the linker knows by itself. */
export const FIELD_KEYS: readonly string[] = Object.keys(KNOWN);

/** Fields of a map that are none the linker knows: compared as text, or mistyped. */
export function unknownFields(map: ColumnMap): readonly string[] {
  return [...map.keys()].filter((field) => !isKnownField(field));
}

/** Whether the linker gives a field its own comparison; any other is compared as text. */
export function isKnownField(field: string): boolean {
  return field in KNOWN;
}

function invalid(why: string): BenchlinkError {
  return new BenchlinkError('usage', 'LINK_COLUMNS_INVALID', `--columns: ${why}`);
}

/**
 * Reads `id=rec_id,given=given_name,street=street_number+address_1`. A field the linker does not know is compared as
 * text under its own name.
 * @throws BenchlinkError `LINK_COLUMNS_INVALID`
 */
export function parseColumns(text: string): ColumnMap {
  const map = new Map<string, readonly string[]>();
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const field = fieldNamed(part.slice(0, Math.max(0, at)).trim());
    const columns = part
      .slice(at + 1)
      .split('+')
      .map((column) => column.trim());
    if (at < 1 || columns.includes('')) throw invalid(`"${part.trim()}" is not of the form field=column`);
    if (map.has(field)) throw invalid(`the field "${field}" stands there twice`);
    map.set(field, columns);
  }
  if ([...map.keys()].every((field) => field === 'id')) throw invalid('no field to compare by');
  return map;
}

/**
 * The columns of a header by the names they are asked for, which may differ in capitals only.
 * @throws BenchlinkError `LINK_COLUMNS_MISSING`
 */
export function matchHeader(map: ColumnMap, header: readonly string[], file: string): string[] {
  const asked = [...map.values()].flat();
  const named = header.map((name) => {
    if (asked.includes(name)) return name;
    const alike = asked.find((one) => one.toLowerCase() === name.toLowerCase() && !header.includes(one));
    return alike ?? name;
  });
  checkHeader(map, named, file);
  return named;
}

function checkHeader(map: ColumnMap, header: readonly string[], file: string): void {
  const missing = [...map.values()].flat().filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  throw new BenchlinkError(
    'usage',
    'LINK_COLUMNS_MISSING',
    `${file} has no column ${missing.map((m) => `"${m}"`).join(', ')}; it has ${header.map((h) => `"${h}"`).join(', ')}`,
  );
}
