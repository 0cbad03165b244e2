import { NO_IDENTIFIERS, type Warrant, type WarrantState } from '../../../src/domain/index.ts';
import { BenchlinkError } from '../../../src/errors.ts';
import { reprocess, resubmit } from '../../../src/reprocess.ts';
import { countSubmissions, factsOf, getWarrant, move, type WarrantRow } from '../../../src/store/index.ts';
import type { TransmitRun } from '../../../src/transmit/index.ts';
import type { Transport } from '../../../src/transmit/transports/transport.ts';
import { certify, validationDue } from '../../../src/transmit/validate-due.ts';
import { faultAt, tickingStore, tickingTransport } from '../../crash/faults.ts';
import { forged } from './forged.ts';
import { changed, throughMatch } from './round-again.ts';
import { faultsOf } from './walk-faults.ts';
import { testWarrant } from './warrants.ts';
import type { World } from './world.ts';

const FAULTY = [
  'drop-before',
  'drop-after',
  'twice',
  'malformed',
  '503',
  '503-after',
  'unavailable',
  'wrong-id',
  'queued',
  'reject-then-accept',
  'arrive-late',
] as const;

/** A small generator with a seed, so that a walk that goes wrong can be walked again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function refusingChanges(transport: Transport): Transport {
  const codes = [{ code: 'ORI', text: 'NOT AUTHORISED', retryable: false }];
  return forged(transport, (kind) => (kind === 'modify' ? { kind: 'rejected', codes } : undefined));
}

export interface WalkResult {
  readonly events: number;
  readonly runs: number;
  readonly crashes: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A court, a destination and a sender between them, with everything that can happen happening at random. */
export class Walk {
  readonly #world: World;
  readonly #random: () => number;
  readonly #ids: string[] = [];
  readonly counts: Record<string, number> = {};
  #n: number;
  crashes = 0;
  runs = 0;

  constructor(world: World, seed: number, first = 1) {
    this.#world = world;
    this.#random = seeded(seed);
    this.#n = first;
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #pick(): string | undefined {
    return this.#ids[this.#below(this.#ids.length)];
  }

  /** One person in four has several warrants at the agency. */
  #person(n: number): Warrant['person'] {
    const person = testWarrant(n).person;
    if (this.#random() > 0.25) return person;
    const shared = this.#below(8);
    return { ...testWarrant(900_000 + shared).person, ids: { ...NO_IDENTIFIERS, ssn: `12345670${shared}` } };
  }

