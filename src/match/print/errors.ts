export type PrintErrorCode =
  | 'PRINT-EMPTY'
  | 'PRINT-FORMAT-UNKNOWN'
  | 'PRINT-MALFORMED'
  | 'PRINT-TRUNCATED'
  | 'PRINT-TOO-LARGE'
  | 'PRINT-TOO-SMALL'
  | 'PRINT-TIMEOUT'
  | 'PRINT-RESOLUTION'
  | 'PRINT-UNSUPPORTED'
  | 'PRINT-NO-IMAGE'
  | 'PRINT-TEMPLATE'
  | 'PRINT-INDEX';

/** Every malformed or unusable input to this library ends in one of these, never in a crash. */
export class PrintError extends Error {
  readonly code: PrintErrorCode;

  constructor(code: PrintErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PrintError';
    this.code = code;
  }
}
