/** Letters Unicode decomposition leaves whole, and how they are written on an ASCII keyboard. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  İ: 'I',
  ı: 'I',
};

/** Upper case, accents off, punctuation to spaces (apostrophes and full stops vanish), one space between words. */
export function plainWords(text: string): string {
  if (/^[A-Z]+$/.test(text)) return text;
  return text
    .replace(/[ßÆæŒœØøŁłĐđÐðÞþİı]/g, (c) => SPELT_OUT[c] ?? SPELT_OUT[c.toUpperCase()] ?? c)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What clerks write where they know nothing. */
const NOTHING =
  /^(?:UNKNOWN|UNK|UNKN|NONE|NULL|NA|N A|NAN|NFN|NLN|NMN|NMI|NO NAME|NO MIDDLE NAME|NOT GIVEN|NOT PROVIDED|TEST|XX+|REFUSED|TRANSIENT|HOMELESS)$/;
/** Names that name nobody. */
const NOBODY = /^(?:DOE|BABY|BABY BOY|BABY GIRL|INFANT)$/;

/** The words of a value, or `''` where it says nothing. */
export function meaningful(text: string | undefined): string {
  const plain = text === undefined ? '' : plainWords(text);
  return NOTHING.test(plain) ? '' : plain;
}

const SUFFIXES: Readonly<Record<string, string>> = {
  JR: 'JR',
  JUNIOR: 'JR',
  SR: 'SR',
  SENIOR: 'SR',
  I: 'SR',
  II: 'II',
  '2ND': 'II',
  III: 'III',
  '3RD': 'III',
  IV: 'IV',
  '4TH': 'IV',
  V: 'V',
};

/** `JR`, `SR`, `II`, `III`, `IV`, `V`, or `''`. */
export function suffixOf(text: string | undefined): string {
  return SUFFIXES[meaningful(text)] ?? '';
}

/** Particles written apart or together: `DE LA CRUZ` and `DELACRUZ` are one surname. */
const PARTICLE =
  /^(?:DE|DEL|DI|DA|DOS|DU|LA|LAS|LOS|LE|VAN|VON|DER|DEN|MC|MAC|O|ST|SAN|SANTA|AL|EL|BEN|BIN|TER|TEN)$/;

/** Joins particles to the word they belong to. */
function joinParticles(words: readonly string[]): string {
  let out = '';
  let held = '';
  for (const word of words) {
    if (PARTICLE.test(word)) {
      held += word;
      continue;
    }
    out += (out === '' ? '' : ' ') + held + word;
    held = '';
  }
  return out === '' ? held : out + (held === '' ? '' : ` ${held}`);
}

/** A surname for comparing, and the suffix that was written into it. */
export function surnameOf(text: string | undefined): { name: string; suffix: string } {
  const plain = meaningful(text);
  if (plain === '' || NOBODY.test(plain)) return { name: '', suffix: '' };
  const words = plain.split(' ');
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const suffix = last === undefined || last === 'I' || last === 'V' ? '' : (SUFFIXES[last] ?? '');
  return { name: joinParticles(suffix === '' ? words : words.slice(0, -1)), suffix };
}

/** A given or middle name for comparing. */
export function givenOf(text: string | undefined): string {
  const plain = meaningful(text);
  return NOBODY.test(plain) ? '' : plain;
}
