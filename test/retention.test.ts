import { describe, expect, it } from 'vitest';
import type { FixedClock } from '../src/clock.ts';
import { parseConfig } from '../src/config.ts';
import { type Booking, NO_PERSON } from '../src/domain/index.ts';
import { applyRetention } from '../src/retention.ts';
import {
  addPrint,
  bookingId,
  history,
  insertWarrants,
  move,
  putHolding,
  type Store,
  sha256,
  upsertBookings,
  verifyAudit,
  warrantId,
} from '../src/store/index.ts';
import { aWarrant, openTestStore } from './support/store.ts';

const RULES = {
  'citation-print': { what: 'citation-print', after: 'disposed', days: 0 },
  'booking-print': { what: 'booking-print', after: 'received', days: 30 },
  booking: { what: 'booking', after: 'disposed', days: 365 },
  warrant: { what: 'warrant', days: 1095 },
  input: { what: 'input', days: 90 },
} as const;

function configOf(...names: (keyof typeof RULES)[]) {
  const rules = names.map((name) => ({ name, from: '2026-01-01', why: 'County order', ...RULES[name] }));
  return parseConfig({ retention: { version: 'test-1', rules } }, '/tmp');
}

const PICTURE = Buffer.from('a picture of a thumb');

function aBooking(kind: Booking['kind'], number: string, disposedDate?: string): Booking {
  const person = { ...NO_PERSON, name: { surname: 'EXAMPLE', given: 'ADA' } };
  return { kind, system: 'test', number, person, ...(disposedDate ? { disposedDate } : {}) } as Booking;
}

async function withPrint(store: Store, booking: Booking, picture = PICTURE): Promise<string> {
  const hash = store.blobs.put(picture);
  return store.transaction('test', async (unit) => {
    await upsertBookings(unit, [booking]);
    return addPrint(unit, {
      ownerKind: 'booking',
      ownerId: bookingId(booking),
      purpose: booking.kind,
      finger: 1,
      impression: 0,
      imageSha256: hash,
      imageFormat: 'png',
      width: 10,
      height: 10,
      ppi: 500,
    });
  });
}

async function endedWarrant(store: Store, n: number): Promise<string> {
  const identityKey = `test:${n}`;
  const id = warrantId(identityKey);
  await store.transaction('test', async (unit) => {
    const warrant = { identityKey, source: 'test', county: '', facts: aWarrant(), recordId: null };
    await insertWarrants(unit, [{ ...warrant, state: 'entered', reason: 'SYS-OK' }]);
    await move(unit, {
      id,
      from: 'entered',
      to: 'recalled',
      code: 'WAR-RECALLED',
      set: { court_ended_at: unit.at },
    });
  });
  return id;
}

async function erased(store: Store, clock: FixedClock, config = configOf(), dryRun = false) {
  const report = await applyRetention({ config, store, clock, actor: 'clerk', dryRun });
  return Object.fromEntries(report.lines.filter((line) => line.rule).map((line) => [line.what, line.erased]));
}

const DAY = 86_400_000;

