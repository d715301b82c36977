import type { Migration } from '@stockade/database';
import { masterData } from './0001-master-data.ts';
import { ledger } from './0002-ledger.ts';

export const migrations: readonly Migration[] = [masterData, ledger];
