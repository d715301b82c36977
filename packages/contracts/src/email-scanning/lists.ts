import type { Operation } from '../operation.ts';

export const listOperations: readonly Operation[] = [];
