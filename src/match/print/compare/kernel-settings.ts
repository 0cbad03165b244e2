import * as at from '../kernels/layout.ts';
import { ALIGN, CYLINDER, HOPE, RELAX } from '../parameters.ts';
import { BY_TURN, DISTANCE_MOST, DISTANCE_STEPS, LEAST_AGREEMENT } from './agreement.ts';
import {
  ALONE_SQUARE,
  CELL_REACH,
  CELL_WIDTH,
  INNER_CELLS,
  NEIGHBOUR_REACH,
  SIMILARITY_UNIT,
  SPATIAL,
  VALID_LEAST,
} from './cylinders.ts';
import { LIMITS } from './laid.ts';

/** The numbers of `parameters.ts` that the comparison kernel reads, with their addresses. */
export function kernelSettings(): readonly (readonly [address: number, value: number])[] {
  return [
    [at.SET_TURN_LIMIT, LIMITS.turn],
    [at.SET_COMMON_LEAST, LIMITS.common],
    [at.SET_PAIRS_MOST, LIMITS.pairs],
    [at.SET_OWN, RELAX.own],
    [at.SET_ROUNDS_RELAX, RELAX.rounds],
    [at.SET_TURN_REACH, BY_TURN.findIndex((agreement) => agreement < LEAST_AGREEMENT) - 1],
    [at.SET_DISTANCE_MOST, DISTANCE_MOST],
    [at.SET_DISTANCE_STEPS, DISTANCE_STEPS],
    [at.SET_HOPE_OFFSET, HOPE.offset],
    [at.SET_HOPE_SCALE, HOPE.scale],
    [at.SET_SEEDS, ALIGN.seeds],
    [at.SET_GROWN, ALIGN.grown],
    [at.SET_JUDGED_SHARE, ALIGN.judgedShare],
    [at.SET_PAIRS_LEAST, ALIGN.pairsLeast],
    [at.SET_ROUNDS_GROW, ALIGN.rounds],
    [at.SET_REACH_LEAST, ALIGN.reachLeast],
    [at.SET_REACH_GROWTH, ALIGN.reachGrowth],
    [at.SET_GAP_MOST, ALIGN.gapMost],
    [at.SET_DIRECTION_LIMIT, ALIGN.directionLimit],
    [at.SET_PLACE_SQUARE, ALIGN.placeScale * ALIGN.placeScale],
    [at.SET_DIRECTION_SQUARE, ALIGN.directionScale * ALIGN.directionScale],
    [at.SET_LOCAL_UNIT, ALIGN.localFull * SIMILARITY_UNIT],
    [at.SET_LOCAL_FLOOR, ALIGN.localFloor],
    [at.SET_ARM, ALIGN.directionArm * ALIGN.directionArm],
    [at.SET_SOFT, ALIGN.flexReach * ALIGN.flexReach],
    [at.SET_OVERLAP_REACH, ALIGN.overlapGap * ALIGN.overlapGap],
    [at.SET_DISAGREE, ALIGN.disagree],
    [at.SET_CELLS, INNER_CELLS],
    [at.SET_CELL_WIDTH, CELL_WIDTH],
    [at.SET_CELL_REACH, CELL_REACH],
    [at.SET_NEIGHBOUR_REACH, NEIGHBOUR_REACH],
    [at.SET_NEIGHBOURS_LEAST, CYLINDER.neighboursLeast],
    [at.SET_TRUST_FULL, CYLINDER.trustFull],
    [at.SET_SPATIAL_END, SPATIAL.length - 1],
    [at.SET_CELL_THRESHOLD, CYLINDER.threshold],
    [at.SET_VALID_LEAST, VALID_LEAST],
    [at.SET_MARGIN, CYLINDER.margin],
    [at.SET_ALONE_SQUARE, ALONE_SQUARE],
  ];
}
