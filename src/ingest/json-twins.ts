import type { Problem } from '../domain/index.ts';

/** Names whose twins are told of; a text that invents more is no court's. */
const TOLD = 5;

/** Members that stand several times in one object: `JSON.parse` keeps the last of them in silence. */
function twinNames(text: string): string[] {
  const open: (Set<string> | undefined)[] = [];
  const twins = new Set<string>();
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name = String(JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)));
      const names = open.at(-1);
      if (names?.has(name)) twins.add(name);
      names?.add(name);
    }
  }
  return [...twins];
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** Colons outside strings: as many as members were written. */
function membersWritten(text: string): number {
  let count = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString && code === BACKSLASH) i += 1;
    else if (code === QUOTE) inString = !inString;
    else if (code === COLON && !inString) count += 1;
  }
  return count;
}

function membersRead(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: unknown[] = Object.values(value);
  const below = members.reduce<number>((sum, member) => sum + membersRead(member), 0);
  return Array.isArray(value) ? below : below + members.length;
}

/** What is wrong with a record whose text names a member twice: which of its values holds nobody can tell. */
export function twinProblems(text: string, value: unknown, line: number): Problem[] {
  if (membersWritten(text) === membersRead(value)) return [];
  return twinNames(text)
    .slice(0, TOLD)
    .map((name) => ({
      code: 'FIELD-FORMAT',
      severity: 'error',
      line,
      sourceField: name,
      message: `"${name}" stands several times in one object; which of them holds is for the court to say.`,
    }));
}
