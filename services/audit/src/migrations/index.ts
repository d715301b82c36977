import type { Migration } from '@stockade/database';
import { log } from './0001-log.ts';

export const migrations: readonly Migration[] = [log];
