/**
 * What the linker may know of a person and of the event that brought them in. Every value is optional text as the
 * source wrote it; the linker normalises for itself. Dates: `YYYYMMDD`, ISO, or US month/day/year.
 */
export interface LinkRecord extends LinkNames {
  /** The caller's own key; never used as evidence. */
  readonly id: string;
  readonly dob?: string | undefined;
  readonly sex?: string | undefined;
  readonly race?: string | undefined;
  readonly heightInches?: number | string | undefined;
  readonly weightPounds?: number | string | undefined;
  readonly ssn?: string | undefined;
  readonly oln?: string | undefined;
  readonly olnState?: string | undefined;
  /** State identification number (CII in California, SID elsewhere), founded on prints. */
  readonly cii?: string | undefined;
  /** FBI number (UCN), founded on prints. */
  readonly fbi?: string | undefined;
  readonly phone?: string | undefined;
  readonly street?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly zip?: string | undefined;
  readonly arrestDate?: string | undefined;
  readonly offenseDate?: string | undefined;
  readonly citationDate?: string | undefined;
  /** Who arrested or cited: an ORI, or a name used in both files. */
  readonly agency?: string | undefined;
  /** The leading charge, a statute number or its title. */
  readonly charge?: string | undefined;
  readonly aliases?: readonly LinkNames[] | undefined;
  /** Anything else worth comparing, by column name; compared as text, weighed by how common the value is. */
  readonly other?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A name as it is written in one place. */
export interface LinkNames {
  readonly given?: string | undefined;
  readonly middle?: string | undefined;
  readonly surname?: string | undefined;
  readonly suffix?: string | undefined;
}

/** A warrant adds the day the person failed to appear: no booking after it can be its origin. */
export interface LinkWarrant extends LinkRecord {
  readonly failureToAppearDate?: string | undefined;
}
