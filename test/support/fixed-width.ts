import type { FixedField } from '../../src/ingest/fixed-width.ts';

/** Writes one line of a layout; a value that is too long for its field is the test's own mistake. */
export function fixedLine(layout: readonly FixedField[], values: Readonly<Record<string, string>>): string {
  for (const name of Object.keys(values)) {
    if (!layout.some((field) => field.name === name)) throw new Error(`no field ${name}`);
  }
  return layout
    .map(({ name, length }) => {
      const value = values[name] ?? '';
      if (value.length > length) throw new Error(`${name} is longer than ${length}`);
      return value.padEnd(length);
    })
    .join('');
}
