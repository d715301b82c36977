import type { Migration } from '@stockade/database';
import { suppliers } from './0001-suppliers.ts';
import { orders } from './0002-orders.ts';
import { receiptsAndHolds } from './0003-receipts-and-holds.ts';

export const migrations: readonly Migration[] = [suppliers, orders, receiptsAndHolds];
