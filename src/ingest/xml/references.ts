import { STRUCTURES_KEY, type XmlElement } from './element.ts';

export const ID = `${STRUCTURES_KEY}:id`;
const REF = `${STRUCTURES_KEY}:ref`;

/** The elements of a scope by their structures:id; a name given twice answers nothing, as it is ambiguous. */
export class References {
  readonly #byId = new Map<string, XmlElement | undefined>();

  add(root: XmlElement): void {
    for (const element of root.identified ?? []) {
      const id = element.attribute(ID)!;
      this.#byId.set(id, this.#byId.has(id) ? undefined : element);
    }
  }

  /** Whether the id is given at all, even if ambiguous. */
  knows(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): XmlElement | undefined {
    return this.#byId.get(id);
  }
}

/** An element's own structures:ref, if it is a reference. */
export function refOf(element: XmlElement | undefined): string | undefined {
  return element?.attribute(REF);
}

export function idOf(element: XmlElement | undefined): string | undefined {
  return element?.attribute(ID);
}

/** Every id that anything below an element refers to, but for what stands in elements whose name `except` fits. */
export function refsBelow(element: XmlElement, except?: RegExp): ReadonlySet<string> {
  const refs = new Set<string>();
  const walk = (at: XmlElement): void => {
    for (const child of at.children) {
      if (except?.test(child.name)) continue;
      const ref = refOf(child);
      if (ref !== undefined) refs.add(ref);
      walk(child);
    }
  };
  walk(element);
  return refs;
}

/** Looks an id up in the record first, then in the rest of the document. */
export class Scope {
  readonly #own = new References();
  readonly #document: References;

  constructor(record: XmlElement, document: References) {
    this.#own.add(record);
    this.#document = document;
  }

  /** The element a reference names, or the element itself where it is no reference. */
  resolve(element: XmlElement): XmlElement | undefined {
    const ref = refOf(element);
    if (ref === undefined) return element;
    return this.#own.knows(ref) ? this.#own.get(ref) : this.#document.get(ref);
  }
}
