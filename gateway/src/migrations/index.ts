import type { Migration } from '@stockade/database';
import { breakers } from './0001-breakers.ts';
import { outbox } from './0002-outbox.ts';
import { blocks } from './0003-blocks.ts';

export const migrations: readonly Migration[] = [breakers, outbox, blocks];
