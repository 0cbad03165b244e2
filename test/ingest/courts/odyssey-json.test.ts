import { describe, expect, test } from 'vitest';
import type { CourtRecord } from '../../../src/domain/index.ts';
import { odysseyJson } from '../../../src/ingest/courts/odyssey-json.ts';
import { parseExact } from '../../../src/ingest/json-records.ts';
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
