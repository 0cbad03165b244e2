import { checkModel } from './check.ts';
import json from './default-model.json' with { type: 'json' };
import type { LinkModel } from './types.ts';

/**
 * The shipped model, learned from the synthetic linkage county (`benchlink link train --synthetic`). A county's own
 * bookings and warrants teach a better one.
 */
export function defaultModel(): LinkModel {
  return checkModel(json);
}
