import type { Store } from '../../src/store/index.ts';
import type { Transport } from '../../src/transmit/transports/transport.ts';

/** Called at every effect of a run, with its name; what it throws or kills is the fault. */
export type Tick = (effect: string) => void;

/** A store whose transactions tick before they begin and after they are durable. */
export function tickingStore(store: Store, tick: Tick): Store {
  return new Proxy(store, {
    get(target, key) {
      if (key === 'transaction') {
        const ticking: Store['transaction'] = async (actor, work) => {
          tick('before a transaction');
          const result = await target.transaction(actor, async (unit) => {
            const value = await work(unit);
            tick('before a commit');
            return value;
          });
          tick('after a commit');
          return result;
        };
        return ticking;
      }
      const value: unknown = Reflect.get(target, key, target);
      // `db` is a function with members of its own, which binding would take away.
      return typeof value === 'function' && key !== 'db' ? value.bind(target) : value;
    },
  });
}

/** A transport that ticks before a message leaves, while it is on the wire, and when its answer is there. */
export function tickingTransport(transport: Transport, tick: Tick): Transport {
  return {
    send: async (message) => {
      tick('before sending');
      const attempt = transport.send(message);
      await new Promise((resolve) => setTimeout(resolve, 3));
      tick('on the wire');
      const result = await attempt;
      tick('after an answer');
      return result;
    },
    ask: async (id) => {
      tick('before asking');
      return transport.ask(id);
    },
    close: async (id) => {
      tick('before closing');
      return transport.close(id);
    },
    ...(transport.record ? { record: (fcn: string) => transport.record!(fcn) } : {}),
    notices: (after) => transport.notices(after),
    respond: (seq, bytes) => transport.respond(seq, bytes),
    activeRecords: (ori) => transport.activeRecords(ori),
    shut: () => transport.shut(),
  };
}

/** Counts effects and lets one of them, or every one from it on, be the fault. */
export function faultAt(
  n: number,
  fault: () => never,
  everAfter = false,
): { tick: Tick; count: () => number } {
  let seen = 0;
  return {
    tick: () => {
      seen += 1;
      if (seen === n || (everAfter && seen > n)) fault();
    },
    count: () => seen,
  };
}
