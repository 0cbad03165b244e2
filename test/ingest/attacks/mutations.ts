/** A small generator of numbers from a seed (mulberry32), so that every mutated file can be drawn again. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Mutate = (bytes: Buffer, other: Buffer, next: (below: number) => number) => Buffer;

const splice = (bytes: Buffer, at: number, remove: number, insert: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);

/** Ways files get damaged between a court and us. */
export const MUTATIONS: Readonly<Record<string, Mutate>> = {
  'one bit flipped': (bytes, _other, next) => {
    const copy = Buffer.from(bytes);
    const at = next(copy.length);
    copy[at] = copy[at]! ^ (1 << next(8));
    return copy;
  },
  'one byte replaced': (bytes, _other, next) => {
    const copy = Buffer.from(bytes);
    copy[next(copy.length)] = next(256);
    return copy;
  },
  'cut short': (bytes, _other, next) => bytes.subarray(0, next(bytes.length)),
  'its head lost': (bytes, _other, next) => bytes.subarray(next(bytes.length)),
  'a piece lost': (bytes, _other, next) => splice(bytes, next(bytes.length), next(200), Buffer.alloc(0)),
  'a piece doubled': (bytes, _other, next) => {
    const at = next(bytes.length);
    return splice(bytes, at, 0, bytes.subarray(at, at + next(400)));
  },
  'a piece of another file spliced in': (bytes, other, next) => {
    const from = next(other.length);
    return splice(bytes, next(bytes.length), next(100), other.subarray(from, from + next(400)));
  },
  'two files joined': (bytes, other) => Buffer.concat([bytes, other]),
  'a block of zeros': (bytes, _other, next) => splice(bytes, next(bytes.length), 64, Buffer.alloc(64)),
  'a digit changed': (bytes, _other, next) =>
    change(bytes, /\d/g, (d) => String((Number(d) + 1 + next(9)) % 10), next),
  'a letter changed': (bytes, _other, next) => change(bytes, /(?<=>)[A-Za-z]/g, () => 'é', next),
  'another encoding': (bytes, _other, next) => reencode(bytes.toString('utf8'), next(4)),
  'line ends of another system': (bytes) => Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r\n')),
  'two tags swapped': (bytes, _other, next) =>
    change(bytes, /<\/?[\w:-]+/g, (t) => (t.startsWith('</') ? '</x' : '<x'), next),
  'an id changed': (bytes, _other, next) =>
    change(bytes, /(?:ref|id)="[^"]*"/g, (t) => t.replace(/"(.*)"/, '"Z$1"'), next),
};

function change(
  bytes: Buffer,
  find: RegExp,
  to: (found: string) => string,
  next: (below: number) => number,
): Buffer {
  const text = bytes.toString('utf8');
  const found = [...text.matchAll(find)];
  const hit = found[next(Math.max(1, found.length))];
  if (!hit) return bytes;
  return Buffer.from(text.slice(0, hit.index) + to(hit[0]) + text.slice(hit.index + hit[0].length));
}

function reencode(text: string, which: number): Buffer {
  if (which === 0) return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (which === 1) return Buffer.from(text, 'utf16le');
  if (which === 2) return Buffer.from(text.replace(/>([A-Z])/, '>Ñ$1'), 'latin1');
  return Buffer.from(text.replace('UTF-8', 'ISO-8859-1').replace(/>([A-Z])/, '>Ñ$1'), 'latin1');
}
