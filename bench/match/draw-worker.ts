import { encodeTemplate, indexEntry } from '../../src/match/print/index.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';

export interface DrawnPrior {
  readonly template: Uint8Array;
  readonly entry: Uint8Array;
}

/** Prints of the fingers `from` to `to` (exclusive) of a series. */
export default function draw(task: { series: string; from: number; to: number }): DrawnPrior[] {
  return Array.from({ length: task.to - task.from }, (_, k) => {
    const template = drawTemplate(drawSparseFinger(`${task.series}-${task.from + k}`), 'enrolled');
    return { template: encodeTemplate(template), entry: indexEntry(template) };
  });
}
