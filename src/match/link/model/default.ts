import { checkModel } from './check.ts';
import json from './default-model.json' with { type: 'json' };
import { startModel } from './start.ts';
import type { LinkModel } from './types.ts';

/**
 * The shipped model, learned from the synthetic linkage county (`benchlink link train --synthetic`). A county's own
 * bookings and warrants teach a better one.
 */
export function defaultModel(): LinkModel {
  return checkModel(json);
}

/**
 * The model for files of unknown make: what strangers have in common as the shipped model learned it, and mistakes as
 * the starting model allows for them, because other people's files hold more than a county's own desks make.
 */
export function fileModel(): LinkModel {
  const { fields: starting } = startModel();
  const shipped = defaultModel();
  const fields = Object.entries(shipped.fields).map(([name, field]) => {
    return [name, { ...field, m: starting[name]?.m ?? field.m }] as const;
  });
  return { ...shipped, name: 'files of unknown make', fields: Object.fromEntries(fields) };
}