  async #issue(): Promise<void> {
    const n = this.#n++;
    const felony = this.#random() < 0.3;
    const bad = this.#random() < 0.1;
    this.#ids.push(
      await this.#world.add(n, {
        person: this.#person(n),
        ...(felony ? { level: { code: 'F', raw: 'F' }, extradition: { limit: '4' } } : {}),
        ...(bad ? { issuedDate: '2026-02-30' } : {}),
      }),
    );
  }

  async #change(states: readonly WarrantState[]): Promise<void> {
    const id = this.#pick();
    if (!id) return;
    const weightPounds = 100 + this.#below(300);
    // One correction in five is of the name, by which the destination finds the record; some show it was another person.
    const given = this.#random() < 0.2 ? [`PAT${'ABCDEFGH'[this.#below(8)]}`] : [];
    const another = this.#random() < 0.05 ? this.#person(this.#n++) : undefined;
    await this.#world.store.transaction('court', async (unit) => {
      const row = await getWarrant(unit.trx, id);
      if (!row || !states.includes(row.state)) return;
      const facts = factsOf(row);
      const name = { ...facts.person.name, ...(given[0] ? { given: given[0] } : {}) };
      const person = another ?? { ...facts.person, name };
      await changed(unit, row, { person: { ...person, weightPounds } });
    });
  }

  async #end(to: WarrantState): Promise<void> {
    const id = this.#pick();
    if (!id) return;
    const state = await this.#world.state(id);
    if (state && !['recalled', 'served', 'expired', 'superseded'].includes(state))
      await this.#world.court(id, to);
  }

  async #among(states: readonly WarrantState[]): Promise<WarrantRow | undefined> {
    const rows = (await this.#world.store
      .db('warrants')
      .whereIn('state', states)
      .orderBy('id')) as WarrantRow[];
    return rows[this.#below(rows.length)];
  }

  /** A clerk corrects a refused warrant, or only sends a purged one round again. */
  async #resubmit(): Promise<void> {
    const row = await this.#among(['rejected', 'purged', 'failed']);
    if (!row) return;
    const corrections = row.state === 'purged' ? [] : [{ field: 'issuedDate', value: '2026-01-14' }];
    const version = row.version;
    await resubmit(this.#world.store, 'clerk', row.id, { version, corrections });
    // The second of two clicks names a version or a state that is no longer.
    await resubmit(this.#world.store, 'clerk', row.id, { version, corrections }).then(
      () => {
        throw new Error('a double click was taken twice');
      },
      () => undefined,
    );
    await this.#matchAll();
  }

  async #reprocess(): Promise<void> {
    await reprocess(this.#world.store, 'clerk', { state: this.#random() < 0.5 ? 'rejected' : 'purged' });
    await this.#matchAll();
  }

  async #matchAll(state: WarrantState = 'checked'): Promise<void> {
    const rows = (await this.#world.store.db('warrants').where({ state })) as WarrantRow[];
    await this.#world.store.transaction('match', async (unit) => {
      for (const row of rows) await throughMatch(unit, row);
    });
  }

  /** New facts of a warrant wait for a person, or a person keeps one that waits back, or lets all of them go on. */
  async #question(): Promise<void> {
    const dice = this.#random();
    if (dice < 0.2) return this.#keep();
    if (dice < 0.4) return this.#matchAll('review');
    const row = await this.#among(['entered', 'verified']);
    if (!row) return;
    await this.#world.store.transaction('match', async (unit) => {
      await move(unit, { id: row.id, from: row.state, to: 'checked', code: 'SYS-OK' });
      await move(unit, { id: row.id, from: 'checked', to: 'review', code: 'LNK-REVIEW' });
    });
  }

  /** A person decides that one of those that wait is not to be sent. */
  async #keep(): Promise<void> {
    const row = await this.#among(['review']);
    if (!row) return;
    await this.#world.store.transaction('examiner', (unit) =>
      move(unit, { id: row.id, from: 'review', to: 'not-selected', code: 'SYS-DECISION' }),
    );
  }

  async #holding(): Promise<{ fcn: string } | undefined> {
    const rows = (await this.#world.store.db('holdings').orderBy('fcn').select('fcn')) as { fcn: string }[];
    return rows[this.#below(rows.length)];
  }

  async #locate(): Promise<void> {
    const holding = await this.#holding();
    if (holding) await this.#world.intake.locate(holding.fcn, 'NV0020000');
  }

  async #hit(): Promise<void> {
    const holding = await this.#holding();
    if (holding) await this.#world.intake.requestHitConfirmation(holding.fcn, 'NV0020000');
  }

  /** The month's validation: half of what is due is certified, the rest left to be purged. */
  async #validate(): Promise<void> {
    const due = await validationDue(this.#world.sending());
    for (const each of due.filter(() => this.#random() < 0.5)) {
      const by = { validator: 'CLERK', consulted: 'COURT' };
      await certify(this.#world.sending(), each.warrantId, by).catch((error: unknown) => {
        const code = error instanceof BenchlinkError ? error.code : '';
        if (code !== 'MESSAGE-OPEN' && code !== 'NOT-STANDING') throw error;
      });
    }
  }

  #jump(): void {
    const hour = 3_600_000;
    const jumps = [hour, -hour, 24 * hour, -24 * hour];
    this.#world.clock.advance(jumps[this.#below(jumps.length)]!);
  }

  async #crash(): Promise<void> {
    const fault = faultAt(
      1 + this.#below(40),
      () => {
        throw new Error('the process died here');
      },
      true,
    );
    const over: Partial<TransmitRun> = {
      store: tickingStore(this.#world.store, fault.tick),
      transport: tickingTransport(this.#world.transport, fault.tick),
    };
    await this.#world.run(over).catch(() => {
      this.crashes += 1;
    });
    this.#world.clock.advance(61_000);
  }

  async #run(): Promise<void> {
    this.runs += 1;
    // On some days the destination takes no change, for good as far as its answers tell.
    const transport = this.#random() < 0.1 ? { transport: refusingChanges(this.#world.transport) } : {};
    const one = () =>
      this.#world.run({
        ...transport,
        policy: { patienceMs: this.#random() < 0.5 ? 0 : 5000 },
        onlyRecalls: this.#random() < 0.2,
      });
    // Sometimes two workers share the queue: the night's and the fast lane's.
    await (this.#random() < 0.15 ? Promise.all([one(), one()]) : one());
  }

  /** One event of one of the parties. */
  async step(runEvery: number): Promise<void> {
    const dice = this.#random() * (100 + 300 / runEvery);
    const events: readonly [number, string, () => Promise<void> | void][] = [
      [26, 'issue', () => this.#issue()],
      [
        46,
        'modify',
        () => this.#change(['entered', 'sent', 'packaged', 'verified', 'rejected', 'not-selected']),
      ],
      [60, 'recall', () => this.#end('recalled')],
      [68, 'serve', () => this.#end('served')],
      [76, 're-issue', () => this.#change(['recalled', 'served'])],
      [82, 'resubmit', () => this.#resubmit()],
      [83, 'reprocess', () => this.#reprocess()],
      [83.7, 'question', () => this.#question()],
      [84, 'validate', () => this.#validate()],
      [85, 'purge', () => void this.#world.intake.purge(this.#world.clock.now().toISOString().slice(0, 10))],
      [87, 'a week passes', () => this.#world.clock.advance(7 * 86_400_000)],
      [89, 'locate', () => this.#locate()],
      [90, 'hit request', () => this.#hit()],
      [91, 'clock jump', () => this.#jump()],
      [
        100,
        'misbehaviour',
        () => this.#world.intake.misbehave(FAULTY[this.#below(FAULTY.length)]!, 1 + this.#below(3)),
      ],
      [100 + 60 / runEvery, 'crash', () => this.#crash()],
      [Number.POSITIVE_INFINITY, 'run', () => this.#run()],
    ];
    const [, name, event] = events.find(([upTo]) => dice < upTo)!;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    await event();
  }

  /** Lets everything settle, the destination behaving: until some runs in a row had nothing to do. */
  async settle(): Promise<void> {
    this.#world.intake.misbehave('none');
    await this.#matchAll('review');
    for (let i = 0, quiet = 0; i < 60 && quiet < 3; i++) {
      this.#world.clock.advance(3_600_000);
      // What was to arrive late is there by then.
      await new Promise((resolve) => setTimeout(resolve, i < 2 ? 550 : 0));
      const { sent, resolved } = await this.#world.run();
      const { built, unsure, queued } = await countSubmissions(this.#world.store.db);
      quiet = sent + resolved === 0 && !built && !unsure && !queued ? quiet + 1 : 0;
    }
  }
}

/** Walks so many events and settles; the faults of the end are returned with what happened. */
export async function walk(
  world: World,
  seed: number,
  events: number,
  runEvery: number,
): Promise<WalkResult & { faults: string[] }> {
  const path = new Walk(world, seed);
  for (let i = 0; i < events; i++) await path.step(runEvery);
  await path.settle();
  const { runs, crashes, counts } = path;
  return { events, runs, crashes, counts, faults: await faultsOf(world) };
}
