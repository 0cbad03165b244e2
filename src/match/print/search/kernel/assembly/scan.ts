// AssemblyScript: the first step of the search, and the best evidence of single entries.
import { groupEvidence, lookForAll, lookForScanned } from './evidence';
import { laneSum, largestOfEach } from './fold';
import { GROUP, HEADER, LANES, MINUTIAE } from './layout';
import { scanCount } from './probe';

/** First step: u16 scores of `count` entries to `out`. `scratch` holds 16 bytes a probe minutia, 16 of them at a time. */
export function scan(entries: usize, stride: usize, count: i32, shares: usize, scratch: usize, out: usize): void {
  const zero = i8x16.splat(0);
  const end = scratch + <usize>((scanCount + 15) & ~15) * LANES;
  for (let e = 0; e < count; e++) {
    const entry = entries + <usize>e * stride;
    const kept = <i32>load<u8>(entry);
    const groups = (kept + 15) >> 4;
    for (let at = scratch; at < end; at += LANES) v128.store(at, zero);
    for (let g = 0; g < groups; g++) {
      const group = entry + HEADER + <usize>g * GROUP;
      lookForScanned(group);
      groupEvidence(group, scratch, LANES, true);
    }
    let sum = 0;
    for (let at = scratch; at < end; at += 256) sum += laneSum(largestOfEach(at));
    const score = <u32>(sum * <i32>load<u16>(shares + (<usize>kept << 1))) >> 4;
    store<u16>(out + (<usize>e << 1), <u16>min<u32>(score, 0xffff));
  }
}

/**
 * The best evidence of each probe minutia in each of `count` entries, signed bytes, `MINUTIAE` an entry to `out`;
 * `scratch` as for `scan`.
 */
export function best(entries: usize, stride: usize, count: i32, scratch: usize, out: usize): void {
  const none = i8x16.splat(-128);
  const end = scratch + <usize>MINUTIAE * LANES;
  for (let e = 0; e < count; e++) {
    const entry = entries + <usize>e * stride;
    const groups = (<i32>load<u8>(entry) + 15) >> 4;
    for (let at = scratch; at < end; at += LANES) v128.store(at, none);
    for (let g = 0; g < groups; g++) {
      const group = entry + HEADER + <usize>g * GROUP;
      lookForAll(group);
      groupEvidence(group, scratch, LANES, true);
    }
    const row = out + <usize>(e * MINUTIAE);
    for (let p: usize = 0; p < <usize>MINUTIAE; p += LANES) v128.store(row + p, largestOfEach(scratch + p * LANES));
  }
}
