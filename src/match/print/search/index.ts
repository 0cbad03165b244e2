export { ENTRY_BYTES, indexEntry } from './entry.ts';
export { INDEX_VERSION } from './parameters.ts';
export { openSearchPool, type SearchPool } from './pool.ts';
export { leastScoreFor } from './rarity.ts';
export { type Entries, exactCount, propose, type SearchOptions, searchShard } from './search.ts';
export {
  buildShard,
  type Enrolment,
  type MergeOptions,
  mergeShards,
  type Shard,
  templateAt,
} from './shard.ts';
export { type LoadOptions, loadShard, saveShard } from './shard-file.ts';
