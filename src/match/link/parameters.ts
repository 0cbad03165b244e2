/** Every tunable number of the linker. Measured figures stand in docs/benchmarks.md. */

// --- comparison levels -------------------------------------------------------------------------------------------
/** Jaro-Winkler from which two names are the same name written differently (Splink's first fuzzy level). */
export const CLOSE_NAME = 0.92;
/** Jaro-Winkler from which two names may be one. */
export const SOUND_ALIKE = 0.85;
/** Letters both names need before a single slip counts as close: JOSE and JOSH are different people. */
export const SLIP_LENGTH = 5;
/** Inches and pounds apart, by level; a tenth inch over the last is another person. */
export const HEIGHT_BANDS: readonly number[] = [1, 3, 5];
export const WEIGHT_BANDS: readonly number[] = [10, 30, 60];
/** Days an arrest may follow the offence and still fit it. */
export const FITS_DAYS = 3;
/** Days apart that are near rather than different. */
export const NEAR_DAYS = 31;
/** Places for remembered word comparisons of each kind, a power of two; at nine bytes each they take 7 MB in all. */
export const MEMO_PLACES = 262_144;

// --- term frequency ----------------------------------------------------------------------------------------------
/** Records the model's own frequency is worth beside the table's: a table of 50 borrows it, one of 5,000 hardly. */
export const FREQUENCY_PRIOR = 100;
/** Below this many records the spread of frequencies is not estimated but assumed. */
export const SPREAD_RECORDS = 500;
export const ASSUMED_SPREAD = 0.5;
export const SPREAD_LIMITS = { least: 0.05, most: 50 } as const;
/** No value is rarer than this, however large the table. */
export const RAREST_VALUE = 0.000_000_5;
/** A number may stand on this many records of one person before it counts as shared between people. */
export const OWN_NUMBER_RECORDS = 5;

// --- weights -----------------------------------------------------------------------------------------------------
/** No level's m or u is believed below this: nothing is impossible in data people typed. */
export const LEAST_CHANCE = 0.000_000_1;

// --- blocking ----------------------------------------------------------------------------------------------------
/** A bucket with more rows than this is passed over: a finer pass finds its true pairs. */
export const BUCKET_LIMIT = 400;
/** Candidates of one record; measured mean at a million bookings is in docs/benchmarks.md. */
export const CANDIDATE_LIMIT = 6_000;
/** Letters of a name's beginning that outlive a slip further on. */
export const PREFIX_LETTERS = 3;

// --- probability -------------------------------------------------------------------------------------------------
/** Pairs whose odds cannot reach this are dropped at once. */
export const KEPT_ODDS = 0.000_3;
/** However well a file is covered, this share of its records is allowed to have no partner at all. */
export const LEAST_UNMATCHED = 0.01;
/** Records with and without partner that stand behind the estimate before any is seen. */
export const COVERAGE_PRIOR = { matched: 1, unmatched: 1 } as const;
/** Rounds of estimating how many links there are; measured: steady to 1e-6 within 15. */
export const PRIOR_ROUNDS = 30;
/** Probability from which two candidates are taken for one person, and so for no rivals. */
export const SAME_PERSON = 0.9;

/** Share of namesakes who are relatives too, and so may share address, race or phone; half of them Jr and Sr. */
export const NAMESAKE_SHARE = 0.5;
/** Records the model's own share of relatives is worth beside a file's, and how far a file may move it. */
export const RELATIVES_PRIOR = 50;
export const RELATIVES_RANGE = 20;
export const RELATIVES_LEAST = 0.01;
export const RELATIVES_ROUNDS = 30;

// --- training ----------------------------------------------------------------------------------------------------
/** Random pairs compared to learn u; a chance of 1 in 10,000 is then known to a seventh. */
export const RANDOM_PAIRS = 500_000;
/** Pairs of one pass that expectation and maximisation looks at. */
export const TRAINING_PAIRS = 30_000;
/** A prime step through the rows of a file. */
export const SCATTER_STEP = 7_919;
export const EM_ROUNDS = 200;
/** Largest change of any chance at which estimation, and each pass of training, has settled. */
export const EM_SETTLED = 0.000_01;
export const TRAINING_SETTLED = 0.000_2;
/** True pairs that the first guess of a lookalike's ratio is worth, and how far it may move. */
export const LOOKALIKE_PRIOR = 50;
export const LOOKALIKE_RANGE = 10;
/** Expected true pairs a pass must hold before it teaches anything. */
export const LEAST_TRUE_PAIRS = 25;
/** True pairs the starting m is worth. */
export const M_PRIOR = 8;
/** Share of the starting m that stays in a trained one. */
export const M_DOUBT = 0.1;
/** Random pairs the starting u is worth. */
export const U_PRIOR = 50;
/** Start of the share of true pairs in a pass. */
export const START_SHARE = 0.2;

// --- decision ----------------------------------------------------------------------------------------------------
/**
 * Attach only where the booking is the person's from this probability on: one wrong person in 10,000 by the model's
 * own word, at most. `benchlink link thresholds` shows what other values would give; docs/benchmarks.md has the table.
 */
export const ATTACH_PERSON = 0.9999;
/** And is of this event from here on: another booking of the right person carries the right prints. */
export const ATTACH_PROBABILITY = 0.9995;
/** Bits between the best booking and the runner-up: 12 bits is four thousand times likelier. */
export const ATTACH_GAP = 12;
/** Below this nobody is asked: nineteen in twenty reviews would be for nothing. */
export const REVIEW_PROBABILITY = 0.05;
/** The gap where there is no runner-up at all. */
export const NO_RIVAL_GAP = 99;
/** Candidates a decision names. */
export const SHOWN_CANDIDATES = 5;
/** Outright differences among names, birth date, sex and numbers that a decision may pass over. */
export const TOLERATED_DIFFERENCES = 1;

// --- drift -------------------------------------------------------------------------------------------------------
/** Random pairs looked at after a run. */
export const DRIFT_PAIRS = 100_000;
/** A field this much less complete than before, or a value this much commoner, is worth a look. */
export const DRIFT_COMPLETENESS = 0.05;
/** More stand-ins than this among the values of a field: a source has begun to fill it. */
export const DRIFT_STAND_IN = 0.05;
/** No single birth date or number is this common by nature. */
export const DRIFT_COMMONEST = 0.005;
export const RARE_FIELDS: readonly string[] = ['dob', 'ssn', 'oln', 'cii', 'fbi', 'phone'];
/** Records that must hold a value before it counts as a default. */
export const DRIFT_VALUES = 10;
/** Records below which random pairs are too few to tell a weight from. */
export const DRIFT_RECORDS = 1_000;
/** Bits by which a weight may move before it is worth a look: a factor of three. */
export const DRIFT_BITS = 1.6;
/** Chances rarer than this cannot be told from the random pairs. */
export const TELLING_CHANCE = 0.000_1;
