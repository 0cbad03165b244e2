import { NO_IDENTIFIERS, type Warrant } from '../../../src/domain/index.ts';
import { getHolding } from '../../../src/store/index.ts';
import { testWarrant } from './warrants.ts';
import type { World } from './world.ts';

/** Somebody with several warrants at one agency. */
export const ONE_PERSON: Warrant['person'] = {
  ...testWarrant(500).person,
  ids: { ...NO_IDENTIFIERS, ssn: '123456789' },
};

/** What makes a warrant the most serious of its person. */
export const FELONY = { level: { code: 'F' as const, raw: 'F' }, extradition: { limit: '4' } };

/** The fields of a warrant's record, as the destination has it. */
export async function recordOf({ store, transport }: World, id: string): Promise<Record<string, string>> {
  const holding = await getHolding(store.db, id);
  const attempt = await transport.record(holding?.fcn ?? 'none');
  if (attempt.kind !== 'answered') throw new Error(attempt.why);
  const { fields } = JSON.parse(Buffer.from(attempt.bytes).toString('utf8')) as {
    fields?: Record<string, string>;
  };
  return fields ?? {};
}

/** Its miscellaneous text, which names the riders. */
export async function misOf(world: World, id: string): Promise<string> {
  return (await recordOf(world, id)).MIS ?? '';
}
