import { createHash } from 'node:crypto';
import type { Person, Warrant } from '../../../src/domain/index.ts';
import type {
  EnterMessage,
  PrintAttachment,
  RecordFacts,
  RecordReference,
} from '../../../src/transmit/package/index.ts';

/** An invented person with every field a court or jail can fill. */
export const PERSON: Person = {
  name: { given: 'Ann-Marie', middle: "O'Dell Faye", surname: 'Testcase', suffix: 'Jr' },
  aliases: [{ given: 'Annie', surname: 'Testcase' }, { full: 'Sample, A B' }],
  birthDate: '1990-02-28',
  otherBirthDates: ['1991-02-28'],
  birthPlace: 'CA',
  citizenship: 'MM',
  sex: 'F',
  race: 'W',
  ethnicity: 'H',
  eyes: 'BRO',
  hair: 'Black',
  skin: 'MED',
  heightInches: 70,
  weightPounds: 150,
  ids: {
    ssn: '078051120',
    licence: { number: 'A1234567', state: 'California', expiryYear: '2029' },
    cii: 'A99999999',
    fbi: '123456AB1',
    stateCard: { number: '0012345', source: 'CA' },
    mnu: ['PS-123456', 'OA-00077'],
    local: [{ number: '0004711', source: 'LA MAIN' }],
  },
  smt: ['SC R HND', 'a small star behind the left ear'],
  cautions: ['A', '70', 'afraid of dogs'],
  addresses: [
    {
      kind: '01',
      number: '12',
      street: 'Example St',
      unit: '3B',
      city: 'Fresno',
      state: 'CA',
      zip: '93701',
      county: 'Fresno',
    },
  ],
  phones: ['559-555-0100'],
};

export const WARRANT: Warrant = {
  number: 'FW-0000123',
  oca: '26-000123',
  kind: { code: 'BENCH', raw: 'Bench' },
  status: { code: 'ISSUED', raw: 'Active' },
  level: { code: 'M', raw: 'Misdemeanor' },
  issuedDate: '2026-01-14',
  courtOri: 'CA010013J',
  courtName: 'Superior Court & Traffic Division <B>',
  agencyOri: 'CA0100000',
  agencyName: "Sheriff's Office",
  judge: 'Hon. Q. Example',
  jurisdiction: 'Fresno County',
  bail: { kind: { code: 'CASH_ONLY', raw: 'CASH' }, cents: 500005 },
  nightService: false,
  suretyBond: true,
  extradition: { limit: 'D' },
  entryCategory: 'EWM',
  offences: [
    {
      count: '1',
      ncic: '5015',
      statuteCode: 'PC',
      statuteSection: '853.7',
      description: 'FTA on promise',
      level: { code: 'M', raw: 'M' },
    },
    {
      count: '2',
      ncic: '5404',
      statuteCode: 'VC',
      statuteSection: '23152(A)',
      description: 'DUI ALCOHOL',
      level: { code: 'M', raw: 'M' },
      offenceDate: '2025-12-01',
      chargeCode: '007',
    },
  ],
  case: { number: 'F26-000042', docket: '0042', trackingNumber: 'CTN-1' },
  missedAppearance: { date: '2026-01-13', courtOri: 'CA010013J', reason: 'Arraignment' },
  origin: { tcn: '0123456789', bookingNumber: 'B-77' },
  person: PERSON,
  vehicles: [
    {
      vin: '1HGCM82633A004352',
      year: '2003',
      make: 'HOND',
      model: 'ACC',
      style: '4D',
      colour: 'SIL',
      secondColour: 'BLK',
      plate: '7ABC123',
      plateState: 'CA',
      plateType: 'PC',
      plateExpires: '2027',
    },
  ],
  notes: [{ category: 'Extradition', text: 'CALL BEFORE PICKUP' }],
};

export function printOf(size = 600, seed = 1): PrintAttachment {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    finger: 11,
    impression: 2,
    width: 412,
    height: 500,
    ppi: 500,
    compression: 'WSQ20',
    purpose: 'booking',
    captureDate: '2025-12-01',
    quality: 71,
  };
}

export const FACTS: RecordFacts = {
  warrant: WARRANT,
  origin: {
    kind: 'booking',
    number: 'B-77',
    agencyOri: 'CA0100000',
    agencyName: 'County Jail',
    tcn: '0123456789',
    arrestDate: '2025-12-01',
    bookedDate: '2025-12-02',
  },
  print: printOf(),
  disposition: {
    verdict: 'verified',
    sentence: 'The booking print agrees with the record it claims.',
    score: 4.25,
    thresholds: [
      { name: 'match', value: 3.5 },
      { name: 'fmr', value: 0.0000001 },
    ],
    algorithm: 'benchlink-print 1',
    cii: 'A12345678',
    fbi: '62760NY12',
  },
  others: [
    {
      ...WARRANT,
      number: 'FW-0000099',
      oca: '25-000099',
      issuedDate: '2025-11-03',
      bail: { kind: { code: 'NO_BAIL', raw: 'NO BAIL' } },
    },
  ],
  exonerations: [
    {
      name: { given: 'Anna', surname: 'Testcase' },
      birthDate: '1990-02-28',
      number: { kind: 'CII', value: 'A00000001' },
      date: '2026-01-20',
      method: 'Fingerprints compared',
      informant: 'Deputy 4711',
    },
  ],
};

export const RECORD: RecordReference = {
  ori: 'CA0100000',
  fcn: 'FCN0000001',
  nic: 'W123456789',
  oca: '26-000123',
  nameAsSent: 'TESTCASE, ANN-MARIE ODELL F JR',
};

export const HEADER = {
  messageId: '0b7f2c9e-0000-8000-8000-000000000001',
  created: '2026-01-15T08:00:00.123Z',
  version: 3,
  sourceSystem: 'odyssey-fresno',
} as const;

export const ENTER: EnterMessage = { ...HEADER, kind: 'enter', facts: FACTS };
