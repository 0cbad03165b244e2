import type { Comparison, Minutia } from '../../types.ts';
import { laidOn } from './overlay.ts';
import type { ExaminedPrint } from './side.ts';

const DEGREES = 180 / Math.PI;

/** Difference of two directions after b is turned onto a, degrees 0 to 180. */
function turnBetween(a: Minutia, b: Minutia, rotation: number): number {
  // Directions run anticlockwise, the alignment clockwise (y down).
  const turn = (((a.direction - (b.direction - rotation)) * DEGREES) % 360) + 360;
  return Math.min(turn % 360, 360 - (turn % 360));
}

function place({ x, y, direction, type }: Minutia): string {
  return `<td>${type}</td><td>${x.toFixed(0)}, ${y.toFixed(0)}</td><td>${(direction * DEGREES).toFixed(0)}&deg;</td>`;
}

/** Every matched pair with its geometry, for whoever checks it point by point. */
export function pairTable(a: ExaminedPrint, b: ExaminedPrint, comparison: Comparison): string {
  const { alignment, pairs } = comparison;
  if (!alignment || pairs.length === 0) return '';
  const rows = pairs.map((pair, i) => {
    const [one, two] = [a.template.minutiae[pair.a]!, b.template.minutiae[pair.b]!];
    const laid = laidOn(alignment, two);
    const apart = Math.hypot(one.x - laid.x, one.y - laid.y);
    return `<tr data-pair="${i + 1}"><th scope="row">${i + 1}</th>${place(one)}${place(two)}<td>${apart.toFixed(1)}</td><td>${turnBetween(one, two, alignment.rotation).toFixed(0)}&deg;</td><td>${(pair.weight * 100).toFixed(0)} %</td></tr>`;
  });
  return `<details><summary>The ${pairs.length} matched minutiae one by one</summary><table class="pairs"><thead><tr><th rowspan="2" scope="col">no.</th><th colspan="3" scope="colgroup">first print</th><th colspan="3" scope="colgroup">second print</th><th rowspan="2" scope="col">apart, px</th><th rowspan="2" scope="col">turned</th><th rowspan="2" scope="col">agreement</th></tr><tr><th>type</th><th>x, y</th><th>direction</th><th>type</th><th>x, y</th><th>direction</th></tr></thead><tbody>${rows.join('')}</tbody></table><p class="note">Pixels at 500 to the inch, origin top left; directions anticlockwise from the right (ISO/IEC 19794-2). What is apart is measured after one print is laid rigidly on the other: skin stretches, so a few pixels are usual.</p></details>`;
}
