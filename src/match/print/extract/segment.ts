import { EXTRACT, SEGMENT } from '../parameters.ts';
import { blur, gaussianTaps, type Plane, plane } from './grid.ts';
import { cellMeans, type Normalised } from './normalise.ts';

function above(values: Float32Array, floor: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) if (values[i]! > floor) mask[i] = 1;
  return mask;
}

/** 1 where there may be ridges: local contrast against the print's own. */
export function contrastMask(normalised: Normalised): Uint8Array {
  const { contrast, high } = normalised;
  const floor = Math.max(SEGMENT.contrastMin, high * SEGMENT.contrastShare);
  return above(contrast.data, floor);
}

/** Share of the local energy that the ridge wave explains, 0-1, on the grid. */
export function waveShare(normalised: Plane, enhanced: Plane): Plane {
  const taps = gaussianTaps(SEGMENT.shareSigma);
  const total = blur(cellMeans(normalised, 'square'), taps);
  const wave = blur(cellMeans(enhanced, 'square'), taps);
  const share = plane(total.width, total.height);
  for (let i = 0; i < share.data.length; i++) {
    share.data[i] = Math.min(1, wave.data[i]! / (total.data[i]! + 0.02));
  }
  return share;
}

/** Keeps the components of at least `SEGMENT.componentShare` of the largest one's size. */
function keepLargeComponents(mask: Uint8Array, width: number, height: number): Uint8Array {
  const label = new Int32Array(mask.length);
  const sizes: number[] = [0];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || label[start]) continue;
    const id = sizes.push(0) - 1;
    label[start] = id;
    stack.push(start);
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      sizes[id]! += 1;
      const x = i % width;
      const around = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
      for (const j of around) {
        if (j < 0 || j >= width * height || !mask[j] || label[j]) continue;
        label[j] = id;
        stack.push(j);
      }
    }
  }
  const floor = Math.max(...sizes) * SEGMENT.componentShare;
  return mask.map((_, i) => (label[i]! > 0 && sizes[label[i]!]! >= floor ? 1 : 0));
}

function fillHoles(mask: Uint8Array, width: number, height: number): Uint8Array {
  const inverse = mask.map((m) => 1 - m);
  const reached = new Uint8Array(mask.length);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (inverse[i] && !reached[i]) {
      reached[i] = 1;
      stack.push(i);
    }
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i + width < mask.length) visit(i + width);
  }
  return reached.map((r) => 1 - r);
}

/** Foreground on the grid: contrast and ridge wave both present, smoothed, without crumbs and holes. */
export function segment(contrast: Uint8Array, share: Plane): Uint8Array {
  const { width, height } = share;
  const votes = plane(width, height);
  for (let i = 0; i < votes.data.length; i++) {
    votes.data[i] = contrast[i] && share.data[i]! > EXTRACT.reliabilityFloor ? 1 : 0;
  }
  const smooth = blur(votes, gaussianTaps(SEGMENT.maskSigma));
  const mask = above(smooth.data, 0.5);
  return fillHoles(keepLargeComponents(mask, width, height), width, height);
}
