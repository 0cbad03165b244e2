import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedClock } from '../../src/clock.ts';
import { mayMove, WARRANT_STATES, type WarrantState } from '../../src/domain/index.ts';
import {
  acquireLease,
  addSubmission,
  BlobStore,
  changeFacts,
  claimDue,
  countByState,
  getWarrant,
  history,
  insertWarrants,
  knowSchedule,
  messageIdOf,
  move,
  moveSubmission,
  renewLease,
  Store,
  sealFacts,
  takeDue,
  verifyAudit,
  warrantId,
} from '../../src/store/index.ts';
import { aWarrant, openTestStore, temporaryFolder } from '../support/store.ts';

async function withOneWarrant(state: WarrantState = 'received') {
  const opened = await openTestStore();
  const [id] = await opened.store.transaction('test', (unit) =>
    insertWarrants(unit, [
      {
        identityKey: 'court-a|FTA-0001',
        source: 'court-a',
        county: 'Alameda',
        facts: aWarrant(),
        state,
        reason: 'SYS-OK',
        recordId: null,
      },
    ]),
  );
  return { ...opened, id: id! };
}

describe('the store', () => {
  it('gives the same warrant the same id, and the same facts the same hash whatever the key order', () => {
    expect(warrantId('a|1')).toBe(warrantId('a|1'));
    expect(sealFacts({ b: 1, a: { d: 2, c: 3 } })).toEqual(sealFacts({ a: { c: 3, d: 2 }, b: 1 }));
  });

  it('moves a warrant only along the table, and only from the state it is in', async () => {
    const { store, id } = await withOneWarrant();
    await store.transaction('test', (unit) =>
      move(unit, { id, from: 'received', to: 'checked', code: 'SYS-OK' }),
    );
    await expect(
      store.transaction('test', (unit) =>
        move(unit, { id, from: 'received', to: 'checked', code: 'SYS-OK' }),
      ),
    ).rejects.toMatchObject({ code: 'STATE-CONFLICT' });
    await expect(
      store.transaction('test', (unit) => move(unit, { id, from: 'checked', to: 'entered', code: 'SYS-OK' })),
    ).rejects.toMatchObject({ code: 'STATE-FORBIDDEN' });
    expect((await getWarrant(store.db, id))?.state).toBe('checked');
  });

  it('writes no audit entry for a unit of work that fails', async () => {
    const { store, id } = await withOneWarrant();
    await expect(
      store.transaction('test', async (unit) => {
        await move(unit, { id, from: 'received', to: 'checked', code: 'SYS-OK' });
        throw new Error('disk gone');
      }),
    ).rejects.toThrow('disk gone');
    expect((await getWarrant(store.db, id))?.state).toBe('received');
    expect((await history(store.db, 'warrant', id)).map((row) => row.action)).toEqual(['warrant.create']);
  });

  it('keeps every version of the facts and refuses a change made to an older one', async () => {
    const { store, id } = await withOneWarrant();
    const facts = aWarrant({ judge: 'HON. SAMPLE' });
    await store.transaction('clerk', (unit) =>
      changeFacts(unit, { id, fromVersion: 1, facts, changes: ['judge'], recordId: null }),
    );
    await expect(
      store.transaction('clerk', (unit) =>
        changeFacts(unit, { id, fromVersion: 1, facts, changes: ['judge'], recordId: null }),
      ),
    ).rejects.toMatchObject({ code: 'STATE-CONFLICT' });
    expect(await store.db('warrant_versions').where({ warrant_id: id }).pluck('version')).toEqual([1, 2]);
  });

  it('runs units one after another, so that many writers of one process never meet a busy database', async () => {
    const { store } = await openTestStore();
    await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        store.transaction('test', (unit) =>
          insertWarrants(unit, [
            {
              identityKey: `k|${i}`,
              source: 's',
              county: '',
              facts: aWarrant(),
              state: 'received',
              reason: 'SYS-OK',
              recordId: null,
            },
          ]),
        ),
      ),
    );
    expect(await countByState(store.db)).toEqual({ received: 25 });
    expect(await verifyAudit(store.db)).toEqual({ ok: true, entries: 25 });
  });

  it('lets a heartbeat through while queries follow one another for long', async () => {
    const { store } = await openTestStore();
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 20);
    const until = performance.now() + 600;
    while (performance.now() < until) await countByState(store.db);
    clearInterval(heart);
    expect(beats).toBeGreaterThan(2);
  });

  it('refuses a database that a newer version has written, and says what to do', async () => {
    const { store, folder } = await openTestStore();
    await store.db('schema_migrations').insert({ version: 999, name: 'future', applied_at: 'x' });
    await expect(
      Store.open({
        database: `sqlite:${join(folder, 'benchlink.db')}`,
        blobs: join(folder, 'blobs'),
        clock: new FixedClock('2026-01-01T00:00:00Z'),
      }),
    ).rejects.toMatchObject({ code: 'DB-NEWER', message: expect.stringContaining('Install the newer') });
  });
});

