/**
 * Addresses in the comparison kernel's memory and offsets in a packed template, in bytes. Read by TypeScript and by
 * AssemblyScript, so plain numbers only.
 */

/** Most minutiae of a template, most local pairs, most seeds, most blocks of a ridge map. */
export const MINUTIAE_ROOM = 256;
export const PAIRS_ROOM = 32;
export const SEEDS_ROOM = 8;
export const BLOCKS_ROOM = 1024;

/** Settings, one f64 each, in this order. */
export const SETTINGS = 0;
export const SET_TURN_LIMIT = 0;
export const SET_COMMON_LEAST = 8;
export const SET_PAIRS_MOST = 16;
export const SET_OWN = 24;
export const SET_ROUNDS_RELAX = 32;
export const SET_HOPE_OFFSET = 40;
export const SET_HOPE_SCALE = 48;
export const SET_SEEDS = 56;
export const SET_GROWN = 64;
export const SET_JUDGED_SHARE = 72;
export const SET_PAIRS_LEAST = 80;
export const SET_ROUNDS_GROW = 88;
export const SET_REACH_LEAST = 96;
export const SET_REACH_GROWTH = 104;
export const SET_GAP_MOST = 112;
export const SET_DIRECTION_LIMIT = 120;
export const SET_PLACE_SQUARE = 128;
export const SET_DIRECTION_SQUARE = 136;
export const SET_LOCAL_UNIT = 144;
export const SET_LOCAL_FLOOR = 152;
export const SET_ARM = 160;
export const SET_SOFT = 168;
export const SET_OVERLAP_REACH = 176;
export const SET_DISAGREE = 184;
export const SET_TURN_REACH = 192;
export const SET_DISTANCE_MOST = 200;
export const SET_DISTANCE_STEPS = 208;
export const SET_CELLS = 216;
export const SET_CELL_WIDTH = 224;
export const SET_CELL_REACH = 232;
export const SET_NEIGHBOUR_REACH = 240;
export const SET_NEIGHBOURS_LEAST = 248;
export const SET_TRUST_FULL = 256;
export const SET_SPATIAL_END = 264;
export const SET_CELL_THRESHOLD = 272;
export const SET_VALID_LEAST = 280;
export const SET_MARGIN = 288;
export const SET_ALONE_SQUARE = 296;

/** Tables: f64 unless said otherwise. */
export const COSINES_AT = 512;
export const SINES_AT = COSINES_AT + 2048;
export const BY_TURN_AT = SINES_AT + 2048;
export const BY_DISTANCE_AT = BY_TURN_AT + 2048;
export const BY_SINE_AT = BY_DISTANCE_AT + 1024;
export const SINE_STEPS = 256;
export const RECIPROCAL_AT = BY_SINE_AT + 2064;
/** Bytes. */
export const EIGHTH_AT = RECIPROCAL_AT + 4096;
export const EIGHTH_STEPS = 512;
export const DECIDING_AT = EIGHTH_AT + 528;

/** What cylinders are built with: f64 tables by squared distance and by layer and difference of directions. */
export const LAYERS = 5;
export const SIDE = 12;
export const SPATIAL_ROOM = 1024;
export const SPATIAL_AT = DECIDING_AT + 256;
export const DIRECTIONAL_AT = SPATIAL_AT + SPATIAL_ROOM * 8;
/** f64 places of a cylinder's cells relative to its minutia; i16 bits of the cells of the square, or -1. */
export const CELLS_ROOM = 128;
export const CELL_U_AT = DIRECTIONAL_AT + LAYERS * 256 * 8;
export const CELL_V_AT = CELL_U_AT + CELLS_ROOM * 8;
export const BIT_OF_CELL_AT = CELL_V_AT + CELLS_ROOM * 8;
/** For each row of the square, i16 column and i16 bit of its first cell; the circle is symmetric. */
export const ROW_FIRST_AT = BIT_OF_CELL_AT + SIDE * SIDE * 2;
export const ROW_BIT_AT = ROW_FIRST_AT + 32;
/** Scratch: f64 places of one cylinder's cells, and what neighbours give to them, six f64 a cell. */
export const CELL_X_AT = ROW_BIT_AT + 32;
export const CELL_Y_AT = CELL_X_AT + CELLS_ROOM * 8;
export const SUMS_AT = CELL_Y_AT + CELLS_ROOM * 8;
export const SUM_BYTES = 48;

/** Results of a comparison: the relaxed local similarity, then judged alignments of `EVIDENCE_BYTES` each. */
export const LOCAL_AT = SUMS_AT + CELLS_ROOM * SUM_BYTES;
export const EVIDENCE_AT = LOCAL_AT + 16;
export const EVIDENCE_BYTES = 80;
/** f64s of an alignment's evidence. */
export const EV_WEIGHT = 0;
export const EV_PAIRS = 8;
export const EV_RESIDUAL = 16;
export const EV_CELLS = 24;
export const EV_ORIENTATION = 32;
export const EV_DISAGREE = 40;
export const EV_PERIOD = 48;
export const EV_OVERLAP_A = 56;
export const EV_OVERLAP_B = 64;
/** Address of the alignment itself. */
export const EV_ALIGNMENT = 72;

/** An alignment: i16 partner of each minutia of b, f64 weights, then f64s. */
export const AL_WEIGHTS = 512;
export const AL_COUNT = 2560;
export const AL_TOTAL = 2568;
export const AL_RESIDUAL = 2576;
export const AL_SEED_A = 2584;
export const AL_SEED_B = 2592;
export const ALIGNMENT_BYTES = 2608;
export const STARTED_AT = EVIDENCE_AT + SEEDS_ROOM * EVIDENCE_BYTES;
export const GROWN_AT = STARTED_AT + SEEDS_ROOM * ALIGNMENT_BYTES;

