/** Name and value lines of the comment a WSQ file carries about itself (NISTCOM). */
export type NistComment = ReadonlyMap<string, string>;

const LEADER = 'NIST_COM';

/** Undefined where the comment is free text. */
export function parseNistComment(payload: Uint8Array): NistComment | undefined {
  const text = new TextDecoder('latin1').decode(payload);
  if (!text.startsWith(LEADER)) return undefined;
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(' ');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()]] : [];
  });
  return new Map(pairs);
}

/** Pixels per inch stated by the comment; undefined where it says none or nonsense (-1 is usual for unknown). */
export function commentPpi(comment: NistComment | undefined): number | undefined {
  const ppi = Number(comment?.get('PPI') ?? Number.NaN);
  return Number.isFinite(ppi) && ppi > 0 ? ppi : undefined;
}

export function nistComment(width: number, height: number, ppi: number, bitrate: number): Uint8Array {
  const fields = [
    ['PIX_WIDTH', width],
    ['PIX_HEIGHT', height],
    ['PIX_DEPTH', 8],
    ['PPI', Math.round(ppi)],
    ['LOSSY', 1],
    ['COLORSPACE', 'GRAY'],
    ['COMPRESSION', 'WSQ'],
    ['WSQ_BITRATE', bitrate.toFixed(6)],
  ] as const;
  const lines = [`${LEADER} ${fields.length + 1}`, ...fields.map(([name, value]) => `${name} ${value}`)];
  return new TextEncoder().encode(lines.join('\n'));
}
