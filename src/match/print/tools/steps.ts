import type { GreyImage, TraceSink } from '../types.ts';

/** Collects the pictures and figures a trace reports, by step name. */
export class StepCollector implements TraceSink {
  readonly images = new Map<string, GreyImage>();
  readonly figures = new Map<string, Readonly<Record<string, number | string>>>();

  image(step: string, image: GreyImage): void {
    this.images.set(step, image);
  }

  values(step: string, values: Readonly<Record<string, number | string>>): void {
    this.figures.set(step, values);
  }
}
