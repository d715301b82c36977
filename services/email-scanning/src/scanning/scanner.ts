import type { Engine } from '../engine/index.ts';

/** What judges mail in this process. */
export interface Scanner {
  readonly engine: Engine;
}
