export { openSearchPool, type SearchPool } from './pool.ts';
export { type SearchOptions, searchShard } from './search.ts';
export {
  buildShard,
  type Enrolment,
  type MergeOptions,
  mergeShards,
  type Shard,
  templateAt,
} from './shard.ts';
export { type LoadOptions, loadShard, saveShard } from './shard-file.ts';
