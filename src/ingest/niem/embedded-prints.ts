import type { PrintPurpose } from '../../domain/index.ts';
import type { PrintClaim } from '../bookings/record.ts';
import { present } from '../row-reader.ts';
import type { XmlElement } from '../xml/element.ts';

const localName = (element: XmlElement) => element.name.replace(/^.*[:}]/, '');
const IMAGE = /^(?:Person)?(?:FingerprintImage|FingerImpressionImage|FingerprintDigitalImage)$/;
const BINARY = ['BinaryBase64Object', 'Base64BinaryObject'];

/** The element and everything below it, in document order. */
function all(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(all)];
}

function codeBelow(element: XmlElement, pattern: RegExp): number | undefined {
  for (const one of all(element)) {
    if (pattern.test(localName(one)) && /^\d{1,2}$/.test(one.text)) return Number(one.text);
  }
  return undefined;
}

/** Fingerprint pictures inside a NIEM record (never the portrait beside them), with finger and impression codes. */
export function embeddedPrints(record: XmlElement, purpose: PrintPurpose): PrintClaim[] {
  const claims: PrintClaim[] = [];
  for (const element of all(record)) {
    if (!IMAGE.test(localName(element))) continue;
    const binary = all(element).find((one) => BINARY.includes(localName(one)) && one.text !== '');
    if (!binary) continue;
    claims.push(
      present<PrintClaim>({
        origin: { bytes: Buffer.from(binary.text, 'base64') },
        purpose,
        finger: codeBelow(element, /FingerPositionCode$/),
        impression: codeBelow(element, /ImpressionCaptureCategoryCode$|ImpressionTypeCode$/),
      }),
    );
  }
  return claims;
}
