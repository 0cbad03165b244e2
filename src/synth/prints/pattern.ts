import type { Random } from '../random.ts';
import { between, nearNormal, type Seed, stream } from './noise.ts';
import { CLASS_SHARES, MASTER } from './parameters.ts';
import { arctan2, cosine, sine } from './portable-math.ts';
import type { FingerClass, Pattern, Point, Singularity } from './types.ts';

/** Draws a class by its natural share. */
export function drawClass(random: Random): FingerClass {
  let rest = random.next();
  for (const [name, share] of CLASS_SHARES) {
    rest -= share;
    if (rest < 0) return name;
  }
  return 'whorl';
}

function singularity(random: Random, kind: 'core' | 'delta', x: number, y: number): Singularity {
  return {
    kind,
    x,
    y,
    axis: [1, 0],
    slender: kind === 'core' ? between(random, 0.35, 0.8) : 0,
    bend: [nearNormal(random) * 0.12, nearNormal(random) * 0.08, nearNormal(random) * 0.06],
  };
}

/** Turns every core's loop the way the other singular points bend the flow at its place. */
function turnCores(all: readonly Singularity[]): Singularity[] {
  return all.map((s) => {
    let axis = 0;
    for (const other of all) {
      if (other === s) continue;
      const angle = arctan2(other.y - s.y, s.x - other.x);
      axis += other.kind === 'core' ? angle : -angle;
    }
    return { ...s, axis: [cosine(axis), sine(axis)] };
  });
}

/** Core and delta of a loop; `side` is +1 where the delta lies to the right (a left loop). */
function loop(random: Random, centre: Point, side: 1 | -1): Singularity[] {
  const across = between(random, 52, 105) * side;
  const down = between(random, 70, 135);
  return [
    singularity(random, 'core', centre.x, centre.y),
    singularity(random, 'delta', centre.x + across, centre.y + down),
  ];
}

function tentedArch(random: Random, centre: Point): Singularity[] {
  const down = between(random, 36, 90);
  return [
    singularity(random, 'core', centre.x, centre.y),
    singularity(random, 'delta', centre.x + between(random, -7, 7), centre.y + down),
  ];
}

/** Two cores and two deltas; `apart` is the sideways distance of the cores. */
function whorl(random: Random, centre: Point, apart: number): Singularity[] {
  const down = apart === 0 ? between(random, 14, 55) : between(random, 28, 60);
  const shift = apart === 0 ? between(random, -10, 10) : apart;
  const low = { x: centre.x + shift, y: centre.y + down };
  const deltaDown = between(random, 60, 110);
  return [
    singularity(random, 'core', centre.x, centre.y),
    singularity(random, 'core', low.x, low.y),
    singularity(
      random,
      'delta',
      centre.x - between(random, 75, 120),
      low.y + deltaDown + nearNormal(random) * 12,
    ),
    singularity(
      random,
      'delta',
      centre.x + between(random, 75, 120),
      low.y + deltaDown + nearNormal(random) * 12,
    ),
  ];
}

function singularitiesOf(random: Random, fingerClass: FingerClass, centre: Point): Singularity[] {
  switch (fingerClass) {
    case 'arch':
      return [];
    case 'tented-arch':
      return tentedArch(random, centre);
    case 'left-loop':
      return loop(random, centre, 1);
    case 'right-loop':
      return loop(random, centre, -1);
    case 'whorl':
      return whorl(random, centre, 0);
    case 'twin-loop':
      return whorl(random, centre, between(random, 22, 48) * (random.chance(0.5) ? 1 : -1));
  }
}

/** Draws the ridge flow of one finger: class, singular points and the shape of the flow about them. */
export function drawPattern(seed: Seed, wanted?: FingerClass): Pattern {
  const random = stream(seed, 'pattern');
  const natural = drawClass(random);
  const fingerClass = wanted ?? natural;
  const centre = {
    x: MASTER.width / 2 + nearNormal(random) * 10,
    y: MASTER.height * 0.44 + nearNormal(random) * 16,
  };
  return {
    fingerClass,
    width: MASTER.width,
    height: MASTER.height,
    centre,
    singularities: turnCores(singularitiesOf(random, fingerClass, centre)),
    crown: between(random, 0.55, 0.9),
    hill: between(random, 0.5, 1.1),
    lean: nearNormal(random) * 0.05,
  };
}
