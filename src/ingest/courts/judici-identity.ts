import type { XmlElement } from '../xml/element.ts';
import type { Leaf } from './flat.ts';

/**
 * A litigant of a court data transfer has one real identity and any number of aliases, each an `Identity` of its own
 * `Type`. An alias gives another name and another birth date; it is never the person the warrant names.
 */

export function isAlias(identity: XmlElement): boolean {
  return /^alias$/i.test(identity.attribute('Type')?.trim() ?? '');
}

/** `SURNAME, GIVEN MIDDLE`: as it stands, or put together from its parts. */
function nameOf(identity: XmlElement): string {
  const part = (name: string) => identity.attribute(name)?.trim() ?? '';
  const given = [part('FirstName'), part('MiddleName')].filter(Boolean).join(' ');
  return part('FullName') || [part('LastName'), given].filter(Boolean).join(', ');
}

/** Several values of one column; one with the divider inside stays beside the record. */
function list(column: string, values: readonly string[]): Leaf[] {
  const kept = values.filter((value) => value !== '' && !value.includes(';'));
  return kept.length > 0 ? [{ path: [column], value: kept.join('; ') }] : [];
}

/** The aliases as columns, with every attribute of theirs kept beside the record under a name no column has. */
export function aliasLeaves(aliases: readonly XmlElement[]): Leaf[] {
  const births = aliases.map((alias) => alias.attribute('DateOfBirth')?.trim() ?? '');
  return [
    ...list('aliases', aliases.map(nameOf)),
    ...list('other_dobs', births),
    ...aliases.flatMap(({ attributes }, i) =>
      attributes.map(({ name, value }) => ({ path: ['Identity', `alias ${i + 1}`, name, 'text'], value })),
    ),
  ];
}

/** A measure with the unit that stands in an attribute of its own: `71` and `IN` are `71 IN`. */
export function withUnit(element: XmlElement, name: string, value: string): string {
  const unit = /^(Height|Weight)$/.test(name) ? element.attribute(`${name}MeasurementUnit`)?.trim() : '';
  return unit ? `${value} ${unit}` : value;
}
