import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CourtRecord } from '../../../src/domain/index.ts';
import { fixedWidthDaily } from '../../../src/ingest/courts/fixed-width-daily.ts';
import { DETAIL, HEADER, TRAILER } from '../../../src/ingest/courts/fixed-width-layout.ts';
import type { CourtFormat } from '../../../src/ingest/courts/format.ts';
import { judici } from '../../../src/ingest/courts/judici.ts';
import { relational } from '../../../src/ingest/courts/relational.ts';
import { utah } from '../../../src/ingest/courts/utah.ts';
import { layoutFaults } from '../../../src/ingest/fixed-width.ts';
import { fixtureContext, formatTests, parseWhole } from '../../support/court-tests.ts';
import { fixedLine } from '../../support/fixed-width.ts';

const COURTS = new URL('../../../fixtures/courts/', import.meta.url).pathname;

for (const format of [utah, relational, judici, fixedWidthDaily])
  formatTests(format, `courts/${format.name}`);

async function read(format: CourtFormat, text: string, options: Record<string, string> = {}) {
  const context = fixtureContext(`${COURTS}${format.name}`);
  const parsed = await parseWhole(format, Buffer.from(text), {
    ...context,
    options: { ...context.options, ...options },
  });
  const records = parsed.records.map((one) => one.record as CourtRecord);
  return {
    ...parsed,
    events: records.map((record) => record.event),
    warrants: records.map((record) => record.warrant),
  };
}

describe('Utah-like multi-record text', () => {
  const CASE = 'CA|0330|J|1|261000300|THEO|BRANDT|06/01/2026|BW|500||11/30/1979|W|M||';

  test.each([
    ['a disposition that issues', [CASE], 'issued'],
    [
      'a hearing that recalls it later',
      [CASE, 'CE|0330|J|1|261000300|THEO|BRANDT|06/09/2026|08:30|WRC|1|5|||'],
      'recalled',
    ],
    [
      'a cancelled hearing, which says nothing',
      [CASE, 'CE|0330|J|1|261000300|THEO|BRANDT|06/09/2026|08:30|WRC|1|5||06/08/2026|moved'],
      'issued',
    ],
    ['a DE row, which takes it back', [CASE, 'DE|0330|J|1|261000300|5|06/10/2026|error'], 'recalled'],
    ['a DE row alone', ['DE|0330|J|1|261000300|5|06/10/2026|error'], 'recalled'],
  ])('%s', async (_what, rows, event) => {
    const { events, warrants } = await read(utah, `${rows.join('\n')}\n`);
    expect(events).toEqual([event]);
    expect(warrants[0]?.number).toBe('261000300-1');
  });

  test('a case with nothing to say of a warrant gives no record; every row of a warrant is kept beside it', async () => {
    const text = readFileSync(`${COURTS}utah/daily.txt`, 'utf8');
    const { records } = await read(utah, text);
    expect(records.length).toBe(3);
    expect((records[0]!.record as CourtRecord).extra.map((e) => e.path)).toEqual([
      'CA',
      'CE',
      'CE',
      'CH',
      'CH',
      'JU',
    ]);
  });

  test('a row of no known type condemns the file: it might be the recall', async () => {
    const { records, problems } = await read(utah, `${CASE}\nXX|0330|J|1|261000300|5\n`);
    expect(records).toEqual([]);
    expect(problems).toMatchObject([{ code: 'SRC-FORMAT', severity: 'error', line: 2 }]);
  });

  test('a "|" inside a field stops its case only', async () => {
    const { records } = await read(
      utah,
      `CE|0330|J|1|261000300|T|B|06/09/2026|08:30|FTA|1|5|||a|b\n${CASE.replace('300', '301')}\n`,
    );
    expect(records.map((one) => one.problems.length)).toEqual([1, 0]);
  });
});

