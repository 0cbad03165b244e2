/** Longest number that is held letter by letter; a longer one is held as a hash and can only agree exactly. */
const LONGEST = 10;
const BASE = 37;

/** Letters and digits of an identifier, upper case. */
export function identifierText(text: string | undefined): string {
  return text === undefined ? '' : text.toUpperCase().replace(/[^A-Z0-9]+/g, '');
}

/** Values that stand for no number at all: one character repeated, or the keyboard's row. */
function isPlaceholder(text: string): boolean {
  return (
    /^(.)\1*$/.test(text) ||
    /^0?123456789?0?$/.test(text) ||
    /^(?:UNK|UNKNOWN|NONE|NULL|NA|REFUSED)$/.test(text)
  );
}

function hash52(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let i = 0; i < text.length; i += 1) {
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193);
    low = Math.imul(low ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (high >>> 0) * 1_048_576 + ((low >>> 0) >>> 12) + 1;
}

/**
 * An identifier as one number, so that a million of them fit in eight megabytes: base 37 up to ten characters,
 * else a negative 52-bit hash. 0 where there is none. Values of fewer than `shortest` characters say nothing.
 */
export function encodeIdentifier(text: string | undefined, shortest: number): number {
  const plain = identifierText(text);
  if (plain.length < shortest || isPlaceholder(plain)) return 0;
  if (plain.length > LONGEST) return -hash52(plain);
  let code = 0;
  for (let i = 0; i < plain.length; i += 1) {
    const c = plain.charCodeAt(i);
    code = code * BASE + (c <= 57 ? c - 47 : c - 54);
  }
  return code;
}

/** The identifier back, or `''` where only its hash was kept. */
export function decodeIdentifier(code: number): string {
  let text = '';
  for (let rest = code; rest > 0; rest = Math.floor(rest / BASE)) {
    const digit = rest % BASE;
    text = String.fromCharCode(digit <= 10 ? digit + 47 : digit + 54) + text;
  }
  return text;
}
