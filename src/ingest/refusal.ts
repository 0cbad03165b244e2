import type { Problem, ReasonCode } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';

/** Thrown inside a reader when the whole input must be refused; parsers turn it into a file problem. */
export class Refusal extends BenchlinkError {
  readonly reason: ReasonCode;
  readonly line: number | undefined;

  constructor(reason: ReasonCode, message: string, line?: number) {
    super('reject', reason, message, line === undefined ? {} : { line });
    this.name = 'Refusal';
    this.reason = reason;
    this.line = line;
  }

  /** The refusal as the file's problem. */
  problem(): Problem {
    return {
      code: this.reason,
      severity: 'error',
      message: this.message,
      ...(this.line === undefined ? {} : { line: this.line }),
    };
  }
}
