import type { GreyImage, SingularPoint, Template } from '../../types.ts';

/** One print as an examiner's page shows it. */
export interface ExaminedPrint {
  readonly name: string;
  readonly image: GreyImage;
  readonly template: Template;
  readonly singularPoints: readonly SingularPoint[];
  /** What a clerk could do better, in sentences. */
  readonly notes: readonly string[];
  /** Whether the resolution it was read at is probably wrong. */
  readonly doubted: boolean;
  /** Pictures of the extraction's steps, by step name. */
  readonly steps: ReadonlyMap<string, GreyImage>;
}

/** The picture in which ridges are clearest, at 500 ppi; the print itself where no steps were kept. */
export function enhancedOf(print: ExaminedPrint): GreyImage {
  for (const [step, image] of print.steps) if (step.includes('enhanced')) return image;
  return print.image;
}
