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

const SOAP = ['http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'];

/**
 * The root element's name, or, in a SOAP envelope, that of what its body carries; undefined where the text is not
 * XML up to its first tag.
 */
function xmlRoot(text: string): Head['root'] {
  if (!text.trimStart().startsWith('<')) return undefined;
  let root: Head['root'];
  /** The open elements: local names of SOAP's own, nothing for others. */
  const open: string[] = [];
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => {
    const isCarried = open.length === 2 && open[0] === 'Envelope' && open[1] === 'Body';
    if (open.length === 0 || isCarried) root = { namespace: tag.uri, local: tag.local };
    open.push(SOAP.includes(tag.uri) ? tag.local : '');
    if (open[0] !== 'Envelope' || isCarried) throw FOUND;
  });
  parser.on('closetag', () => open.pop());
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

/** Longest name of a root or a namespace that a message repeats. */
const NAMED_CHARS = 120;

/** Why no one format was chosen, for a message: which fit, or what the document says it is. */
export function whyNone(candidates: readonly string[], head: Head): string {
  if (candidates.length > 0) return `several fit: ${candidates.join(', ')}`;
  if (!head.root) return 'none fits';
  const { local, namespace } = head.root;
  const of = namespace === '' ? '' : ` of ${namespace.slice(0, NAMED_CHARS)}`;
  return `none fits the XML document "${local.slice(0, NAMED_CHARS)}"${of}`;
}
