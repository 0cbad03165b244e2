import type { Random } from '../random.ts';
import { type Seed, stream } from './noise.ts';
import { THUMB } from './parameters.ts';
import type { FingerClass } from './types.ts';

export type Thumb = 'right-thumb' | 'left-thumb';

/** Class as seen from the hand: a loop opens towards the little finger or away from it. */
type HandClass = 'ulnar' | 'radial' | 'whorl' | 'twin-loop' | 'arch' | 'tented-arch';

const CLASSES: readonly HandClass[] = ['ulnar', 'radial', 'whorl', 'twin-loop', 'arch', 'tented-arch'];
const WEIGHTS = [
  THUMB.ulnarLoop,
  THUMB.radialLoop,
  THUMB.whorl,
  THUMB.twinLoop,
  THUMB.arch,
  THUMB.tentedArch,
];

function draw(random: Random): HandClass {
  return CLASSES[random.weighted(WEIGHTS)]!;
}

/** The class of a person's thumb: a person's thumbs are of one class more often than chance. */
export function thumbClass(person: Seed, thumb: Thumb): FingerClass {
  const random = stream(person, 'thumb-class');
  const right = draw(random);
  const left = random.chance(THUMB.alike) ? right : draw(random);
  const chosen = thumb === 'right-thumb' ? right : left;
  if (chosen !== 'ulnar' && chosen !== 'radial') return chosen;
  // On a print of the right hand the little finger's side is the right one.
  return (chosen === 'ulnar') === (thumb === 'right-thumb') ? 'right-loop' : 'left-loop';
}
