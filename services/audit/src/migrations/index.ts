import type { Migration } from '@stockade/database';
import { log } from './0001-log.ts';
import { partitionFunction } from './0002-partition-function.ts';
import { tiles } from './0003-tiles.ts';
import { tilesProofs } from './0003-tiles-proofs.ts';
import { exportsAndSearch } from './0004-exports-and-search.ts';
import { searchByTime } from './0004-search-by-time.ts';
import { retention } from './0005-retention.ts';
import { siemStreams } from './0005-siem-streams.ts';
import { proofWithTile } from './0006-proof-with-tile.ts';

export const migrations: readonly Migration[] = [
  log,
  partitionFunction,
  tiles,
  tilesProofs,
  exportsAndSearch,
  searchByTime,
  retention,
  siemStreams,
  proofWithTile,
];
