import type { GreyImage } from '../../match/print/types.ts';
import { drawImpression, type ImpressionOptions } from './impression.ts';
import { drawMaster } from './master.ts';
import type { Seed } from './noise.ts';
import { type Thumb, thumbClass } from './thumb-class.ts';
import type { MasterFinger } from './types.ts';

/** The thumbs of a county's people. What it draws depends on the county's seed and the names asked for only. */
export interface PrintGallery {
  /** The finger itself; masters asked for lately are kept. */
  master(person: string, thumb: Thumb): MasterFinger;
  /** One print of it. `occasion` names the taking, such as a booking number: same name, same bytes. */
  impression(person: string, thumb: Thumb, occasion: string, options?: ImpressionOptions): GreyImage;
}

export interface GalleryOptions {
  /** Masters kept in memory, 169 KB each. */
  readonly keep?: number;
}

/** A gallery of thumbs drawn on demand: about 90 ms a master and 30 ms an impression on one core. */
export function createGallery(county: Seed, options: GalleryOptions = {}): PrintGallery {
  const keep = options.keep ?? 16;
  const kept = new Map<string, MasterFinger>();
  const master = (person: string, thumb: Thumb): MasterFinger => {
    const key = `${county}/${person}/${thumb}`;
    const found = kept.get(key) ?? drawMaster(key, { fingerClass: thumbClass(`${county}/${person}`, thumb) });
    // Taken out and put back, so that the map's order is that of last use.
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > keep) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
    return found;
  };
  return {
    master,
    impression: (person, thumb, occasion, how) => drawImpression(master(person, thumb), occasion, how),
  };
}
