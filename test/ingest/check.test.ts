import { describe, expect, it } from 'vitest';
import { COURT_RECORD_SCHEMA, type CourtRecord, type Problem, type Warrant } from '../../src/domain/index.ts';
import { checkRecord } from '../../src/ingest/check/index.ts';
import { aWarrant } from '../support/store.ts';

const CONTEXT = { source: 'court', today: '2026-11-23' };
const person = aWarrant().person;

function record(change: Partial<Warrant>, event: CourtRecord['event'] = 'issued'): CourtRecord {
  return {
    schema: COURT_RECORD_SCHEMA,
    format: 'test',
    event,
    place: { ordinal: 1, line: 7 },
    warrant: aWarrant(change),
    cleared: [],
    extra: [],
  };
}

const codes = (problems: readonly Problem[], severity: Problem['severity']) =>
  problems.filter((p) => p.severity === severity).map((p) => `${p.code} ${p.field}`);

describe('The check of a record', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkRecord(record({}), [], CONTEXT)).toEqual([]);
  });

  it.each<[Partial<Warrant>, string]>([
    [{ issuedDate: '2026-11-24' }, 'DOW-FUTURE issuedDate'],
    [{ issuedDate: '1899-01-01' }, 'DOW-FUTURE issuedDate'],
    [{ person: { ...person, birthDate: '2027-01-01' } }, 'PER-DOB person.birthDate'],
    [{ person: { ...person, birthDate: '1890-01-01' } }, 'PER-DOB person.birthDate'],
    [{ person: { ...person, birthDate: '2026-02-28' } }, 'PER-DOB person.birthDate'],
    [{ expirationDate: '2026-01-01' }, 'FIELD-FORMAT expirationDate'],
    [{ recallDate: '2026-12-24' }, 'FIELD-FORMAT recallDate'],
    [{ person: { ...person, name: {} } }, 'PER-NAME person.name'],
    [{ status: { raw: 'Odd' } }, 'SRC-UNMAPPED status'],
  ])('stops %j as %s', (change, expected) => {
    expect(codes(checkRecord(record(change), [], CONTEXT), 'error')).toContain(expected);
  });

  it.each<[Partial<Warrant>, string]>([
    [{ courtOri: '758075800' }, 'ORI-INVALID courtOri'],
    [{ agencyOri: 'CA1' }, 'ORI-INVALID agencyOri'],
    [{ bail: { cents: 100 } }, 'BAIL-AMBIG bail.kind'],
    [{ person: { ...person, sex: 'Z' } }, 'PER-CODE person.sex'],
    [{ person: { ...person, hair: 'GREENISH' } }, 'PER-CODE person.hair'],
    [{ person: { ...person, name: { surname: 'X Æ A-12' } } }, 'PER-NAME person.name'],
    [{ person: { ...person, birthDate: '2010-05-05' } }, 'PER-DOB person.birthDate'],
    [
      { person: { ...person, ids: { mnu: [], local: [], licence: { number: 'D1' } } } },
      'PER-OLN-TRIPLE person.ids.licence',
    ],
    [{ person: { ...person, ids: { mnu: [], local: [], ssn: '000123456' } } }, 'EDT-FIELD person.ids.ssn'],
  ])('warns of %j as %s', (change, expected) => {
    const problems = checkRecord(record(change), [], CONTEXT);
    expect(codes(problems, 'warning')).toContain(expected);
    expect(codes(problems, 'error')).toEqual([]);
  });

  it('warns of a person without any number', () => {
    const { birthDate: _none, ...bare } = person;
    expect(codes(checkRecord(record({ person: bare }), [], CONTEXT), 'warning')).toContain(
      'PER-NO-IDENT person.ids',
    );
  });

  it('lists all problems at once, each with the record line, and none of them twice', () => {
    const bad = record({
      issuedDate: '2027-01-01',
      courtOri: 'X',
      person: { ...person, name: {}, sex: '?' },
    });
    const parsed: Problem[] = [
      { code: 'DOW-FUTURE', severity: 'error', field: 'issuedDate', message: 'parser said so' },
    ];
    const problems = checkRecord(bad, parsed, CONTEXT);
    expect(problems.map((p) => p.field).sort()).toEqual([
      'courtOri',
      'issuedDate',
      'person.name',
      'person.sex',
    ]);
    expect(problems.slice(1).every((p) => p.line === 7)).toBe(true);
  });

  it('never lets a bad field of another kind hold up a recall', () => {
    const problems = checkRecord(
      record({ issuedDate: '2027-01-01', person: { ...person, name: {} } }, 'recalled'),
      [],
      CONTEXT,
    );
    expect(codes(problems, 'error')).toEqual([]);
    expect(codes(problems, 'warning')).toContain('DOW-FUTURE issuedDate');
  });

  it('stops a recall that does not say which warrant', () => {
    const { number: _n, agencyOri: _a, courtOri: _c, ...rest } = aWarrant();
    const problems = checkRecord({ ...record({}, 'recalled'), warrant: rest }, [], CONTEXT);
    expect(codes(problems, 'error')).toEqual(['FIELD-MISSING number']);
  });

  it('tells nothing personal in its messages', () => {
    const bad = record({
      issuedDate: '2027-01-01',
      person: { ...person, name: { surname: 'S3CRET' }, birthDate: '2031-01-01' },
    });
    for (const { message } of checkRecord(bad, [], CONTEXT)) expect(message).not.toMatch(/S3CRET|2031/);
  });
});
