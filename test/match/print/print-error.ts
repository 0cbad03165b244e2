import { PrintError } from '../../../src/match/print/index.ts';

/** Code of the PrintError that the work ends in, `none` where it ends well; any other error goes on. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PrintError) return error.code;
    throw error;
  }
  return 'none';
}
