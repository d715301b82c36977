import type { Operation } from '../operation.ts';

export const feedbackOperations: readonly Operation[] = [];
