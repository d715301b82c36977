import type { Migration } from '@stockade/database';
import { messagingMigrations } from '@stockade/messaging/migrations';
import { idempotencyMigration } from './idempotency.ts';

/** A service's migrations with those of the kit before them. */
export function withPlatform(migrations: readonly Migration[]): Migration[] {
  return [...messagingMigrations, idempotencyMigration, ...migrations];
}
