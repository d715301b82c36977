import type { Work } from '@stockade/messaging';
import type { Lease } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import type { ImportKind } from './kind.ts';

type Change = (work: Work<InventoryDb>) => Promise<void>;

/** An import under way, in the name of who sent it. */
export interface Run {
  readonly kind: ImportKind<unknown>;
  readonly content: Buffer;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** One transaction that holds the import from its beginning, and is none when the import is another's by now. */
  commit(change: Change): Promise<void>;
  /** One transaction that is long, and holds the import itself at its end. */
  commitLong(change: Change): Promise<void>;
}
