import { SaxesParser } from 'saxes';
import type { Fit, Head, InputFormat } from './courts/format.ts';
import { type Encoding, xmlEncoding } from './encoding.ts';
import { HEAD_BYTES } from './parameters.ts';

/** Decodes leniently, only to look at. */
function lookAt(bytes: Uint8Array): string {
  let encoding: Encoding;
  try {
    encoding = xmlEncoding(bytes);
  } catch {
    encoding = 'iso-8859-1';
  }
  if (encoding === 'us-ascii' || encoding === 'iso-8859-1') return Buffer.from(bytes).toString('latin1');
  return new TextDecoder(encoding).decode(bytes);
}

const FOUND = Symbol('root found');

/** The root element's name; undefined where the text is not XML up to its first tag. */
function xmlRoot(text: string): { namespace: string; local: string } | undefined {
  if (!text.trimStart().startsWith('<')) return undefined;
  let root: { namespace: string; local: string } | undefined;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => {
    root = { namespace: tag.uri, local: tag.local };
    throw FOUND;
  });
  try {
    parser.write(text);
  } catch {
    return root;
  }
  return root;
}

/** What a sniffer sees of an input. */
export function headOf(bytes: Uint8Array, name?: string): Head {
  const head = bytes.subarray(0, HEAD_BYTES);
  const text = lookAt(head);
  const root = xmlRoot(text);
  return { bytes: head, text, ...(root ? { root } : {}), ...(name === undefined ? {} : { name }) };
}

export type Sniffed<R> = { readonly format: InputFormat<R> } | { readonly candidates: readonly string[] };

/** The one format that fits best; several equally good ones are named and none is chosen. */
export function sniff<R>(formats: readonly InputFormat<R>[], head: Head): Sniffed<R> {
  const fits = formats.map((format) => ({ format, fit: format.sniff(head) }));
  for (const wanted of ['certain', 'possible'] satisfies Fit[]) {
    const found = fits.filter(({ fit }) => fit === wanted);
    if (found.length === 1) return { format: found[0]!.format };
    if (found.length > 1) return { candidates: found.map(({ format }) => format.name) };
  }
  return { candidates: [] };
}
