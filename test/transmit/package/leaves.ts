import { XmlDocument, XmlElement } from 'libxml2-wasm';

export interface XmlLeaf {
  /** Local name of the element. */
  readonly name: string;
  readonly text: string;
}

function walk(element: XmlElement, found: XmlLeaf[]): void {
  let inner = false;
  for (let child = element.firstChild; child; child = child.next) {
    if (!(child instanceof XmlElement)) continue;
    inner = true;
    walk(child, found);
  }
  if (!inner) found.push({ name: element.name, text: element.content });
}

/** Every element of a document that holds text, as an independent reader sees it. */
export function leavesOf(bytes: Uint8Array): readonly XmlLeaf[] {
  const document = XmlDocument.fromBuffer(bytes);
  try {
    const found: XmlLeaf[] = [];
    walk(document.root, found);
    return found;
  } finally {
    document.dispose();
  }
}
