/** Tunable numbers of sending. Times in milliseconds unless the name says otherwise. */

export const CONNECT_TIMEOUT_MS = 10_000;
/** From the request to the whole answer; beyond it the message is unsure and is asked about. */
export const RESPONSE_TIMEOUT_MS = 30_000;
/** Connections kept to one destination. */
export const MAX_CONNECTIONS = 8;
/** An answer is a few kilobytes. */
export const MAX_ANSWER_BYTES = 1_048_576;

/** Messages claimed, and therefore counted as attempted, in one transaction. */
export const CLAIM_BATCH = 64;
/** Messages on the wire at one time. */
export const CONCURRENCY = 8;
/** Units of work that share one transaction, and with it one fsync. */
export const GROUP_LIMIT = 64;
/** Verified warrants built into messages at a time. */
export const BUILD_PAGE = 64;
/** No message waits longer than this to be sent or asked about; a later time was set by a clock that ran ahead. */
export const LONGEST_PAUSE_MS = 3_600_000;
/** A worker that has not renewed its lease for so long is dead; its messages are taken over. Seconds. */
export const WORKER_LEASE_S = 60;

/** Messages a second to one destination, and how many may go at once after a pause (OJBC ships 1/s). */
export const RATE_PER_SECOND = 20;
export const BURST = 40;

/** First pause before the same bytes go again; doubled each time, with jitter, up to the cap. */
export const BACKOFF_BASE_MS = 1000;
export const BACKOFF_CAP_MS = 15 * 60_000;
/** First pause before an unsure message is asked about again, and its cap. */
export const ASK_BASE_MS = 500;
export const ASK_CAP_MS = 10 * 60_000;
/** A message not settled for so long after it was built is an alarm, not a reason to try harder. */
export const RESEND_WINDOW_MS = 24 * 3_600_000;
/** Attempts that never reached the wire before a message is dead: it cannot be sent as it is. */
export const MAX_ATTEMPTS_BEFORE_WIRE = 10;

/** The fast lane sends what has this priority or a more urgent one: recalls and what follows from them. */
export const FAST_LANE = 1;

/** Failures in a row that open the breaker, and for how long nothing is sent then. */
export const BREAKER_FAILURES = 5;
export const BREAKER_OPEN_MS = 30_000;

/** How long a run waits for messages that are not settled yet before it leaves them to the next run. */
export const PATIENCE_MS = 60_000;

/** A record must be validated within so many days of its entry or last validation (domain brief C.1, [R]). */
export const VALIDATE_DAYS = 60;
/** Days before the validation date at which a record comes onto the list. */
export const VALIDATE_AHEAD_DAYS = 30;

/** A recall without the destination's acknowledgement: amber and red, hours (our policy; domain brief C.1). */
export const RECALL_AMBER_MS = 4 * 3_600_000;
export const RECALL_RED_MS = 24 * 3_600_000;
/** Entry "immediately" means within three days of issue (14B NCAC 18B .0202). */
export const ENTRY_DAYS = 3;
/** Certificates that end within so many days are an alert. */
export const CERTIFICATE_ALERT_DAYS = 30;

/** Messages of one version that a destination may refuse as "not now" before a person looks at it. */
export const MAX_RESUBMISSIONS = 5;
