import { acquireLease, releaseLease, renewLease } from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { WORKER_LEASE_S } from './parameters.ts';

/** How often a worker says that it lives. */
const BEAT_MS = 10_000;

/** The lease by which other workers see that this one lives. It beats with the work: a worker that hangs is dead. */
export class WorkerLease {
  readonly #run: TransmitRun;
  #beaten = 0;

  constructor(run: TransmitRun) {
    this.#run = run;
  }

  get #name(): string {
    return `transmit:${this.#run.owner}`;
  }

  async hold(): Promise<void> {
    const run = this.#run;
    this.#beaten = run.clock.now().getTime();
    await run.store.transaction(run.actor, (unit) =>
      acquireLease(unit, this.#name, run.owner, WORKER_LEASE_S),
    );
  }

  /** Renews the lease if it is time to. A clock that went back renews it too. */
  async beat(): Promise<boolean> {
    const now = this.#run.clock.now().getTime();
    if (Math.abs(now - this.#beaten) < BEAT_MS) return false;
    this.#beaten = now;
    const { store, actor, owner } = this.#run;
    const held = await store.transaction(actor, (unit) =>
      renewLease(unit, this.#name, owner, WORKER_LEASE_S),
    );
    if (!held) await this.hold();
    return true;
  }

  /** Lets go, also when the work failed; what is left of it is then taken over at once. */
  async release(): Promise<void> {
    const { store, actor, owner } = this.#run;
    await store.transaction(actor, (unit) => releaseLease(unit, this.#name, owner));
  }
}
