import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { FixedClock } from '../../src/clock.ts';
import { NO_PERSON, type Warrant } from '../../src/domain/index.ts';
import { Store } from '../../src/store/index.ts';

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A folder of the test's own, removed afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh store on a clock that stands still. */
export async function openTestStore(
  options: { folder?: string; clock?: FixedClock } = {},
): Promise<{ store: Store; clock: FixedClock; folder: string }> {
  const folder = options.folder ?? temporaryFolder();
  const clock = options.clock ?? new FixedClock('2026-03-02T08:00:00Z');
  const store = await Store.open({
    database: `sqlite:${join(folder, 'benchlink.db')}`,
    blobs: join(folder, 'blobs'),
    clock,
  });
  cleanups.push(() => store.close());
  return { store, clock, folder };
}

/** The smallest warrant the types allow, with what a test wants to differ. */
export function aWarrant(overrides: Partial<Warrant> = {}): Warrant {
  return {
    number: 'FTA-0001',
    status: { code: 'ISSUED', raw: 'Active' },
    kind: { code: 'BENCH', raw: 'BW' },
    level: { code: 'M', raw: 'Misdemeanor' },
    issuedDate: '2026-02-27',
    courtOri: 'CA001015J',
    agencyOri: 'CA0010000',
    offences: [],
    case: { docket: '26-CR-000123' },
    origin: {},
    person: {
      ...NO_PERSON,
      name: { given: 'ADA', surname: 'EXAMPLE' },
      birthDate: '1980-05-17',
      sex: 'F',
      race: 'W',
    },
    vehicles: [],
    notes: [],
    ...overrides,
  };
}