describe('rows of a court database', () => {
  const row = (more: object) =>
    `${JSON.stringify({ warrant_number: 'W1', case_number: 'C1', status: 'ISSUED', issue_date: '2026-02-01', status_history: [], ...more })}\n`;

  test.each([
    ['2026-02-03 14:05:00', '2026-02-03 09:00:00', 'ISSUED'],
    ['2026-02-03 09:00:00', '2026-02-03 14:05:00', 'RECALLED'],
    ['2026-02-03', '2026-02-03', undefined],
    ['2026-02-03 09:00:00', '2026-02-03', undefined],
    ['2026-02-03T09:00:00Z', '2026-02-03T08:00:00-08:00', undefined],
  ])(
    'two lines of one day (issued %s, recalled %s) are told by their times, never by their order',
    async (issued, recalled, code) => {
      const lines = [
        { status: 'ISSUED', start_date: issued },
        { status: 'RECALLED', start_date: recalled },
      ];
      for (const history of [lines, lines.toReversed()]) {
        const { records, warrants } = await read(
          relational,
          row({ status: 'SERVED', status_history: history }),
        );
        if (code) expect(warrants[0]?.status.code).toBe(code);
        const problem = { code: 'FIELD-FORMAT', severity: 'error', sourceField: 'status_history' };
        expect(records[0]?.problems).toMatchObject(code ? [] : [problem]);
      }
    },
  );

  test.each([
    ['the line that is still open', { end_date: '2026-02-03' }, 'ISSUED', 'RECALLED'],
    ['the status of the row itself', {}, 'RECALLED', 'RECALLED'],
  ])('of two lines of one moment %s holds', async (_what, more, status, code) => {
    const lines = [
      { status: 'ISSUED', start_date: '2026-02-03', ...more },
      { status: 'RECALLED', start_date: '2026-02-03' },
    ];
    for (const history of [lines, lines.toReversed()]) {
      const { records, warrants } = await read(relational, row({ status, status_history: history }));
      expect(warrants[0]?.status.code).toBe(code);
      expect(records[0]?.problems).toEqual([]);
    }
  });

  test('the newest line of the status history outranks the row', async () => {
    const history = [
      { status: 'RECALLED', start_date: '2026-03-01' },
      { status: 'ISSUED', start_date: '2026-02-01' },
    ];
    const { events, warrants } = await read(relational, row({ status_history: history }));
    expect(events).toEqual(['recalled']);
    expect(warrants[0]).toMatchObject({ statusDate: '2026-03-01', status: { code: 'RECALLED' } });
  });

  test.each([
    ['sum', 275_005],
    ['order', 100_000],
  ])('bail by charge under rule %s is %d cents', async (bailRule, cents) => {
    const offenses = [{ bond_amount: '2500.00' }, { bond_amount: 250.05 }];
    const { warrants, records } = await read(relational, row({ bond_amount: '1000', offenses }), {
      bailRule,
    });
    expect(warrants[0]?.bail?.cents).toBe(cents);
    expect(JSON.stringify(records)).toContain('250.05');
  });

  test('a full read says so, so that what is missing is noticed', async () => {
    expect((await read(relational, row({}))).facts).toEqual([{ fullSnapshot: true }]);
    expect((await read(relational, row({}), { snapshot: 'changes' })).facts).toEqual([]);
  });

  test('a sealed row says so', async () => {
    expect((await read(relational, row({ sealed: 1 }))).warrants[0]?.sealed).toBe(true);
  });
});

test('a Utah case whose case rows contradict each other is stopped by the fields that differ', async () => {
  const row = (bail: string, code: string) =>
    `CA|0330|D|1|261000123|LENA|OKAFOR|03/04/2026|${code}|${bail}||07/09/1988|B|F|Words|2025-01`;
  const charge = 'CH|0330|D|1|261000123|PC 1|F3|1|0|||P|12/01/2025 22:10|12/01/2025||';
  const { records } = await read(utah, [row('15000.00', 'BW'), row('500.00', 'BW'), charge].join('\n'));
  const stopped = records[0]!.problems.filter(({ severity }) => severity === 'error');
  expect(stopped).toMatchObject([{ code: 'FIELD-FORMAT', sourceField: 'bail_amt', line: 2 }]);
  const { records: alike } = await read(utah, [row('500.00', 'BW'), row('500.00', 'BW'), charge].join('\n'));
  expect(alike[0]!.problems).toEqual([]);
});

