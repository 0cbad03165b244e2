// AssemblyScript: the 1:N search with 128-bit SIMD. `plain.ts` is the twin that gives the same integers.
export { setProbe, setRules, setTables } from './probe';
export { best, scan } from './scan';
export { verify } from './verify';

/** Grows the memory to hold at least `bytes`. */
export function reserve(bytes: usize): void {
  const pages = <i32>((bytes + 0xffff) >>> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
}
