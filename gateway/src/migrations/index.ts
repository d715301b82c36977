import type { Migration } from '@stockade/database';
import { breakers } from './0001-breakers.ts';

export const migrations: readonly Migration[] = [breakers];