describe('the state table', () => {
  it('lets a recall, service or expiry outrank everything but itself and a superseded warrant', () => {
    for (const from of WARRANT_STATES) {
      for (const to of ['recalled', 'served', 'expired'] as const) {
        expect(mayMove(from, to)).toBe(from !== to && from !== 'superseded');
      }
    }
  });

  it('never lets an ended warrant become active but by way of a new issue', () => {
    for (const from of ['recalled', 'served', 'expired'] as const) {
      for (const to of ['linked', 'verified', 'packaged', 'sent', 'entered'] as const)
        expect(mayMove(from, to)).toBe(false);
    }
  });

  it('agrees with the store on random walks', async () => {
    const { store, id } = await withOneWarrant();
    let state: WarrantState = 'received';
    for (const to of fc.sample(fc.constantFrom(...WARRANT_STATES), { numRuns: 120, seed: 7 })) {
      const step = store.transaction('walk', (unit) => move(unit, { id, from: state, to, code: 'SYS-OK' }));
      if (mayMove(state, to)) {
        await step;
        state = to;
      } else {
        await expect(step).rejects.toMatchObject({ code: 'STATE-FORBIDDEN' });
      }
    }
    expect((await verifyAudit(store.db)).ok).toBe(true);
  });
});

describe('the audit chain', () => {
  async function chained() {
    const opened = await withOneWarrant();
    await opened.store.transaction('test', (unit) =>
      move(unit, { id: opened.id, from: 'received', to: 'checked', code: 'SYS-OK' }),
    );
    await opened.store.transaction('test', (unit) =>
      move(unit, { id: opened.id, from: 'checked', to: 'recalled', code: 'WAR-RECALLED' }),
    );
    return opened.store;
  }

  it.each([
    ['a changed field', (s: Store) => s.db('audit').where({ seq: 2 }).update({ actor: 'somebody else' }), 2],
    ['a changed detail', (s: Store) => s.db('audit').where({ seq: 3 }).update({ detail: '{}' }), 3],
    ['a missing entry', (s: Store) => s.db('audit').where({ seq: 2 }).delete(), 2],
    ['a cut tail', (s: Store) => s.db('audit').where({ seq: 3 }).delete(), 3],
    [
      'a forged hash',
      (s: Store) =>
        s
          .db('audit')
          .where({ seq: 1 })
          .update({ hash: 'f'.repeat(64) }),
      1,
    ],
  ])('names the first broken link after %s', async (_name, tamper, seq) => {
    const store = await chained();
    expect(await verifyAudit(store.db)).toEqual({ ok: true, entries: 3 });
    await tamper(store);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: false, seq });
  });
});