/** Local pairs as u16 triples, and the same after relaxation: u8 minutiae of a, then of b. */
export const PAIRS_AT = GROWN_AT + SEEDS_ROOM * ALIGNMENT_BYTES;
export const SEEDS_A_AT = PAIRS_AT + PAIRS_ROOM * 8;
export const SEEDS_B_AT = SEEDS_A_AT + PAIRS_ROOM;

/** Scratch. */
export const ORDER_AT = SEEDS_B_AT + PAIRS_ROOM;
export const STARTED_ORDER_AT = ORDER_AT + PAIRS_ROOM;
export const GROWN_ORDER_AT = STARTED_ORDER_AT + SEEDS_ROOM;
export const TURNS_AT = GROWN_ORDER_AT + SEEDS_ROOM;
export const FRIEND_COUNT_AT = TURNS_AT + PAIRS_ROOM;
export const FRIENDS_AT = FRIEND_COUNT_AT + PAIRS_ROOM;
export const RHO_AT = FRIENDS_AT + PAIRS_ROOM * PAIRS_ROOM;
export const VALUES_AT = RHO_AT + PAIRS_ROOM * PAIRS_ROOM * 8;
export const NEXT_AT = VALUES_AT + PAIRS_ROOM * 8;
export const KEPT_AT = NEXT_AT + PAIRS_ROOM * 8;
export const TOPS_AT = KEPT_AT + PAIRS_ROOM * 8;
export const COLUMNS_AT = TOPS_AT + MINUTIAE_ROOM * 2 + 16;
export const FREE_ROWS_AT = COLUMNS_AT + MINUTIAE_ROOM * 2;
export const FREE_COLUMNS_AT = FREE_ROWS_AT + MINUTIAE_ROOM * 2;
export const PLACED_X_AT = FREE_COLUMNS_AT + MINUTIAE_ROOM * 2;
export const PLACED_Y_AT = PLACED_X_AT + MINUTIAE_ROOM * 8;
export const PLACED_GAP_AT = PLACED_Y_AT + MINUTIAE_ROOM * 8;
export const PLACED_TURN_AT = PLACED_GAP_AT + MINUTIAE_ROOM * 8;
export const COST_OF_A_AT = PLACED_TURN_AT + MINUTIAE_ROOM * 4;
export const BEST_OF_A_AT = COST_OF_A_AT + MINUTIAE_ROOM * 8;
export const OTHER_AT = BEST_OF_A_AT + MINUTIAE_ROOM * 2;
export const CARRY_X_AT = OTHER_AT + MINUTIAE_ROOM * 2;
export const CARRY_Y_AT = CARRY_X_AT + BLOCKS_ROOM * 4;
export const CARRY_OWNER_AT = CARRY_Y_AT + BLOCKS_ROOM * 4;
export const CARRY_PAIRS_AT = CARRY_OWNER_AT + BLOCKS_ROOM * 4;
export const CARRY_OUT_AT = CARRY_PAIRS_AT + MINUTIAE_ROOM * 32;
/** Cells of a's ridge map that b covers, with room for a row before and after. */
export const COVERED_AT = CARRY_OUT_AT + 5 * BLOCKS_ROOM * 4 + 256;
export const MATRIX_AT = COVERED_AT + 65536 + 256;
export const TEMPLATES_AT = MATRIX_AT + MINUTIAE_ROOM * MINUTIAE_ROOM * 2 + 64;

/** Bytes of a packed cylinder: mask, five layers. */
export const CYLINDER_BYTES = 96;
/** Bytes of its planes: in how many layers each cell is set, as three bit planes of that number. */
export const PLANES_BYTES = 48;

/** Header of a packed template: i32s, the later ones offsets from its start. */
export const T_COUNT = 0;
/** Ridge map: columns, rows, step (0 = there is none), blocks. */
export const T_COLUMNS = 4;
export const T_ROWS = 8;
export const T_STEP = 12;
export const T_BLOCKS = 16;
export const T_WORDS = 20;
export const T_PLANES = 24;
/** i32: set bits of a cylinder, and 2^16 more if it sees all its cells. */
export const T_TOTALS = 28;
/** u8 256ths of a turn; f32 places; f64 trust; i32 cells of the ridge map. */
export const T_DIRECTION = 32;
export const T_X = 36;
export const T_Y = 40;
export const T_TRUST = 44;
export const T_CELL = 48;
/** The same from top to bottom: u8 places in the list, i16 x and y (with sixteen beyond the last), u8 directions. */
export const T_PLACE = 52;
export const T_ROW_X = 56;
export const T_ROW_Y = 60;
export const T_ROW_DIRECTION = 64;
/** u16: first in or below each band of `ROW_SHIFT`; number of bands. */
export const T_FIRST = 68;
export const T_BANDS = 72;
/** u16 cells: orientation, and period in the high byte. */
export const T_MAP = 76;
/** f32 centres of the blocks, u16 starts, and cells as i8 u and v, u8 orientation and period. */
export const T_BLOCK_X = 80;
export const T_BLOCK_Y = 84;
export const T_BLOCK_START = 88;
export const T_CELLS = 92;
export const TEMPLATE_HEADER = 96;

/** Bands of sorted minutiae are 2^3 pixels high. */
export const ROW_SHIFT = 3;
/** Sorted minutiae are compared sixteen at a time; the places beyond the last lie here. */
export const ROW_LANES = 16;
export const BEYOND = 32767;
