import { describe, expect, it } from 'vitest';
import { NO_PERSON, type Warrant } from '../../src/domain/index.ts';
import { DEFAULT_RULES } from '../../src/transmit/edits.ts';
import { leaveOutIncomplete } from '../../src/transmit/leave-out.ts';
import { aWarrant } from '../support/store.ts';

const facts = (warrant: Warrant) =>
  ({ warrant, disposition: { verdict: 'none', thresholds: [] }, others: [], exonerations: [] }) as const;
const person = (licence: { number: string; state?: string; expiryYear?: string }, birthDate?: string) => ({
  ...NO_PERSON,
  name: { given: 'ADA', surname: 'EXAMPLE' },
  ...(birthDate ? { birthDate } : {}),
  ids: { mnu: [], local: [], licence },
});

describe('groups the destination takes only whole', () => {
  it('a licence without its expiry year stays behind with a warning, and the warrant goes', () => {
    const { facts: sent, warnings } = leaveOutIncomplete(
      facts(aWarrant({ person: person({ number: 'D1234567', state: 'CA' }, '1980-05-17') })),
      DEFAULT_RULES,
    );
    expect(sent.warrant.person.ids.licence).toBeUndefined();
    expect(warnings.map((w) => [w.code, w.severity])).toEqual([['PER-OLN-TRIPLE', 'warning']]);
  });

  it('a whole licence is sent', () => {
    const warrant = aWarrant({
      person: person({ number: 'D1234567', state: 'CA', expiryYear: '2028' }, '1980-05-17'),
    });
    expect(leaveOutIncomplete(facts(warrant), DEFAULT_RULES)).toEqual({
      facts: facts(warrant),
      warnings: [],
    });
  });

  it('nothing is left out that is the only number: the edits stop such a warrant', () => {
    const warrant = aWarrant({ person: person({ number: 'D1234567', state: 'CA' }) });
    expect(leaveOutIncomplete(facts(warrant), DEFAULT_RULES).facts.warrant).toEqual(warrant);
  });

  it('a plate without its expiry stays behind, the whole vehicle identity beside it goes', () => {
    const vehicle = {
      vin: '1HGCM82633A004352',
      year: '2003',
      make: 'HOND',
      style: '4D',
      plate: '7ABC123',
      plateState: 'CA',
    };
    const { facts: sent, warnings } = leaveOutIncomplete(
      facts(aWarrant({ vehicles: [vehicle] })),
      DEFAULT_RULES,
    );
    expect(sent.warrant.vehicles).toEqual([{ vin: vehicle.vin, year: '2003', make: 'HOND', style: '4D' }]);
    expect(warnings).toHaveLength(1);
  });
});
