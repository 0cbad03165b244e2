import { describe, expect, test } from 'vitest';
import type { CourtRecord } from '../../../src/domain/index.ts';
import { odysseyJson } from '../../../src/ingest/courts/odyssey-json.ts';
import { parseExact } from '../../../src/ingest/json-records.ts';
import { parseFile } from '../../../src/ingest/parse.ts';
import { fixtureContext, formatTests, parseWhole } from '../../support/court-tests.ts';

formatTests(odysseyJson, 'courts/odyssey-json');

const context = fixtureContext(new URL('../../../fixtures/courts/odyssey-json/', import.meta.url).pathname);
const read = async (text: string) => {
  const parsed = await parseWhole(odysseyJson, Buffer.from(text), context);
  return { ...parsed, warrants: parsed.records.map((one) => (one.record as CourtRecord).warrant) };
};
const WARRANT = '{"warrantNumber":"W1","caseNumber":"C1","status":"Issued"}';

describe('an Odyssey-kind JSON export', () => {
  test.each([
    ['an array', `[${WARRANT},${WARRANT}]`],
    ['an envelope', `{"count": 2, "warrants": [${WARRANT}, ${WARRANT}]}`],
    ['an envelope on one line with brackets in texts', `{"note":"a [ {","warrants":[${WARRANT},${WARRANT}]}`],
    ['JSON Lines', `${WARRANT}\n\n${WARRANT}\n`],
    ['a byte order mark', `\uFEFF[${WARRANT},${WARRANT}]`],
  ])('is read as %s', async (_what, text) => {
    const { warrants, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(warrants.map((w) => w.number)).toEqual(['W1', 'W1']);
  });

  test('numbers keep their digits', () => {
    expect(parseExact('{"a":12345678901234567890,"b":1.10,"c":[0.1]}')).toEqual({
      a: '12345678901234567890',
      b: '1.10',
      c: ['0.1'],
    });
  });

  test('a member that stands twice in one object stops its record by name, the others go on', async () => {
    const twice = WARRANT.replace('}', ',"note":"a: \\"b\\": c","st\\u0061tus":"Recalled"}');
    const { records } = await read(`[${twice},${WARRANT}]`);
    expect(records[0]?.problems).toMatchObject([
      { code: 'FIELD-FORMAT', severity: 'error', sourceField: 'status' },
    ]);
    expect(records[1]?.problems).toEqual([]);
  });

  test('no charge is lost where charges state the warrant differently: that is listed, the values are kept', async () => {
    const charges = [
      '{"statute":"PC 459","level":"F","bondAmount":"5"}',
      '{"statute":"PC 484","level":"M","bondAmount":"7"}',
      '{"statute":"PC 602"}',
    ];
    const { records, warrants } = await read(WARRANT.replace('}', `,"charges":[${charges}]}`));
    expect(warrants).toHaveLength(1);
    expect(warrants[0]?.offences.map((o) => o.statuteSection)).toEqual(['459', '484', '602']);
    expect(warrants[0]?.level?.code).toBe('F');
    const bail = { code: 'FIELD-FORMAT', severity: 'error', field: 'bail' };
    expect(records[0]?.problems.length).toBeGreaterThan(0);
    for (const problem of records[0]!.problems) expect(problem).toMatchObject(bail);
    const { extra } = records[0]!.record as CourtRecord;
    expect(extra).toContainEqual({ path: 'charge.2.bondAmount', value: '7' });
  });

  test('an alias is its whole name or its parts; what else it says is kept', async () => {
    const aliases =
      '[{"fullName":"ROE, JIM"},{"lastName":"Roe","firstName":"J","middleName":"Q"},{"lastName":"Poe"},{"dob":"1990-01-02"},{"fullName":"A; B","suffix":"Jr"},"DOE, JO"]';
    const { records, warrants } = await read(WARRANT.replace('}', `,"aliases":${aliases}}`));
    expect(warrants[0]?.person.aliases).toEqual([
      { surname: 'ROE', given: 'JIM' },
      { surname: 'Roe', given: 'J', middle: 'Q' },
      { surname: 'Poe' },
      { surname: 'DOE', given: 'JO' },
    ]);
    const { extra } = records[0]!.record as CourtRecord;
    expect(extra.map(({ value }) => value)).toEqual(['1990-01-02', 'A; B', 'Jr']);
  });

  test('two members of one meaning that differ are not chosen between', async () => {
    const { records } = await read(
      '[{"warrantNumber":"W1","caseNumber":"C1","status":"Issued","dob":"1990-01-02","party":{"birthDate":"1990-02-01"}}]',
    );
    expect(records[0]?.problems).toMatchObject([{ code: 'FIELD-FORMAT', sourceField: 'party.birthDate' }]);
  });

  test.each([
    ['cut in an object', `[${WARRANT},{"warrantNumber":"W2","caseN`],
    ['cut after an object', `[${WARRANT},`],
    ['with a bracket too many', `[${WARRANT}]]`],
    ['that is not JSON', `[{"warrantNumber": W1}]`],
    ['of text', 'hello'],
  ])('a file %s is condemned', async (_what, text) => {
    const { problems } = await read(text);
    expect(problems).toMatchObject([{ code: 'SRC-UNREADABLE', severity: 'error' }]);
  });
});

describe('A JSON export', () => {
  const readFile = (text: string) =>
    parseFile(Buffer.from(text), {
      today: '2026-11-25',
      zone: 'America/Los_Angeles',
      format: 'odyssey-json',
    });
  const one = {
    warrantNumber: 'W-1',
    caseNumber: 'C-1',
    status: 'Issued',
    charges: [{ statute: 'VC 40508(a)' }],
  };

  test('may be one warrant on its own, over several lines', async () => {
    const { records, problems } = await readFile(JSON.stringify(one, null, 2));
    expect(problems).toEqual([]);
    expect(records).toMatchObject([{ record: { warrant: { number: 'W-1', offences: [{}] } } }]);
  });

  test('may be warrants one after another, each over several lines', async () => {
    const { records } = await readFile(
      [one, { ...one, warrantNumber: 'W-2' }].map((w) => JSON.stringify(w, null, 1)).join('\n'),
    );
    expect(records.map(({ record }) => 'warrant' in record && record.warrant.number)).toEqual(['W-1', 'W-2']);
  });

  test('keeps what stands around its list', async () => {
    const { records, facts } = await readFile(
      JSON.stringify({ asOf: '2026-06-12', court: { names: ['a', 'b, ]'] }, warrants: [one, one], total: 2 }),
    );
    expect(records).toHaveLength(2);
    expect(facts.extra).toEqual([
      { path: 'asOf', value: '2026-06-12' },
      { path: 'court.names', value: 'a; b, ]' },
      { path: 'total', value: '2' },
    ]);
  });

  test('without a warrant is named', async () => {
    expect((await readFile('{"warrants": []}')).problems).toMatchObject([
      { code: 'SRC-EMPTY', severity: 'warning' },
    ]);
  });

  test.each([
    ['in a list', (deep: string) => `[{"warrantNumber":"1","x":${deep}}]`],
    ['in JSON Lines', (deep: string) => `{"warrantNumber":"1","x":${deep}}\n{"warrantNumber":"2"}\n`],
    ['around the list', (deep: string) => deep],
  ])('nested a million deep %s is refused', async (_where, write) => {
    const { problems } = await readFile(write('['.repeat(1_000_000) + ']'.repeat(1_000_000)));
    expect(problems).toMatchObject([{ code: 'SRC-LIMIT' }]);
  });
});
