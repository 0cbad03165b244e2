import { arcTangent2 } from '../kernels/maths.ts';
import { EXTRACT } from '../parameters.ts';
import { blur, gaussianTaps, type Plane, plane } from './grid.ts';
import { gridOf } from './normalise.ts';

/** Ridge orientation on the grid as a double-angle vector whose length is the coherence, 0-1. */
export interface OrientationField {
  readonly cosine2: Plane;
  readonly sine2: Plane;
  readonly coherence: Plane;
}

/** Binomial smoothing by 1 4 6 4 1 each way: keeps ridges, drops pores and pixel noise. */
export function smoothFine(image: Plane): Plane {
  return blur(image, new Float32Array([6 / 16, 4 / 16, 1 / 16]));
}

interface Tensor {
  /** gxx - gyy, 2 gxy and gxx + gyy summed over each cell. */
  readonly difference: Plane;
  readonly cross: Plane;
  readonly energy: Plane;
}

/** Squared-gradient tensor per cell (Bazen and Gerez 2002). */
function structureTensor(image: Plane): Tensor {
  const { width, height, data } = image;
  const difference = gridOf(image);
  const cross = gridOf(image);
  const energy = gridOf(image);
  const size = EXTRACT.cell;
  for (let cell = 0; cell < energy.data.length; cell++) {
    const left = (cell % energy.width) * size;
    const top = Math.floor(cell / energy.width) * size;
    const right = Math.min(width - 1, left + size);
    const bottom = Math.min(height - 1, top + size);
    let d = 0;
    let c = 0;
    let e = 0;
    for (let y = Math.max(1, top); y < bottom; y++) {
      const end = y * width + right;
      for (let i = y * width + Math.max(1, left); i < end; i++) {
        const gx = data[i + 1]! - data[i - 1]!;
        const gy = data[i + width]! - data[i - width]!;
        d += gx * gx - gy * gy;
        c += gx * gy;
        e += gx * gx + gy * gy;
      }
    }
    difference.data[cell] = d;
    cross.data[cell] = 2 * c;
    energy.data[cell] = e;
  }
  return { difference, cross, energy };
}

function blurTensor(tensor: Tensor, sigma: number): Tensor {
  const taps = gaussianTaps(sigma);
  return {
    difference: blur(tensor.difference, taps),
    cross: blur(tensor.cross, taps),
    energy: blur(tensor.energy, taps),
  };
}

/**
 * Ridge orientation: fine window where the gradients agree, the wide one's answer where they do not, so that
 * noise is bridged and the turn around a core is kept.
 */
export function estimateOrientation(image: Plane): OrientationField {
  const raw = structureTensor(image);
  const fine = blurTensor(raw, EXTRACT.orientationSigma);
  const wide = blurTensor(raw, EXTRACT.orientationWideSigma);
  const cosine2 = plane(raw.energy.width, raw.energy.height);
  const sine2 = plane(raw.energy.width, raw.energy.height);
  const coherence = plane(raw.energy.width, raw.energy.height);
  for (let i = 0; i < raw.energy.data.length; i++) {
    const fineC = -fine.difference.data[i]! / (fine.energy.data[i]! + 1e-6);
    const fineS = -fine.cross.data[i]! / (fine.energy.data[i]! + 1e-6);
    const wideC = -wide.difference.data[i]! / (wide.energy.data[i]! + 1e-6);
    const wideS = -wide.cross.data[i]! / (wide.energy.data[i]! + 1e-6);
    const trust = Math.sqrt(fineC * fineC + fineS * fineS);
    cosine2.data[i] = trust * fineC + (1 - trust) * wideC * 0.5;
    sine2.data[i] = trust * fineS + (1 - trust) * wideS * 0.5;
    coherence.data[i] = trust;
  }
  return { cosine2, sine2, coherence };
}

/** Ridge orientation of a cell in [0, pi), clockwise from the x axis as seen (y down). */
export function angleAt(field: OrientationField, cell: number): number {
  const angle = arcTangent2(field.sine2.data[cell]!, field.cosine2.data[cell]!) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}
