import type { Tree } from '../tree.ts';
import { ATTRIBUTE } from '../write-xml.ts';

/** What says "this field is no longer there" in this format. */
const NIL: Tree = { [`${ATTRIBUTE}xsi:nil`]: 'true' };

/** Elements the format's schema lets be nil; for the others absence is all there is. */
const NILLABLE: ReadonlySet<string> = new Set([
  'j:CourtOrderIssuingCourt',
  'j:CourtOrderIssuingDate',
  'j:CourtOrderRequestEntity',
  'j:WarrantAppearanceBail',
  'nc:ExpirationDate',
  'scr:TransactionControlNumberIdentification',
  'nc:PersonBirthDate',
  'nc:PersonBirthLocation',
  'nc:PersonHeightMeasure',
  'nc:PersonSSNIdentification',
  'nc:PersonStateIdentification',
  'nc:PersonWeightMeasure',
  'j:DriverLicense',
  'j:PersonFBIIdentification',
]);

/** Elements that are walked into. */
const CONTAINERS: ReadonlySet<string> = new Set(['j:PersonAugmentation', 'wir-ext:WarrantAugmentation']);

/**
 * The present tree, with a nil element for each field that was there before and is no longer.
 * @param order all element names of the parent, in schema order
 */
export function withNil(
  now: Tree | undefined,
  before: Tree | undefined,
  order: readonly string[],
  inner: Readonly<Record<string, readonly string[]>> = {},
): Tree {
  const merged: Record<string, Tree[string]> = {};
  for (const name of order) {
    const is = now?.[name];
    const was = before?.[name];
    if (CONTAINERS.has(name) && (is !== undefined || was !== undefined)) {
      const child = withNil(is as Tree | undefined, was as Tree | undefined, inner[name] ?? []);
      if (Object.keys(child).length > 0) merged[name] = child;
    } else if (is !== undefined) merged[name] = is;
    else if (was !== undefined && NILLABLE.has(name)) merged[name] = NIL;
  }
  return merged;
}
