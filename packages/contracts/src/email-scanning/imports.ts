import type { Operation } from '../operation.ts';

export const importOperations: readonly Operation[] = [];
