export interface CheckContext {
  readonly source: string;
  /** Today in the court's zone, ISO. */
  readonly today: string;
}