describe('Retention by policy', () => {
  it('removes a citation print once its case is disposed of, picture and all, and says why in the audit', async () => {
    const { store, clock } = await openTestStore();
    const kept = await withPrint(store, aBooking('citation', 'C-1'), Buffer.from('another thumb'));
    const print = await withPrint(store, aBooking('citation', 'C-2', '2026-03-01'));
    const config = configOf('citation-print');
    expect(await erased(store, clock, config, true)).toEqual({ 'citation-print': 1 });
    expect(store.blobs.has(sha256(PICTURE))).toBe(true);
    expect(await erased(store, clock, config)).toEqual({ 'citation-print': 1 });
    expect(store.blobs.has(sha256(PICTURE))).toBe(false);
    expect(await erased(store, clock, config)).toEqual({ 'citation-print': 0 });
    const audit = await history(store.db, 'print', print);
    expect(audit.at(-1)).toMatchObject({ action: 'print.purge', actor: 'clerk' });
    expect(JSON.parse(audit.at(-1)!.detail)).toEqual({ why: 'citation-print', policy: 'test-1' });
    expect((await history(store.db, 'print', kept)).map((entry) => entry.action)).toEqual(['print.store']);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  it('keeps a picture that another print still is', async () => {
    const { store, clock } = await openTestStore();
    await withPrint(store, aBooking('citation', 'C-1', '2026-03-01'));
    await withPrint(store, aBooking('booking', 'B-1'));
    expect(await erased(store, clock, configOf('citation-print'))).toEqual({ 'citation-print': 1 });
    expect(store.blobs.has(sha256(PICTURE))).toBe(true);
  });

  it('counts the days of a booking print from its arrival', async () => {
    const { store, clock } = await openTestStore();
    await withPrint(store, aBooking('booking', 'B-1'));
    const config = configOf('booking-print');
    clock.advance(29 * DAY);
    expect(await erased(store, clock, config)).toEqual({ 'booking-print': 0 });
    clock.advance(1 * DAY);
    expect(await erased(store, clock, config)).toEqual({ 'booking-print': 1 });
  });

  it('takes a booking with its prints', async () => {
    const { store, clock } = await openTestStore();
    await withPrint(store, aBooking('booking', 'B-1', '2024-01-01'));
    expect(await erased(store, clock, configOf('booking'))).toEqual({ booking: 1 });
    expect(await store.db('bookings')).toEqual([]);
    expect(store.blobs.has(sha256(PICTURE))).toBe(false);
  });

  it('erases what an ended warrant says, but never one the destination still has a record of', async () => {
    const { store, clock } = await openTestStore();
    const gone = await endedWarrant(store, 1);
    const held = await endedWarrant(store, 2);
    await store.transaction('test', (unit) =>
      putHolding(unit, {
        warrant_id: held,
        destination: 'd',
        fcn: '1',
        nic: null,
        ori: 'CA0010000',
        oca: 'X',
        nam: 'EXAMPLE, ADA',
        message_id: 'm',
        facts: '{}',
        held_since: unit.at,
        told_at: unit.at,
        validate_by: '2026-05-01',
        located_at: null,
        dirty: 0,
      }),
    );
    clock.advance(1095 * DAY);
    expect(await erased(store, clock, configOf('warrant'))).toEqual({ warrant: 1 });
    const text = async (id: string) =>
      JSON.stringify([
        await store.db('warrants').where({ id }),
        await store.db('warrant_versions').where({ warrant_id: id }),
      ]);
    expect(await text(gone)).not.toMatch(/EXAMPLE|1980-05-17/);
    expect(await text(held)).toMatch(/EXAMPLE/);
    expect(await erased(store, clock, configOf('warrant'))).toEqual({ warrant: 0 });
  });

  it('removes raw input by age, and only of the sources it names', async () => {
    const { store, clock } = await openTestStore();
    const [old, other] = [store.blobs.put(Buffer.from('old')), store.blobs.put(Buffer.from('other'))];
    const file = (source: string, hash: string) => ({
      source,
      name: 'f',
      sha256: hash,
      bytes: 3,
      state: 'done',
      received_at: clock.now().toISOString(),
    });
    await store.db('source_files').insert([file('police', old), file('court', other)]);
    clock.advance(90 * DAY);
    const rules = [{ name: 'i', from: '2026-01-01', why: 'x', ...RULES.input, sources: ['police'] }];
    const config = parseConfig({ retention: { version: 'test-1', rules } }, '/tmp');
    expect(await erased(store, clock, config)).toEqual({ input: 1 });
    expect([store.blobs.has(old), store.blobs.has(other)]).toEqual([false, true]);
    expect(await erased(store, clock, config)).toEqual({ input: 0 });
  });

  it('keeps whatever has no line in force', async () => {
    const { store, clock } = await openTestStore();
    await withPrint(store, aBooking('booking', 'B-1', '2020-01-01'));
    const rules = [
      { name: 'old', from: '2020-01-01', to: '2025-12-31', why: 'x', ...RULES['booking-print'] },
    ];
    const config = parseConfig({ retention: { version: 'test-1', rules } }, '/tmp');
    clock.advance(400 * DAY);
    expect(await erased(store, clock, config)).toEqual({});
  });

  it('refuses a line whose time cannot run', () => {
    const rules = [{ name: 'x', what: 'warrant', from: '2026-01-01', after: 'disposed', days: 1, why: 'x' }];
    expect(() => parseConfig({ retention: { version: '1', rules } }, '/tmp')).toThrow(/no day from which/);
  });
});
