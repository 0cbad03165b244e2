// AssemblyScript: the hot loops of print matching, 128-bit SIMD. Each has a plain TypeScript twin that gives the
// same numbers bit for bit.
export { blur } from './blur';
export { compare } from './compare';
export { cylinders } from './cylinders';
export { gabor } from './gabor';

/** Grows the memory to hold at least `bytes`. */
export function reserve(bytes: usize): void {
  const pages = <i32>((bytes + 0xffff) >>> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
}
