/** Largest message the intake reads, bytes: a package with ten 45 KB prints in base64 stays below it. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Messages put into one transaction at most; their fsync is shared (measured in docs/intake.md). */
export const MAX_BATCH = 100;

/** How long a queued message stays queued before the desk works on it, milliseconds. */
export const QUEUE_MS = 250;

/** How late a late answer is, milliseconds. */
export const LATE_MS = 1500;

/** Pause between the pieces of a slow answer, milliseconds, and the number of pieces. */
export const SLOW_PIECE_MS = 40;
export const SLOW_PIECES = 10;

/** How long a half-open connection is held before the intake lets go, milliseconds. */
export const HALF_OPEN_MS = 60_000;

/** Records a page of the active list reads from the database at a time. */
export const LIST_PAGE = 2000;

/** Days after which a record must be validated; first cycle (domain brief C.1, marked [R]: configuration). */
export const VALIDATE_AFTER_DAYS = 60;

/** Days a record may stay past its validation date before a purge run removes it. */
export const PURGE_AFTER_DAYS = 30;

/** How often a drop folder is looked through, milliseconds. */
export const DROP_PASS_MS = 1000;