describe('a Judici-like case', () => {
  const one = (arrest: string, events = '') =>
    `<CourtDataTransferFile><Court NCIC="CA045015J"><Case Number="26CM1"><Actor><Identity LastName="Doe" FirstName="Jo"/><LitigantDetails RoleSequence="1"><ArrestData ${arrest}/>${events}</LitigantDetails></Actor></Case></Court></CourtDataTransferFile>`;

  test.each([
    ['WarrantDate="05/01/2026"', '', 'issued', undefined],
    [
      'WarrantDate="05/01/2026"',
      '<Event Code="WRC" Date="06/01/2026"/><Event Code="WBI" Date="05/01/2026"/>',
      'recalled',
      undefined,
    ],
    ['WarrantDate="05/01/2026"', '<Event Code="HRG" Date="06/01/2026"/>', 'issued', undefined],
    [
      'WarrantDate="05/01/2026"',
      '<Event Code="WRC" Date="06/01/2026"/><Event Code="WBI" Date="06/01/2026"/>',
      'snapshot',
      'SRC-UNMAPPED',
    ],
    ['WarrantDate="05/01/2026" ArrestDate="05/09/2026"', '', 'snapshot', 'SRC-UNMAPPED'],
  ])('%s %s is %s', async (arrest, events, event, code) => {
    const { events: got, records } = await read(judici, one(arrest, events));
    expect(got).toEqual([event]);
    expect(records[0]?.problems[0]?.code).toBe(code);
  });

  test('without a warrant date gives no record, and no complaint', async () => {
    expect(await read(judici, one('ArrestDate="05/09/2026"'))).toMatchObject({ records: [], problems: [] });
  });

  test('what happened to one defendant says nothing of another', async () => {
    const { events, warrants } = await read(judici, readFileSync(`${COURTS}judici/cases.xml`, 'utf8'));
    expect(warrants.map((w) => w.number)).toEqual(['2026CM18-1', '2026CF7-1', '2026CF7-2']);
    expect(events).toEqual(['issued', 'recalled', 'snapshot']);
  });

  test('has aliases beside the real name, takes no type of identity for one of warrant, and knows units', async () => {
    const real = 'Type="Real" ID="I0" FullName="DOE, JO M" DateOfBirth="02/03/1980"';
    const measures = 'Height="71" HeightMeasurementUnit="IN" Weight="82" WeightMeasurementUnit="KG"';
    const alias = '<Identity Type="Alias" ID="I1" FullName="ROE, JIM" DateOfBirth="02/04/1980"/>';
    const parts = '<Identity Type="Alias" ID="I2" LastName="Rowe" FirstName="J" MiddleName="Q"/>';
    const officer = '<ActorRelationship Type="ArrestingOfficer" ActorId="O-1"/>';
    const xml = one('WarrantDate="05/01/2026"')
      .replace('LastName="Doe" FirstName="Jo"/>', `${real} ${measures}/>${alias}${parts}`)
      .replace('<ArrestData', `${officer}<ArrestData`)
      .replace('</Court>', '<RelatedActor Type="Judge" Name="HADDAD" Id="J-7"/></Court>');
    const { records, warrants, facts } = await read(judici, xml);
    expect(records[0]?.problems).toEqual([]);
    const { person, kind } = warrants[0]!;
    expect(kind).toBeUndefined();
    expect(person.name).toEqual({ full: 'DOE, JO M' });
    expect(person.aliases).toEqual([
      { surname: 'ROE', given: 'JIM' },
      { surname: 'Rowe', given: 'J', middle: 'Q' },
    ]);
    expect([person.birthDate, ...person.otherBirthDates]).toEqual(['1980-02-03', '1980-02-04']);
    expect([person.heightInches, person.weightPounds]).toEqual([71, 181]);
    const kept = (records[0]!.record as CourtRecord).extra.map(({ value }) => value);
    expect(kept).toEqual(
      expect.arrayContaining(['Real', 'Alias', 'I0', 'I1', 'I2', 'ROE, JIM', 'IN', 'ArrestingOfficer']),
    );
    expect(facts.flatMap(({ extra = [] }) => extra.map(({ value }) => value))).toEqual(
      expect.arrayContaining(['Judge', 'HADDAD', 'J-7']),
    );
  });

  test('keeps every count, also one with a ticket of its own', async () => {
    const count = (n: number, ticket: string) =>
      `<Count Number="${n}" TicketNumber="${ticket}"><Charge Statute="VC ${n}" Severity="M"/></Count>`;
    const counts = `${count(1, 'T1')}${count(2, 'T2')}`;
    const xml = one('WarrantDate="05/01/2026"').replace('</LitigantDetails>', `${counts}</LitigantDetails>`);
    const { records, warrants } = await read(judici, xml);
    expect(warrants[0]?.offences.map((o) => o.statuteSection)).toEqual(['1', '2']);
    expect(records[0]?.problems).toMatchObject([{ severity: 'warning', field: 'origin' }]);
    expect((records[0]!.record as CourtRecord).extra.map(({ value }) => value)).toContain('T2');
  });

  test('numbers its records one by one, whoever of a case has no warrant', async () => {
    const actor = (data: string) =>
      `<Actor><Identity LastName="Doe" FirstName="Jo"/><LitigantDetails><ArrestData ${data}/></LitigantDetails></Actor>`;
    const wanted = actor('WarrantDate="05/01/2026"');
    const xml = `<CourtDataTransferFile><Court><Case Number="1">${actor('ArrestDate="05/09/2026"')}${wanted}</Case><Case Number="2">${wanted}${wanted}</Case></Court></CourtDataTransferFile>`;
    const { records } = await read(judici, xml);
    expect(records.map(({ record }) => (record as CourtRecord).place.ordinal)).toEqual([1, 2, 3]);
  });

  const NAMESPACE = 'urn:county:transfer:4';
  const inDefault = (xml: string) => xml.replace('<CourtDataTransferFile', `$& xmlns="${NAMESPACE}"`);
  const prefixed = (xml: string) =>
    xml
      .replaceAll(/<(\/?)([A-Z])/g, '<$1t:$2')
      .replace('<t:CourtDataTransferFile', `$& xmlns:t="${NAMESPACE}"`);
  const WARRANT = 'WarrantDate="05/01/2026"';

  test.each([
    ['as default', inDefault(one(WARRANT))],
    ['with a prefix', prefixed(one(WARRANT))],
    ['with a prefix, from the case down', one(WARRANT).replace('<Case', `<Case xmlns="${NAMESPACE}"`)],
    [
      'with a prefix, below the case',
      one(WARRANT).replace('<ArrestData', `<ArrestData xmlns="${NAMESPACE}"`),
    ],
    ['on an attribute', one(`xmlns:t="${NAMESPACE}" t:${WARRANT}`)],
  ])('in a namespace (%s) is refused by its name, and read where it is configured', async (_what, xml) => {
    const { problems, records } = await read(judici, xml);
    expect(problems).toMatchObject([{ code: 'SRC-FORMAT', severity: 'error', line: 1 }]);
    expect(problems[0]?.message).toContain(`"${NAMESPACE}"`);
    expect(problems[0]?.message).toContain('option namespace');
    expect(records).toEqual([]);
    const configured = await read(judici, xml, { namespace: NAMESPACE });
    const plain = await read(judici, one(WARRANT));
    expect(configured.warrants).toEqual(plain.warrants);
    expect(configured.problems).toEqual([]);
  });

  test('in one namespace is not read under the name of another', async () => {
    const { problems } = await read(judici, inDefault(one(WARRANT)), { namespace: 'urn:county:transfer:3' });
    expect(problems).toMatchObject([{ code: 'SRC-FORMAT', severity: 'error' }]);
  });

  test('keeps what else stands in another namespace beside the record', async () => {
    const xml = one(WARRANT).replace('</Actor>', '<x:Flag xmlns:x="urn:x" x:y="1">red</x:Flag></Actor>');
    const { records, problems } = await read(judici, xml);
    expect(problems).toEqual([]);
    expect(JSON.stringify(records)).toContain('red');
  });

  test('a document without a case is no quiet night', async () => {
    expect((await read(judici, '<CourtDataTransferFile/>')).problems).toMatchObject([{ code: 'SRC-EMPTY' }]);
  });
});

