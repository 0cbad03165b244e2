import { LEARNED } from './learned.ts';
import { type Model, unpackModel } from './model-format.ts';

/** The learned description of minutiae in use. */
export const MODEL: Model = unpackModel(LEARNED);
