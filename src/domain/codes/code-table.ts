/** A closed list of codes with their meaning. */
export type CodeTable = ReadonlyMap<string, string>;

/** Reads `CODE|meaning` lines into a table. */
export function codeTable(lines: string): CodeTable {
  const rows = lines.trim().split('\n');
  return new Map(
    rows.map((row) => {
      const bar = row.indexOf('|');
      return [row.slice(0, bar), row.slice(bar + 1)];
    }),
  );
}
