/** NCIC NAM: at most this many characters (domain brief A.2, marked [R]; the edits hold the configured value). */
export const NAM_LENGTH = 30;

/** NCIC MIS: at most this many characters (domain brief A.2, marked [R]; the edits hold the configured value). */
export const MIS_LENGTH = 500;

/** Longest text message taken to fit a switch's line, characters; a switch's own limit is not public. */
export const TEXT_LENGTH = 4000;

/** Minutes within which a hit confirmation must be answered, urgent and routine (domain brief C.1). */
export const HIT_MINUTES = { U: 10, R: 60 } as const;
