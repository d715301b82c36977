import type { Migration } from '@stockade/database';
import { identity } from './0001-identity.ts';

export const migrations: readonly Migration[] = [identity];
