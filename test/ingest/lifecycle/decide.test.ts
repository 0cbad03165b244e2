import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COURT_RECORD_SCHEMA,
  type CourtEvent,
  type CourtRecord,
  type CourtStatus,
  NO_PERSON,
  type Warrant,
  type WarrantState,
} from '../../../src/domain/index.ts';
import { type Decision, decide, type Known } from '../../../src/ingest/lifecycle/decide.ts';

const FACTS: Warrant = {
  number: 'N1',
  courtOri: 'CA033015J',
  status: { code: 'ISSUED', raw: 'Active' },
  issuedDate: '2026-03-02',
  bail: { cents: 50_000 },
  offences: [],
  case: { docket: 'D1' },
  origin: { tcn: 'T1' },
  person: { ...NO_PERSON, name: { surname: 'IBARRA' }, ids: { ssn: '900123456', mnu: [], local: [] } },
  vehicles: [],
  notes: [],
};

function record(
  event: CourtEvent,
  change: Partial<Warrant> = {},
  more: Partial<CourtRecord> = {},
): CourtRecord {
  return {
    schema: COURT_RECORD_SCHEMA,
    format: 'test',
    event,
    place: { ordinal: 1 },
    warrant: { ...FACTS, ...change },
    cleared: [],
    extra: [],
    ...more,
  };
}

const status = (code: CourtStatus, more: Partial<Warrant> = {}) => ({ status: { code, raw: code }, ...more });
const known = (state: WarrantState, more: Partial<Known> = {}): Known => ({
  facts: FACTS,
  state,
  reason: 'SYS-OK',
  ...more,
});

describe('What one court record means', () => {
  const ended = known('recalled', { facts: { ...FACTS, recallDate: '2026-03-10' }, reason: 'WAR-RECALLED' });
  const sealed = known('recalled', { reason: 'WAR-SEALED' });
  const stayed = known('recalled', { reason: 'WAR-STAYED' });
  it.each<[string, Known | undefined, CourtRecord, Partial<Decision>]>([
    [
      'an issue of an unknown warrant creates it',
      undefined,
      record('issued'),
      { act: 'create', as: 'active' } as never,
    ],
    ['a snapshot of an unknown warrant creates it', undefined, record('snapshot'), { act: 'create' }],
    [
      'a stayed unknown warrant is created held',
      undefined,
      record('stayed', status('STAYED')),
      { act: 'create', as: 'stayed' } as never,
    ],
    [
      'an unknown warrant that is over is created ended',
      undefined,
      record('recalled', status('RECALLED')),
      { act: 'create', as: 'recalled' } as never,
    ],
    ['a modification of an unknown warrant waits', undefined, record('modified'), { act: 'unmatched' }],
    [
      'a bare recall of an unknown warrant waits',
      undefined,
      record('recalled', { person: NO_PERSON, ...status('RECALLED') }),
      { act: 'unmatched' },
    ],
    ['an accepted report is evidence', known('checked'), record('accepted'), { act: 'evidence' }],
    ['a rejected report is evidence even of the unknown', undefined, record('rejected'), { act: 'evidence' }],
    [
      'a sealed record stops',
      undefined,
      record('issued', { sealed: true }),
      { act: 'stop', code: 'WAR-SEALED' },
    ],
    ['a juvenile record stops', known('entered'), record('snapshot', { juvenile: true }), { act: 'stop' }],
    ['the same facts again are a duplicate', known('linked'), record('issued'), { act: 'duplicate' }],
    [
      'new facts change it',
      known('entered'),
      record('snapshot', { bail: { cents: 1 } }),
      { act: 'change', changes: ['bail.cents'] },
    ],
    [
      'a recall ends it',
      known('entered'),
      record('recalled', status('RECALLED')),
      { act: 'end', to: 'recalled', code: 'WAR-RECALLED' },
    ],
    [
      'a quash ends it',
      known('checked'),
      record('quashed', status('QUASHED')),
      { act: 'end', to: 'recalled' },
    ],
    [
      'a service ends it',
      known('sent'),
      record('served', status('SERVED')),
      { act: 'end', to: 'served', code: 'WAR-SERVED' },
    ],
    [
      'an expiry ends it',
      known('review'),
      record('expired', status('EXPIRED')),
      { act: 'end', to: 'expired' },
    ],
    [
      'a status word of a snapshot ends it',
      known('packaged'),
      record('snapshot', status('RECALLED')),
      { act: 'end', to: 'recalled' },
    ],
    [
      'a second recall is a duplicate',
      ended,
      record('recalled', status('RECALLED', { recallDate: '2026-03-10' })),
      { act: 'duplicate' },
    ],
    [
      'a service after a recall is asked about',
      ended,
      record('served', status('SERVED')),
      { act: 'ask', code: 'SRC-OUT-OF-ORDER' },
    ],
    [
      'a recall dated before the issue is asked about',
      known('entered'),
      record('recalled', status('RECALLED', { recallDate: '2026-01-01' })),
      { act: 'ask' },
    ],
    ['the old issue arriving late changes nothing', ended, record('issued'), { act: 'duplicate' }],
    [
      'a snapshot showing it active after its end is asked about',
      ended,
      record('snapshot', { bail: { cents: 7 } }),
      { act: 'ask' },
    ],
    [
      'a court list that has not caught up with a county recall is a duplicate',
      known('recalled', { reason: 'WAR-RECALLED' }),
      record('snapshot'),
      { act: 'duplicate' },
    ],
    [
      'a modification after its end is asked about',
      ended,
      record('modified', { issuedDate: '2026-05-01' }),
      { act: 'ask' },
    ],
    ['a new issue brings it back', ended, record('issued', { issuedDate: '2026-03-11' }), { act: 'reissue' }],
    [
      'a new issue dated before the recall does not',
      ended,
      record('issued', { issuedDate: '2026-03-05' }),
      { act: 'ask' },
    ],
    ['a stay takes it back', known('entered'), record('stayed', status('STAYED')), { act: 'stay' }],
    ['a second stay is a duplicate', stayed, record('stayed', status('STAYED')), { act: 'duplicate' }],
    ['a snapshot showing it active lifts the stay', stayed, record('snapshot'), { act: 'reissue' }],
    [
      'a modification does not lift a stay',
      stayed,
      record('modified', { bail: { cents: 2 } }),
      { act: 'ask' },
    ],
    [
      'the seal of a recalled record is more than its recall',
      known('entered'),
      record('recalled', { ...status('RECALLED'), sealed: true }),
      { act: 'stop' },
    ],
    [
      'a sealed warrant shown openly is asked about',
      sealed,
      record('snapshot'),
      { act: 'ask', code: 'WAR-SEALED' },
    ],
    [
      'a change does not open a sealed warrant',
      sealed,
      record('modified', { bail: { cents: 2 } }),
      { act: 'ask' },
    ],
    [
      'a new issue opens a sealed warrant',
      sealed,
      record('issued', { issuedDate: '2026-03-11' }),
      { act: 'reissue' },
    ],
    ['a recall of a stayed warrant ends it', stayed, record('recalled', status('RECALLED')), { act: 'end' }],
    [
      'a change older than what is known is asked about',
      known('checked', { eventDate: '2026-04-01' }),
      record('snapshot', { bail: { cents: 3 } }, { asOf: '2026-03-30' }),
      { act: 'ask' },
    ],
    [
      'a repeat older than what is known is a duplicate',
      known('checked', { eventDate: '2026-04-01' }),
      record('snapshot', {}, { asOf: '2026-03-30' }),
      { act: 'duplicate' },
    ],
  ])('%s', (_title, before, event, expected) => {
    expect(decide(before, event)).toMatchObject(expected);
  });

  it('a modification changes what it states, removes what it clears and leaves the rest', () => {
    const stated: Warrant = {
      ...FACTS,
      bail: { cents: 7 },
      origin: {},
      person: { ...NO_PERSON, name: { given: 'ANA' } },
    };
    const decision = decide(known('entered'), record('modified', stated, { cleared: ['person.ids.ssn'] }));
    expect(decision).toMatchObject({
      act: 'change',
      changes: ['bail.cents', 'person.ids.ssn', 'person.name.given'],
    });
    const { facts } = decision as { facts: Warrant };
    expect(facts.person.name).toEqual({ surname: 'IBARRA', given: 'ANA' });
    expect(facts.origin).toEqual({ tcn: 'T1' });
    expect(facts.person.ids.ssn).toBeUndefined();
  });
});