describe('a fixed-width daily file', () => {
  const header = fixedLine(HEADER, {
    record_type: 'H',
    file_date: '06122026',
    issuing_agency: 'CA0560000',
    sequence: '000163',
  });
  const detail = (values: Record<string, string> = {}) =>
    fixedLine(DETAIL, {
      record_type: 'D',
      business: 'P',
      action: 'A',
      warrant_number: 'W1',
      case_number: 'C1',
      issue_date: '06112026',
      action_date: '06112026',
      level: 'M',
      bond_type: 'B',
      bond_amount_cents: '0000001005',
      last_name: 'DOE',
      ...values,
    });
  const trailer = (count: string, cents: string) =>
    fixedLine(TRAILER, {
      record_type: 'T',
      record_count: count.padStart(9, '0'),
      bond_total_cents: cents.padStart(15, '0'),
    });
  const file = (...lines: string[]) => `${lines.join('\n')}\n`;

  test('its layouts have no overlaps', () => {
    for (const layout of [HEADER, DETAIL, TRAILER]) expect(layoutFaults(layout)).toEqual([]);
  });

  test('date, running number and agency are taken from the header', async () => {
    const { facts, warrants } = await read(fixedWidthDaily, file(header, detail(), trailer('1', '1005')));
    expect(facts).toEqual([{ asOf: '2026-06-12', sequence: '000163', issuingAgency: 'CA0560000' }]);
    expect(warrants[0]).toMatchObject({ agencyOri: 'CA0560000', bail: { cents: 1005 } });
  });

  test.each([
    ['A', 'issued'],
    ['C', 'snapshot'],
    ['H', 'stayed'],
    ['R', 'recalled'],
    ['Q', 'quashed'],
    ['S', 'served'],
    ['X', 'expired'],
  ])('action %s is the event %s', async (action, event) => {
    const { events, warrants } = await read(
      fixedWidthDaily,
      file(header, detail({ action }), trailer('1', '1005')),
    );
    expect(events).toEqual([event]);
    expect(warrants[0]?.status.raw).toBe(action);
  });

  test.each([
    ['count', file(header, detail(), trailer('2', '1005')), 'counts 2 records, the file has 1'],
    ['total', file(header, detail(), trailer('1', '1006')), 'does not come to the total'],
    ['absence', file(header, detail()), 'has no trailer'],
    ['something after it', file(header, detail(), trailer('1', '1005'), detail()), 'two files run together'],
    ['absence of a header', file(detail(), trailer('1', '1005')), 'does not begin with its header'],
  ])('the trailer condemns the file by its %s', async (_what, text, why) => {
    const { problems } = await read(fixedWidthDaily, text);
    expect(problems).toMatchObject([{ code: 'SRC-TRAILER', severity: 'error' }]);
    expect(problems[0]?.message).toContain(why);
  });

  test('a line of another length is stopped: its fields would be read from the wrong places', async () => {
    const { records } = await read(
      fixedWidthDaily,
      file(header, detail().slice(0, -3), trailer('1', '1005')),
    );
    expect(records[0]?.problems[0]).toMatchObject({ code: 'FIELD-FORMAT', line: 2 });
  });
});
