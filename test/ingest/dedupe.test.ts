import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COURT_RECORD_SCHEMA,
  type CourtRecord,
  canonicalJson,
  type Warrant,
} from '../../src/domain/index.ts';
import { contentHash, identityKey, lookupKeys } from '../../src/ingest/dedupe.ts';
import {
  comparableName,
  comparableNumber,
  comparableText,
  withDefaults,
} from '../../src/ingest/normalise.ts';
import { aWarrant } from '../support/store.ts';

function bare(change: Partial<Warrant>): Warrant {
  const { number: _n, courtOri: _c, agencyOri: _a, issuedDate: _i, ...rest } = aWarrant();
  return { ...rest, case: {}, ...change };
}

const record = (warrant: Warrant, ordinal = 1): CourtRecord => ({
  schema: COURT_RECORD_SCHEMA,
  format: 'f',
  event: 'issued',
  place: { ordinal, line: ordinal },
  warrant,
  cleared: [],
  extra: [],
});

describe('The identity of a warrant', () => {
  it.each<[Partial<Warrant>, string | undefined]>([
    [{ number: ' fta-01 ', courtOri: 'CA1' }, 'number|CA1|FTA-01|court'],
    [{ number: '007', case: { docket: 'd 1' } }, 'docket-number|D1|007|court'],
    [{ agencyOri: 'CA2', oca: '0012' }, 'oca|CA2|0012'],
    [{ courtOri: 'CA1', case: { docket: 'D1' }, issuedDate: '2026-01-01' }, 'docket|CA1|D1|2026-01-01'],
    [{ courtOri: 'CA1', case: { docket: 'D1' } }, undefined],
    [{ oca: '12' }, undefined],
  ])('of %j is %s', (warrant, key) => {
    expect(identityKey(bare(warrant), 'court')).toBe(key);
  });

  it('keeps leading zeros and hyphens apart', () => {
    expect(comparableNumber('007')).not.toBe(comparableNumber('7'));
    expect(comparableNumber('01-2')).not.toBe(comparableNumber('012'));
    expect(comparableNumber(' ab 1')).toBe('AB1');
  });

  it('is looked up by repository id, number and OCA, in this order', () => {
    const keys = lookupKeys(bare({ oca: 'o', number: 'n', repositoryId: 'r' }));
    expect(keys.map(({ kind, value }) => `${kind}:${value}`)).toEqual(['repository:R', 'number:N', 'oca:O']);
  });
});

describe('Comparable forms', () => {
  it('fold marks, case and blanks, and never change the raw text', () => {
    expect(comparableText(' Núñez  de la  O ')).toBe('NUNEZ DE LA O');
    expect(comparableName({ surname: "O'Neil-Ruiz", given: 'José' })).toEqual({
      surname: 'ONEILRUIZ',
      given: 'JOSE',
    });
    expect(comparableName({ full: 'RUIZ, ANA' })).toEqual({ surname: 'RUIZ', given: '' });
  });

  it('fill in what the configuration of a source says, only where the record is silent', () => {
    const given = record(bare({ courtOri: 'CA1' }));
    const filled = withDefaults(given, { courtOri: 'CA9', agencyOri: 'CA2' });
    expect(filled.warrant).toMatchObject({ courtOri: 'CA1', agencyOri: 'CA2' });
    expect(withDefaults(given, {})).toBe(given);
  });
});

describe('The content hash', () => {
  it('does not depend on where the record stood or in which order its keys were', () => {
    expect(contentHash(record(aWarrant(), 1))).toBe(contentHash(record(aWarrant(), 99)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });

  it('changes with any fact', () => {
    expect(contentHash(record(aWarrant()))).not.toBe(contentHash(record(aWarrant({ oca: '1' }))));
  });
});
