/** Every tunable number of the match stage; those of print matching itself are in print/parameters.ts. */

/** Prints below this quality (0-100) are not compared at all (domain brief G.4: refuse below about 10). */
export const QUALITY_GATE = 10;

/** From here up a print is good enough for its non-match to count as a contradiction (warn below about 30). */
export const QUALITY_GOOD = 30;

/** A search hit is strong when so few false ones are to be expected from the whole gallery. */
export const MAX_EXPECTED_FALSE_CANDIDATES = 0.1;

/**
 * A stranger below this share of the own record's score is chance: no impostor comes near a genuine score, and no
 * second print of one finger falls so far below the first (half: genuine scores of one finger vary less).
 */
export const CHANCE_SHARE = 0.5;

/** Candidates kept with a check, for the examiner. */
export const CANDIDATES_KEPT = 5;

/** Warrants of one page and one transaction. */
export const PAGE_SIZE = 200;

/** Index entries of one read of the gallery. */
export const INDEX_PAGE = 5000;

/** Days after issue at which a warrant waiting for an examiner goes without the number ("immediately", C.1). */
export const WAIT_LIMIT_DAYS = 3;
