/** A synthetic person as the truth has them. Dates are ISO (`YYYY-MM-DD`); no identifier is ever issued to anybody. */
export interface SynthPerson {
  /** Unique in its draw, `P000001`. */
  readonly id: string;
  readonly given: string;
  readonly middle?: string;
  readonly surname: string;
  /** `JR`, `SR`, `II`, `III`. */
  readonly suffix?: string;
  readonly dob: string;
  readonly sex: 'M' | 'F';
  /** NCIC race code: A, B, I, U or W. */
  readonly race: string;
  /** NCIC eye and hair colour codes. */
  readonly eye: string;
  readonly hair: string;
  readonly heightInches: number;
  readonly weightPounds: number;
  /** Nine digits in area 900-999, which the Social Security Administration does not issue. */
  readonly ssn: string;
  readonly oln: string;
  readonly olnState: string;
  /** State identification number, `A` and eight digits. */
  readonly cii: string;
  readonly fbi?: string;
  /** Ten digits, exchange 555. */
  readonly phone: string;
  readonly address: SynthAddress;
  /** Who this person is easily taken for. */
  readonly relation?: SynthRelation;
}

export interface SynthAddress {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

export interface SynthRelation {
  readonly kind: 'twin' | 'child' | 'sibling' | 'namesake' | 'reversed-name';
  /** `id` of the other person. */
  readonly of: string;
}

/** Shares of each hard case among all people drawn; each makes one more person beside an ordinary one. */
export interface RelationShares {
  /** Same surname, birth date and address, another given name (half of them with the same first letter). */
  readonly twin: number;
  /** Same given name, surname and address, `JR` and `SR`, a generation apart. */
  readonly child: number;
  /** Same surname and address, one to eight years apart. */
  readonly sibling: number;
  /** A stranger with the same given name and surname; one in five also shares the birth date. */
  readonly namesake: number;
  /** A stranger whose given name and surname are this one's the other way round. */
  readonly reversedName: number;
}
