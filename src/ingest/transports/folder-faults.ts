import { BenchlinkError } from '../../errors.ts';
import { type Fetched, notice } from './transport.ts';

/** The system's code of a fault, e.g. `ENOENT`; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The notice of a file that is not whole yet, or should have been by now. */
export function unfinished(name: string, state: 'growing' | 'overdue'): Fetched {
  return state === 'growing'
    ? notice(
        name,
        'SRC-INCOMPLETE',
        'warning',
        'The file is still being written; it will be taken when it is whole.',
      )
    : notice(
        name,
        'SRC-INCOMPLETE',
        'error',
        'The file looks half-written: its mark or trailer has not come for over an hour. Ask the sender for it again.',
      );
}

/** A file system fault in words an operator can act on; always worth another try. */
export function folderError(folder: string, error: unknown): BenchlinkError {
  const code = codeOf(error);
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'the folder does not exist; create it or correct the path',
    EACCES: 'this user may not read, write and rename there; grant the permissions',
    EPERM: 'this user may not read, write and rename there; grant the permissions',
    ENOTDIR: 'it is not a folder; correct the path',
    ENOSPC: 'the disk is full; free some space',
    EXDEV: 'its subfolders lie on another file system, where a rename cannot claim; keep them on one',
    EROFS: 'the file system is read-only; files cannot be claimed there',
  };
  const text = why[code] ?? (error instanceof Error ? error.message : String(error));
  return new BenchlinkError(
    'retry',
    'SRC-CONNECT',
    `Folder ${folder}: ${text}.`,
    { cause: code },
    { cause: error },
  );
}
