/** Name and version of the model file; a file of another version is refused, never half understood. */
export const MODEL_FORMAT = 'benchlink-link-model';
export const MODEL_VERSION = 1;

/** Chances of each level of one field, best level first, the "cannot be compared" case left out. */
export interface FieldModel {
  readonly levels: readonly string[];
  /** Chance of each level where two records are of one person. */
  readonly m: readonly number[];
  /** Chance of each level where they are not. */
  readonly u: readonly number[];
  /** Chance that a near relative has the very same value. */
  readonly shared: number;
}

/** What is expected of a record before anything is compared. */
export interface LinkPrior {
  /** Share of warrants whose own booking is in the table. */
  readonly coverage: number;
  /** Near relatives of a person in the table. */
  readonly relatives: number;
  /** People of the very same given name and surname beyond chance: fathers and sons, cousins, custom. */
  readonly namesakes: number;
  /** Bookings of the same person for other events in the table. */
  readonly otherEvents: number;
}

/** A linkage model: data, not code. Written by `benchlink link train`, read by every run. */
export interface LinkModel {
  readonly format: typeof MODEL_FORMAT;
  readonly version: typeof MODEL_VERSION;
  readonly name: string;
  /** How it was made: what was compared, no personal data. */
  readonly trained: {
    readonly on: string;
    readonly leftRecords: number;
    readonly rightRecords: number;
    readonly randomPairs: number;
    /** Fields whose m came from this training; the others kept their starting values. */
    readonly learned: readonly string[];
  };
  readonly prior: LinkPrior;
  readonly fields: Readonly<Record<string, FieldModel>>;
}
