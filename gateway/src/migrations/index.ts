import type { Migration } from '@stockade/database';

/** The gateway has a schema and roles of its own, for LISTEN; it keeps no tables yet. */
export const migrations: readonly Migration[] = [];
