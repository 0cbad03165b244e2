import type { Problem, Warrant } from '../../domain/index.ts';
import type { WarrantMessage } from './model.ts';

/** A way of writing messages: the destination's format. The same model goes in, whatever the format. */
export interface Profile {
  readonly name: 'niem-6' | 'niem-6-json' | 'ojbc-3' | 'ncic-text';
  readonly contentType: string;
  build(message: WarrantMessage): Uint8Array;
  /** Against the schema of the format. */
  validate(bytes: Uint8Array): readonly Problem[];
  /** NAM as this format writes it; undefined where the name cannot be written without guessing. */
  nameOf(warrant: Warrant): string | undefined;
}
