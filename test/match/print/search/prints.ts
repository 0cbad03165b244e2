import type { Template } from '../../../../src/match/print/index.ts';
import { drawSparseFinger, drawTemplate } from '../../../../src/synth/prints/index.ts';

/** Two prints of each of `count` fingers that nobody has. */
export function drawFingers(
  count: number,
  series = 'search-test',
): { readonly enrolled: Template; readonly later: Template }[] {
  return Array.from({ length: count }, (_, i) => {
    const finger = drawSparseFinger(`${series}-${i}`);
    return { enrolled: drawTemplate(finger, 'enrolled'), later: drawTemplate(finger, 'later') };
  });
}
