import { readFileSync } from 'node:fs';
import { BenchlinkError, errorText } from '../errors.ts';
import { checkModel, defaultModel, type LinkModel } from '../match/link/index.ts';

/**
 * The model of a file, as `benchlink link train` writes it, or the shipped one.
 * @throws BenchlinkError `LINK_FILE_UNREADABLE` or `LINK_MODEL_INVALID`
 */
export function linkModel(file: string | undefined): LinkModel {
  if (file === undefined) return defaultModel();
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BenchlinkError(
      'usage',
      'LINK_FILE_UNREADABLE',
      `The linkage model ${file} cannot be read as JSON: ${errorText(error)}`,
    );
  }
  return checkModel(json);
}
