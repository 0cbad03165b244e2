import { describe, expect, test } from 'vitest';
import { bookingCsv, citationCsv } from '../../../src/ingest/bookings/csv.ts';
import type { BookingFeedRecord } from '../../../src/ingest/bookings/record.ts';
import { priorRecordCsv } from '../../../src/ingest/records/csv.ts';
import { headOf } from '../../../src/ingest/sniff.ts';
import { formatTests, parseWhole, TEST_CONTEXT } from '../../support/court-tests.ts';

formatTests(bookingCsv, 'bookings/booking-csv');
formatTests(citationCsv, 'bookings/citation-csv');
formatTests(priorRecordCsv, 'records/prior-record-csv');

const parse = async (text: string | Uint8Array, options: Record<string, string> = {}) => {
  const parsed = await parseWhole(bookingCsv, Buffer.from(text as string), { ...TEST_CONTEXT, options });
  return { ...parsed, bookings: parsed.records.map((one) => (one.record as BookingFeedRecord).booking) };
};
const HEAD = 'booking_number,last_name,first_name,dob';

describe('a booking feed', () => {
  test.each([
    ['upper case and blanks', ' BOOKING NUMBER , Last Name,FIRST NAME,Date of Birth'],
    ['a byte order mark', `\uFEFF${HEAD}`],
    ['underscores', HEAD],
    ['a number sign', 'Booking #,Surname,Given Name,Birth Date'],
  ])('knows its columns by a header with %s', async (_what, header) => {
    const { bookings, problems } = await parse(`${header}\nB1,DOE,JO,1990-01-02\n`);
    expect(problems).toEqual([]);
    expect(bookings[0]).toMatchObject({ number: 'B1', person: { birthDate: '1990-01-02' } });
  });

  test.each([',', '\t', '|', ';', '^'])('finds the delimiter %j by the header', async (d) => {
    const { bookings } = await parse(`${HEAD.replaceAll(',', d)}\nB1${d}DOE${d}JO${d}1990-01-02\n`);
    expect(bookings[0]?.person.name).toEqual({ surname: 'DOE', given: 'JO' });
  });

  test('a quoted cell may hold line breaks and delimiters; the next row keeps its own line number', async () => {
    const { bookings, records } = await parse(`${HEAD}\nB1,"DOE,\nII",JO,1990-01-02\nB2,ROE,AL,bad\n`);
    expect(bookings[0]?.person.name.surname).toBe('DOE,\nII');
    expect(records[1]?.problems).toMatchObject([{ line: 4, sourceField: 'dob', field: 'person.birthDate' }]);
  });

  test.each(['\n', '\r\n', '\r'])('reads rows that end in %j', async (end) => {
    const { bookings } = await parse(['booking_number', 'B1', '', 'B2', ''].join(end));
    expect(bookings.map((b) => b.number)).toEqual(['B1', 'B2']);
  });

  test('a ragged row is stopped with its line; the rows about it go on', async () => {
    const { records } = await parse(`${HEAD}\nB1,DOE,JO,1990-01-02\nB2,ROE,AL\nB3,POE,EDGAR,1909-01-19\n`);
    expect(records.map((r) => r.problems.length)).toEqual([0, 1, 0]);
    expect(records[1]?.problems[0]).toMatchObject({ code: 'FIELD-FORMAT', severity: 'error', line: 3 });
    expect(records[1]?.problems[0]?.message).toContain('has 3 cells, the first line has 4');
  });

  test('a missing key column condemns the file and says what the first line reads', async () => {
    const { problems, records } = await parse('book,last_name\nB1,DOE\n');
    expect(records).toEqual([]);
    expect(problems[0]).toMatchObject({ code: 'SRC-FORMAT', severity: 'error' });
    expect(problems[0]?.message).toContain('has no column "booking_number". It reads: book / last_name');
  });

  test.each([
    ['CA0330000', 'CA0330000', 0],
    ['CA03300', 'CA03300', 0],
    ['Tres Pinos SO', 'CA0990000', 1],
    ['BROWARD', 'CA0990000', 1],
    ['', 'CA0990000', 0],
  ])(
    'whose agency reads %j has the ORI %s: a name is kept beside it and is none',
    async (text, ori, listed) => {
      const { bookings, records } = await parse(`booking_number,Agency\nB1,${text}\n`, {
        agencyOri: 'CA0990000',
      });
      expect(bookings[0]?.agencyOri).toBe(ori);
      expect(records[0]?.problems.map(({ field, severity }) => [field, severity])).toEqual(
        listed ? [['agencyOri', 'warning']] : [],
      );
      const { extra } = records[0]!.record as BookingFeedRecord;
      expect(extra).toEqual(listed ? [{ path: 'Agency', value: text }] : []);
    },
  );

  test('the wrong delimiter of a configuration is named, not guessed around', async () => {
    const { problems } = await parse(`${HEAD}\nB1,DOE,JO,1990-01-02\n`, { delimiter: '|' });
    expect(problems[0]?.code).toBe('SRC-FORMAT');
  });

  test("a county's own header is mapped by an option", async () => {
    const { bookings } = await parse('BKG_SEQ,LNM\nB1,DOE\n', {
      'column.booking_number': 'BKG_SEQ',
      'column.last_name': 'LNM',
    });
    expect(bookings[0]).toMatchObject({ number: 'B1', person: { name: { surname: 'DOE' } } });
  });

  test('two columns of one meaning are not chosen between', async () => {
    const { problems } = await parse('booking_number,Surname,Last Name\nB1,DOE,ROE\n');
    expect(problems[0]?.message).toContain('Two columns both mean "last_name"');
  });

  test('bytes of another encoding stop their own row only, and name the column', async () => {
    const latin = Buffer.from(`${HEAD}\nB1,NUÑEZ,JO,1990-01-02\nB2,ROE,AL,1990-01-03\n`, 'latin1');
    const { records } = await parse(latin);
    expect(records.map((r) => r.problems.map((p) => [p.code, p.sourceField, p.line]))).toEqual([
      [['SRC-ENCODING', 'last_name', 2]],
      [],
    ]);
  });

  test.each([
    ['windows-1252', Buffer.from(`${HEAD}\nB1,NUÑEZ,JO,1990-01-02\n`, 'latin1')],
    ['utf-8', Buffer.from(`\uFEFF${HEAD}\nB1,NUÑEZ,JO,1990-01-02\n`, 'utf16le')],
  ])(
    'reads letters exactly where the source is set to %s (a byte order mark decides)',
    async (encoding, bytes) => {
      const { bookings, problems } = await parse(bytes, { encoding });
      expect(problems).toEqual([]);
      expect(bookings[0]?.person.name.surname).toBe('NUÑEZ');
    },
  );

  test('a quote that is never closed condemns the file', async () => {
    const { problems } = await parse(`${HEAD}\nB1,"DOE,JO,1990-01-02\nB2,ROE,AL,1990-01-03\n`);
    expect(problems[0]).toMatchObject({ code: 'SRC-UNREADABLE', severity: 'error' });
  });

  test('a last line without its end is read, and pointed at', async () => {
    const { bookings, problems } = await parse('booking_number\nB1\nB2');
    expect(bookings.map((b) => b.number)).toEqual(['B1', 'B2']);
    expect(problems).toMatchObject([{ code: 'SRC-INCOMPLETE', severity: 'warning' }]);
  });

  test('a file above its size limit is refused', async () => {
    const limits = { ...TEST_CONTEXT.limits, fileBytes: 40 };
    const bytes = Buffer.from(`${HEAD}\n${'B1,DOE,JO,1990-01-02\n'.repeat(10)}`);
    const parsed = await parseWhole(bookingCsv, bytes, { ...TEST_CONTEXT, limits }, 16);
    expect(parsed.problems[0]?.code).toBe('SRC-LIMIT');
  });

  test('is told from other feeds by the keys it has and has not', () => {
    const fits = (header: string) =>
      [bookingCsv, citationCsv, priorRecordCsv].map((format) =>
        format.sniff(headOf(Buffer.from(`${header}\n`))),
      );
    expect(fits('booking no,citation no,last name,dob')).toEqual(['certain', 'no', 'no']);
    expect(fits('citation no,last name,dob')).toEqual(['no', 'certain', 'no']);
    expect(fits('record id,last name,dob')).toEqual(['no', 'no', 'certain']);
    expect(fits('warrant number,case number,status,booking no,citation no')).toEqual(['no', 'no', 'no']);
  });
});
