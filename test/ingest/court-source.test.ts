import { describe, expect, it, vi } from 'vitest';
import { BenchlinkError } from '../../src/errors.ts';
import { balances } from '../../src/ingest/apply/counts.ts';
import { loadCourtSource, problemsOf } from '../../src/ingest/court-source.ts';
import type { Fetched, Transport } from '../../src/ingest/transports/transport.ts';
import { type Store, verifyAudit } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { arrival, ports, warrants } from './support/arrivals.ts';
import { CONTEXT } from './support/context.ts';
import { type ReportData, report } from './support/documents.ts';

const W: ReportData = {
  oca: '1',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', birth: '1988-02-29' },
};

function source(...items: (Fetched | Error)[]): Transport & { closed: number } {
  return {
    closed: 0,
    async *fetch() {
      for (const item of items) {
        if (item instanceof Error) throw item;
        yield item;
      }
    },
    async close() {
      this.closed += 1;
    },
  };
}

const file = (name: string, oca: string) => {
  const made = arrival(name, report('Issued', { ...W, oca }));
  return { made, fetched: { kind: 'arrival', arrival: made } as const };
};

describe('A court source', () => {
  it('gives one report: files, notices and counts that balance', async () => {
    const { store } = await openTestStore();
    const [a, b] = [file('a.xml', '1'), file('b.xml', '2')];
    const broken = arrival('c.xml', '<x');
    const notice: Fetched = {
      kind: 'notice',
      notice: {
        name: 'd.xml',
        problem: { code: 'SRC-EMPTY', severity: 'error', message: 'The file has 0 bytes.' },
      },
    };
    const transport = source(a.fetched, b.fetched, { kind: 'arrival', arrival: broken }, notice);
    const done = await loadCourtSource(ports(store), transport, CONTEXT);
    expect(done.counts).toMatchObject({ received: 2, issued: 2 });
    expect(balances(done.counts)).toBe(true);
    expect([a.made.left, b.made.left, broken.left]).toEqual([['done'], ['done'], ['refused']]);
    expect(problemsOf(done).map(({ file: name, problem }) => `${name} ${problem.code}`)).toEqual([
      'd.xml SRC-EMPTY',
      'c.xml SRC-FORMAT',
    ]);
    expect(transport.closed).toBe(1);
  });

  it('that dies in the middle keeps what is stored; the next run goes on with nothing lost or doubled', async () => {
    const { store } = await openTestStore();
    const cut = new BenchlinkError('retry', 'SRC-CONNECT', 'The line was cut.');
    const half = file('b.xml', '2');
    const dying = {
      ...half.made,
      async *read() {
        yield Buffer.from(report('Issued', { ...W, oca: '2' }).slice(0, 200));
        throw cut;
      },
    };
    const first = await loadCourtSource(
      ports(store),
      source(file('a.xml', '1').fetched, { kind: 'arrival', arrival: dying }, file('c.xml', '3').fetched),
      CONTEXT,
    );
    expect(first.stopped?.code).toBe('SRC-CONNECT');
    expect((await warrants(store)).map((row) => row.oca)).toEqual(['1']);
    const second = await loadCourtSource(
      ports(store),
      source(file('a.xml', '1').fetched, file('b.xml', '2').fetched, file('c.xml', '3').fetched),
      CONTEXT,
    );
    expect(second.files.map((one) => one.state)).toEqual(['duplicate', 'done', 'done']);
    expect((await warrants(store)).map((row) => row.oca).sort()).toEqual(['1', '2', '3']);
  });

  describe('whose disk is full in the middle', () => {
    const HEAD = 'warrant_number,case_number,status,warrant_type,issue_date,last_name,first_name,dob';
    const rows = (count: number) =>
      Array.from(
        { length: count },
        (_, i) => `W${i},C${i},Issued,Bench Warrant,2026-03-02,DOE,JO,1980-05-17`,
      );
    /** Long enough for several batches. */
    const big = () => arrival('big.csv', `${[HEAD, ...rows(2200)].join('\n')}\n`);
    const settings = { ...CONTEXT, options: { courtOri: 'CA033015J', agencyOri: 'CA0330000' } };
    const take = (store: Store) =>
      loadCourtSource(ports(store), source({ kind: 'arrival', arrival: big() }), settings);

    async function holdsAll(store: Store): Promise<void> {
      const again = await take(store);
      expect(again.files).toMatchObject([{ state: 'done' }]);
      expect(again.counts).toMatchObject({ received: 2200, issued: 2200 });
      expect(balances(again.counts)).toBe(true);
      const numbers = (await warrants(store)).map((row) => row.number);
      expect(numbers).toHaveLength(2200);
      expect(new Set(numbers).size).toBe(2200);
      expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
    }

    it('(the database can grow no more) goes on where it was once there is room', async () => {
      const { store } = await openTestStore();
      const [{ page_count: pages }] = await store.db.raw('pragma page_count');
      // Room for the first batches only.
      await store.db.raw(`pragma max_page_count = ${pages + 700}`);
      await expect(take(store)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
      const stored = (await warrants(store)).length;
      expect(stored).toBeGreaterThan(0);
      expect(stored % 500).toBe(0);
      await store.db.raw('pragma max_page_count = 1000000');
      await holdsAll(store);
    });

    it('(the raw bytes cannot be kept) has taken nothing, and takes it all the next time', async () => {
      const { store } = await openTestStore();
      const full = vi.spyOn(store.blobs, 'putStream').mockImplementationOnce(async (input) => {
        for await (const _chunk of input) break;
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });
      await expect(take(store)).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(await warrants(store)).toEqual([]);
      full.mockRestore();
      await holdsAll(store);
    });
  });

  it('lets a fault of our own surface, and still lets go of the source', async () => {
    const { store } = await openTestStore();
    const transport = source(new TypeError('a bug'));
    await expect(loadCourtSource(ports(store), transport, CONTEXT)).rejects.toThrow('a bug');
    expect(transport.closed).toBe(1);
  });
});