describe('blobs', () => {
  it('come back exactly, are stored once, and leave no temporary file', () => {
    const blobs = new BlobStore(join(temporaryFolder(), 'blobs'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const hash = blobs.put(bytes);
        expect(blobs.put(bytes)).toBe(hash);
        expect(new Uint8Array(blobs.get(hash))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('that were damaged or lost are never handed out', () => {
    const root = join(temporaryFolder(), 'blobs');
    const blobs = new BlobStore(root);
    const hash = blobs.put(Buffer.from('the bytes'));
    const folder = join(root, hash.slice(0, 2), hash.slice(2, 4));
    expect(readdirSync(folder)).toEqual([hash]);
    writeFileSync(join(folder, hash), 'other bytes');
    expect(() => blobs.get(hash)).toThrow(expect.objectContaining({ code: 'BLOB-DAMAGED' }));
    blobs.remove(hash);
    expect(existsSync(join(folder, hash))).toBe(false);
    expect(() => blobs.get(hash)).toThrow(expect.objectContaining({ code: 'BLOB-MISSING' }));
  });
});

describe('the outbox', () => {
  it('gives a message about the same thing the same id, and refuses it a second place', async () => {
    expect(messageIdOf('w_1', 1, 'enter', 1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const { store, id } = await withOneWarrant();
    const entry = {
      warrantId: id,
      version: 1,
      kind: 'enter' as const,
      seq: 1,
      destination: 'doj',
      packageSha256: 'x',
    };
    await store.transaction('test', (unit) => addSubmission(unit, entry));
    await expect(store.transaction('test', (unit) => addSubmission(unit, entry))).rejects.toThrow(/UNIQUE/);
  });

  it('hands out recalls before entries and counts the attempt at the claim', async () => {
    const { store, id } = await withOneWarrant();
    const [other] = await store.transaction('test', (unit) =>
      insertWarrants(unit, [
        {
          identityKey: 'court-a|FTA-0002',
          source: 'court-a',
          county: '',
          facts: aWarrant(),
          state: 'received',
          reason: 'SYS-OK',
          recordId: null,
        },
      ]),
    );
    await store.transaction('test', async (unit) => {
      await addSubmission(unit, {
        warrantId: id,
        version: 1,
        kind: 'enter',
        seq: 1,
        destination: 'doj',
        packageSha256: 'x',
      });
      await addSubmission(unit, {
        warrantId: other!,
        version: 1,
        kind: 'cancel',
        seq: 1,
        destination: 'doj',
        packageSha256: 'y',
      });
    });
    const claimed = await store.transaction('test', (unit) => claimDue(unit, 'me', 1));
    expect(claimed.map((row) => [row.kind, row.attempts])).toEqual([['cancel', 1]]);
    await expect(
      store.transaction('test', (unit) =>
        moveSubmission(unit, { id: claimed[0]!.message_id, from: 'claimed', to: 'accepted' }),
      ),
    ).rejects.toMatchObject({ code: 'STATE-FORBIDDEN' });
  });
});

describe('leases and schedules', () => {
  it('a lease is held by one owner until it lets go or misses its heartbeat', async () => {
    const { store, clock } = await openTestStore();
    await store.transaction('a', (unit) => acquireLease(unit, 'run', 'a', 60));
    await expect(store.transaction('b', (unit) => acquireLease(unit, 'run', 'b', 60))).rejects.toMatchObject({
      code: 'LEASE-HELD',
    });
    clock.advance(61_000);
    await store.transaction('b', (unit) => acquireLease(unit, 'run', 'b', 60));
    expect(await store.transaction('a', (unit) => renewLease(unit, 'run', 'a', 60))).toBe(false);
  });

  it('a due time is taken once, and never backwards', async () => {
    const { store } = await openTestStore();
    await store.transaction('x', (unit) => knowSchedule(unit, 'nightly'));
    const take = (due: string) => store.transaction('x', (unit) => takeDue(unit, 'nightly', due));
    expect([
      await take('2026-03-02'),
      await take('2026-03-02'),
      await take('2026-03-01'),
      await take('2026-03-03'),
    ]).toEqual([true, false, false, true]);
  });
});
