import type { Operation } from '../operation.ts';

export const sourceOperations: readonly Operation[] = [];
