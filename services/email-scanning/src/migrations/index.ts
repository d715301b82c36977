import type { Migration } from '@stockade/database';
import { messages } from './0001-messages.ts';
import { projections } from './0002-projections.ts';

export const migrations: readonly Migration[] = [messages, projections];
