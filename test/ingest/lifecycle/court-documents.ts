import type { ParseContext } from '../../../src/ingest/courts/format.ts';
import { report, snapshot } from '../support/documents.ts';

/** What a court says of one warrant, whatever its system's words for it. */
export interface Step {
  readonly status: 'issued' | 'recalled' | 'served';
  /** ISO dates: of issue, and of the status. */
  readonly issued: string;
  readonly on: string;
  /** Whole dollars. */
  readonly bail: number;
}

export interface Court {
  readonly draw: (step: Step) => string;
  readonly context: Partial<ParseContext>;
}

const us = (iso: string) => `${iso.slice(5, 7)}/${iso.slice(8)}/${iso.slice(0, 4)}`;
const packed = (iso: string) => us(iso).replaceAll('/', '');
const PLACES = { courtOri: 'CA033015J', agencyOri: 'CA0330000' };
const words = (set: string, map: Readonly<Record<string, string>>) => ({
  [set]: Object.entries(map).map(([raw, code]) => ({ raw, code })),
});

function odysseyCsv({ status, issued, on, bail }: Step): string {
  const word = { issued: 'WISS', recalled: 'WRCL', served: 'WSRV' }[status];
  const head =
    'Warrant Number,Case Number,Warrant Type Code,Warrant Status Code,Warrant Status Date,Issue Date,Bond Type,Bond Amount,Last Name,First Name,DOB,Sex';
  return `${head}\nF1-W1,F1,BW,${word},${us(on)},${us(issued)},CSH,${bail},Okafor,Lena,07/09/1988,F\n`;
}

function odysseyJson({ status, issued, on, bail }: Step): string {
  const word = { issued: 'Issued', recalled: 'Recalled', served: 'Served' }[status];
  const row = {
    warrantNumber: 'F1-W1',
    caseNumber: 'F1',
    status: word,
    statusDate: on,
    issueDate: issued,
    bondAmount: bail,
    party: { name: { last: 'Okafor', first: 'Lena' }, dob: '1988-07-09' },
  };
  return `${JSON.stringify(row)}\n`;
}

function relational({ status, issued, on, bail }: Step): string {
  const row = {
    warrant_number: 'W-77',
    case_number: 'M26-77',
    status: 'ISSUED',
    issue_date: issued,
    last_name: 'BRANDT',
    first_name: 'THEO',
    dob: '1979-11-30',
    offenses: [{ count: 1, level: 'M', statute: 'VC 23152(a)', bond_amount: `${bail}.00` }],
    status_history: [
      { status: 'ISSUED', start_date: issued },
      ...(status === 'issued' ? [] : [{ status: status.toUpperCase(), start_date: on }]),
    ],
  };
  return `${JSON.stringify(row)}\n`;
}

function utah({ status, issued, on, bail }: Step): string {
  const word = { issued: 'BW', recalled: 'BWR', served: 'BWS' }[status];
  const date = status === 'issued' ? issued : on;
  return `CA|0330|D|1|261000123|LENA|OKAFOR|${us(date)}|${word}|${bail}||07/09/1988|B|F|Bench warrant|2025-0098812\n`;
}

function judici({ status, issued, on, bail }: Step): string {
  const end =
    status === 'issued' ? '' : `<Event Code="${status === 'recalled' ? 'WRC' : 'WSV'}" Date="${us(on)}"/>`;
  return `<?xml version="1.0"?><CourtDataTransferFile Version="3.1"><Provider Name="Clerk"><Court NCIC="CA045015J"><Case Number="2026CM18" Category="Criminal"><Actor Role="Litigant" ID="A1"><Identity LastName="Brandt" FirstName="Theo" DateOfBirth="11/30/1979" Sex="M"/><LitigantDetails Role="Defendant" RoleSequence="1"><ArrestData ArrestDate="02/14/2026" BondAmount="${bail}" WarrantDate="${us(issued)}"/><Event Code="WBI" Date="${us(issued)}"/>${end}</LitigantDetails></Actor></Case></Court></Provider></CourtDataTransferFile>`;
}

function fixedWidth({ status, issued, on, bail }: Step): string {
  const action = { issued: 'A', recalled: 'R', served: 'S' }[status];
  const pad = (text: string, length: number) => text.padEnd(length);
  const cents = String(bail * 100).padStart(10, '0');
  const detail = [
    'D',
    action,
    pad('VC260001', 15),
    pad('2026001234', 15),
    packed(issued),
    packed(on),
    'M',
    'C',
    cents,
    'P',
    pad('BRANDT', 25),
    pad('THEO', 20),
    pad('', 15),
    pad('', 3),
    '11301979',
    'M',
    'W',
  ].join('');
  return `H${packed(on)}CA0560000000163\r\n${detail.padEnd(283)}\r\nT000000001${cents.padStart(15, '0')}\r\n`;
}

function ebench({ status, issued, bail }: Step): string {
  const word = { issued: 'Active', recalled: 'Recalled', served: 'Served' }[status];
  const results = [
    { number: 'W1', docket: 'D1', person: 'P', status: word, issued, bail: String(bail), level: 'Felony' },
  ];
  return snapshot([{ persons: [{ id: 'P', surname: 'Kahale', birth: '1990-01-01' }], results }]);
}

function ojbc({ status, issued, bail }: Step): string {
  const person = { id: 'P', given: 'Lena', surname: 'Okafor', birth: '1988-07-09' };
  if (status === 'recalled') return report('Cancelled', { oca: '0012', repositoryId: 'SR1', person });
  return report('Issued', {
    oca: '0012',
    repositoryId: 'SR1',
    ...PLACES,
    issued,
    bail: String(bail),
    person,
  });
}

/** One warrant as each court system writes it. */
export const COURTS: Readonly<Record<string, Court>> = {
  'ojbc-warrant-issued': { draw: ojbc, context: {} },
  'ebench-snapshot': { draw: ebench, context: {} },
  'odyssey-csv': {
    draw: odysseyCsv,
    context: {
      options: PLACES,
      codes: {
        ...words('status', { WISS: 'ISSUED', WRCL: 'RECALLED', WSRV: 'SERVED' }),
        ...words('type', { BW: 'BENCH' }),
        ...words('bail', { CSH: 'CASH_ONLY' }),
      },
    },
  },
  'odyssey-json': { draw: odysseyJson, context: { options: PLACES } },
  relational: { draw: relational, context: { options: { ...PLACES, bailRule: 'sum' } } },
  utah: {
    draw: utah,
    context: {
      options: PLACES,
      codes: words('disposition', { BW: 'ISSUED', BWR: 'RECALLED', BWS: 'SERVED' }),
    },
  },
  judici: {
    draw: judici,
    context: {
      options: { agencyOri: 'CA0450000' },
      codes: words('event', { WBI: 'ISSUED', WRC: 'RECALLED', WSV: 'SERVED' }),
    },
  },
  'fixed-width-daily': { draw: fixedWidth, context: { options: PLACES } },
};
