import { messageTree } from './message.ts';
import type { WarrantMessage } from './model.ts';
import { NAMESPACES } from './namespaces.ts';
import { writeXml } from './write-xml.ts';

/**
 * A message as NIEM 6.0 XML, UTF-8. The same message always gives the same bytes: nothing is read but the message.
 * Everything nests (reference code NONE): no id, ref, uri or nil.
 * @throws BenchlinkError `PACKAGE-TEXT` (a character XML cannot carry), `PACKAGE-PRINT` (print bytes do not match
 * their hash), `PACKAGE-NO-CHANGE` (a modification without a change)
 */
export function toXml(message: WarrantMessage): Uint8Array {
  const { root, tree } = messageTree(message);
  return writeXml(root, NAMESPACES, tree);
}
