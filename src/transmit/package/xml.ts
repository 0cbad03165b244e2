import { XMLBuilder } from 'fast-xml-parser';
import { messageTree } from './message.ts';
import type { WarrantMessage } from './model.ts';
import { NAMESPACES } from './namespaces.ts';

const ATTRIBUTE = '@';

/** Processing instructions and attributes are ours alone; every value is text below an element. */
const builder = new XMLBuilder({
  attributeNamePrefix: ATTRIBUTE,
  ignoreAttributes: false,
  format: true,
  indentBy: ' ',
  suppressEmptyNode: false,
  processEntities: true,
});

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const ROOT_ATTRIBUTES = Object.fromEntries(
  Object.entries(NAMESPACES).map(([prefix, uri]) => [`${ATTRIBUTE}xmlns:${prefix}`, uri]),
);

/**
 * A message as NIEM 6.0 XML, UTF-8. The same message always gives the same bytes: nothing is read but the message.
 * Everything nests (reference code NONE): no id, ref, uri or nil.
 * @throws BenchlinkError `PACKAGE-TEXT` (a character XML cannot carry), `PACKAGE-PRINT` (print bytes do not match
 * their hash), `PACKAGE-NO-CHANGE` (a modification without a change)
 */
export function toXml(message: WarrantMessage): Uint8Array {
  const { root, tree } = messageTree(message);
  const text: string = builder.build({ [root]: { ...ROOT_ATTRIBUTES, ...tree } });
  return Buffer.from(DECLARATION + text, 'utf8');
}
