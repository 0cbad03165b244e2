import { DEFAULT_POLICY } from '../../../src/domain/index.ts';
import { type CourtOutcome, type CourtPorts, loadCourtFile } from '../../../src/ingest/court-file.ts';
import type { ParseContext } from '../../../src/ingest/courts/format.ts';
import type { Arrival } from '../../../src/ingest/transports/transport.ts';
import type { Store, WarrantRow } from '../../../src/store/index.ts';
import { CONTEXT } from './context.ts';

/** Bytes as a transport would hand them over; how they left is noted. */
export function arrival(name: string, content: string | Uint8Array): Arrival & { left: string[] } {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const left: string[] = [];
  return {
    name,
    recovered: false,
    left,
    async *read() {
      yield bytes;
    },
    beside: async () => ({ ok: false, why: 'missing' }),
    done: async () => {
      left.push('done');
    },
    refuse: async () => {
      left.push('refused');
    },
  };
}

export function ports(store: Store, more: Partial<CourtPorts> = {}): CourtPorts {
  return {
    store,
    actor: 'test',
    selection: {
      policy: {
        ...DEFAULT_POLICY,
        rules: [{ name: 'all', from: '1900-01-01', send: true, code: 'SYS-OK', why: 'All.' }],
      },
      county: 'Test',
      today: CONTEXT.today,
    },
    ...more,
  };
}

let count = 0;

/** Takes one court file in, as a source named in `context` would. */
export function take(
  store: Store,
  content: string | Uint8Array,
  context: Partial<ParseContext> = {},
  more: Partial<CourtPorts> = {},
): Promise<CourtOutcome> {
  count += 1;
  return loadCourtFile(ports(store, more), arrival(`file-${count}.xml`, content), { ...CONTEXT, ...context });
}

export async function warrants(store: Store): Promise<WarrantRow[]> {
  return store.db('warrants').orderBy('id');
}
