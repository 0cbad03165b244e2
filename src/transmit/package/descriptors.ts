import type { Person, Warrant } from '../../domain/index.ts';

/** What a jail measures or sees, and a court's file often lacks. Names, birth dates and numbers are not among it. */
const DESCRIPTORS = [
  'sex',
  'race',
  'ethnicity',
  'birthPlace',
  'eyes',
  'hair',
  'skin',
  'heightInches',
  'weightPounds',
] as const satisfies readonly (keyof Person)[];

/**
 * The warrant with descriptors the court does not state taken from the booking or citation it certainly grew out
 * of ("packing", domain brief B.1). What the court says is never replaced.
 * @param booked the person as the booking or citation describes them; only of a certain link
 */
export function withDescriptors(warrant: Warrant, booked: Person): Warrant {
  const { person } = warrant;
  const missing = DESCRIPTORS.filter((key) => person[key] === undefined && booked[key] !== undefined);
  const marks = person.smt.length === 0 && booked.smt.length > 0;
  if (missing.length === 0 && !marks) return warrant;
  const found = Object.fromEntries(missing.map((key) => [key, booked[key]]));
  return { ...warrant, person: { ...person, ...found, ...(marks ? { smt: booked.smt } : {}) } };
}
