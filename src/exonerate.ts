import { BenchlinkError } from './errors.ts';
import { addExoneration, getHolding, leadOf, type Store, setHolding } from './store/index.ts';
import type { Exoneration } from './transmit/package/model.ts';

const NAME = /^\s*([^,]+?)\s*,\s*([^,]+?)\s*$/;

/** A name as a person writes it: "SURNAME, GIVEN". */
function nameOf(text: string): Exoneration['name'] {
  const [, surname, given] = NAME.exec(text) ?? [];
  if (surname && given) return { surname, given };
  throw new BenchlinkError('usage', 'NAME-FORM', `Write the name as "SURNAME, GIVEN"; got "${text}".`);
}

/** A number with its kind in front: `CII:A12345678`. */
function numberOf(text: string): NonNullable<Exoneration['number']> {
  const [kind, value, ...more] = text.split(':').map((part) => part.trim());
  if (kind && value && more.length === 0) return { kind: kind.toUpperCase(), value };
  throw new BenchlinkError(
    'usage',
    'NUMBER-FORM',
    `Write the number as KIND:NUMBER, e.g. CII:A12345678; got "${text}".`,
  );
}

function dateOf(text: string, what: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  const valid =
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  if (valid) return text;
  throw new BenchlinkError(
    'usage',
    'DATE-FORM',
    `The ${what} must be a day of the calendar, YYYY-MM-DD; got "${text}".`,
  );
}

/** What a person states of somebody who is not the one wanted. */
export interface ExonerationWords {
  readonly name: string;
  readonly born?: string;
  readonly number?: string;
  readonly date?: string;
  /** How it was found out, e.g. "fingerprints compared". */
  readonly method: string;
  readonly informant?: string;
}

/**
 * Records that somebody is not the person a warrant names. It stays on the warrant for good: the next run tells the
 * destination, and no later change takes it away. The warrant itself stands, for the right person.
 * @returns false if it was recorded before
 */
export async function exonerate(
  store: Store,
  actor: string,
  warrantId: string,
  words: ExonerationWords,
): Promise<boolean> {
  const exoneration: Exoneration = {
    name: nameOf(words.name),
    method: words.method,
    ...(words.born ? { birthDate: dateOf(words.born, 'date of birth') } : {}),
    ...(words.number ? { number: numberOf(words.number) } : {}),
    ...(words.date ? { date: dateOf(words.date, 'date of the finding') } : {}),
    ...(words.informant ? { informant: words.informant } : {}),
  };
  return store.transaction(actor, async (unit) => {
    const added = await addExoneration(unit, warrantId, JSON.stringify(exoneration));
    if (!added) return false;
    // The record that speaks of the warrant must be told: its own, or the one it rides in.
    const lead = (await getHolding(unit.trx, warrantId)) ? warrantId : await leadOf(unit.trx, warrantId);
    if (lead) await setHolding(unit, lead, { dirty: 1 });
    return true;
  });
}