/** A warrant as the rules leave it after each decision; what the store does, without the store. */
function follow(before: Known | undefined, decision: Decision, date: string): Known | undefined {
  switch (decision.act) {
    case 'create': {
      const state =
        decision.as === 'active' ? 'checked' : decision.as === 'stayed' ? 'received' : decision.as;
      return {
        facts: decision.facts,
        state,
        reason: decision.as === 'stayed' ? 'WAR-STAYED' : 'SYS-OK',
        eventDate: date,
      };
    }
    case 'change':
      return { ...before!, facts: decision.facts, eventDate: date };
    case 'reissue':
      return { facts: decision.facts, state: 'checked', reason: 'SYS-OK', eventDate: date };
    case 'end':
      return { facts: decision.facts, state: decision.to, reason: decision.code, eventDate: date };
    case 'stay':
      return { facts: decision.facts, state: 'recalled', reason: 'WAR-STAYED', eventDate: date };
    default:
      return before;
  }
}

describe('Random event sequences', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((d) => `2026-03-${String(d).padStart(2, '0')}`);
  const event = fc.record({
    kind: fc.constantFrom<CourtEvent>(
      'issued',
      'modified',
      'stayed',
      'recalled',
      'quashed',
      'served',
      'expired',
      'snapshot',
      'accepted',
    ),
    code: fc.constantFrom<CourtStatus>('ISSUED', 'STAYED', 'RECALLED', 'SERVED', 'EXPIRED'),
    issued: day,
    dated: fc.option(day),
    bail: fc.nat(3),
  });
  const STATUS: Partial<Record<CourtEvent, CourtStatus>> = {
    issued: 'ISSUED',
    modified: 'ISSUED',
    stayed: 'STAYED',
    recalled: 'RECALLED',
    quashed: 'QUASHED',
    served: 'SERVED',
    expired: 'EXPIRED',
  };

  it('never leave a warrant active after its end but by a new issue, and repeat without effect', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
        let now: Known | undefined;
        for (const e of events) {
          const code = STATUS[e.kind] ?? e.code;
          const dates = e.dated === null ? {} : { statusDate: e.dated };
          const r = record(e.kind, { ...status(code, dates), issuedDate: e.issued, bail: { cents: e.bail } });
          const decision = decide(now, r);
          const next = follow(now, decision, e.dated ?? e.issued);
          const wasOver =
            now !== undefined &&
            ['recalled', 'served', 'expired'].includes(now.state) &&
            now.reason !== 'WAR-STAYED';
          if (wasOver && next!.state === 'checked') {
            expect(['issued', 'snapshot']).toContain(e.kind);
            expect(code).toBe('ISSUED');
            expect(e.issued > now!.facts.issuedDate!).toBe(true);
          }
          const again = decide(next, r);
          if (!['ask', 'unmatched', 'evidence', 'stop'].includes(decision.act)) {
            expect(again.act === 'duplicate' || again.act === 'ask').toBe(true);
          }
          now = next;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
