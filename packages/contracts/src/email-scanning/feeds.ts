import type { Operation } from '../operation.ts';

export const feedOperations: readonly Operation[] = [];
