import type { LinkModel } from '../match/link/index.ts';
import { startModel } from '../match/link/model/start.ts';

/** The model the nightly run links with; training is a command of its own. */
export function shippedModel(): LinkModel {
  return startModel();
}
