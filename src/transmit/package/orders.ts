import type { Warrant, WarrantLevel } from '../../domain/index.ts';
import { CAUTION_LETTERS, cautionCode } from './caution.ts';

/**
 * What a county orders for all of its records, where a warrant says nothing itself: the extradition limit by level
 * (a state forwards felonies as not extradited until an investigator decides, domain brief 0.5), and what its
 * caution letters mean. These are the county's words, from configuration, not guesses about a warrant.
 */
export interface CountyOrders {
  readonly extradition?: Readonly<Partial<Record<WarrantLevel, string>>>;
  readonly cautionLetters?: Readonly<Record<string, string>>;
}

function withExtradition(warrant: Warrant, orders: CountyOrders): Warrant {
  const level = warrant.level?.code;
  const limit = level && orders.extradition?.[level];
  if (!limit || warrant.extradition?.limit) return warrant;
  return { ...warrant, extradition: { ...warrant.extradition, limit } };
}

/** The warrant with the county's orders applied. What the court says is never overruled. */
export function withOrders(warrant: Warrant, orders: CountyOrders): Warrant {
  const ordered = withExtradition(warrant, orders);
  if (!orders.cautionLetters) return ordered;
  const letters = { ...CAUTION_LETTERS, ...orders.cautionLetters };
  const cautions = ordered.person.cautions.map((caution) => cautionCode(caution, letters) ?? caution);
  return { ...ordered, person: { ...ordered.person, cautions } };
}
