import { pngDataUrl } from '../figure.ts';
import { escapeHtml } from '../html.ts';
import type { ExaminedPrint } from './side.ts';

/** `4-enhanced` as `4 enhanced`. */
function words(step: string): string {
  return escapeHtml(step.replaceAll('-', ' '));
}

/** Every step of how a print was read, as pictures. */
export async function stepFigures(print: ExaminedPrint): Promise<string> {
  const figures = await Promise.all(
    [...print.steps].map(
      async ([step, image]) =>
        `<figure><img src="${await pngDataUrl(image)}" alt="${words(step)}"><figcaption>${words(step)}</figcaption></figure>`,
    ),
  );
  if (figures.length === 0) return '';
  return `<details><summary>How ${escapeHtml(print.name)} was read, step by step</summary><div class="steps">${figures.join('')}</div></details>`;
}
