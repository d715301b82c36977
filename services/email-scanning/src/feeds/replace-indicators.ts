import { inTenant } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import type { Kysely } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import * as indicators from './indicator-queries.ts';
import { holdLease, type Lease } from './lease.ts';
import { type FinishedAttempt, finishAttempt } from './outcome-queries.ts';
import { BadFeed, difference } from './read-feed.ts';
import { shrinkProblem } from './rules.ts';

/** Rows of one statement. */
const batch = 10_000;

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += batch) yield items.slice(at, at + batch);
}

interface Replacement {
  /** Sorted, each once. */
  hashes: BigInt64Array;
  acceptShrink: boolean;
  finished: FinishedAttempt;
  /** Ends it between two transactions. */
  signal: AbortSignal;
}

/**
 * Puts new indicators in place of a feed's. What is new is written in small transactions, where nobody sees it yet; one
 * then removes what is gone and switches. Whatever fails before leaves what was there. Only what differs is written: a
 * feed that stays the same costs nothing.
 */
export async function replaceIndicators(
  db: Kysely<EmailScanningDb>,
  lease: Lease,
  { hashes, acceptShrink, finished, signal }: Replacement,
): Promise<void> {
  const { tenantId, feedId } = lease;
  const { generation, before } = await inTenant(db, tenantId, async (trx) => {
    const { generation } = await holdLease(trx, lease);
    await indicators.removeStaged(trx, feedId, generation);
    return { generation, before: await indicators.readIndicators(trx, feedId, generation) };
  });
  const problem = shrinkProblem(before.length, hashes.length, acceptShrink);
  if (problem) throw new BadFeed(problem);
  const { added, removed } = difference(before, hashes);
  const next = generation + 1;
  for (const some of batches(added)) {
    signal.throwIfAborted();
    await inTenant(db, tenantId, async (trx) => {
      await holdLease(trx, lease);
      await indicators.stageIndicators(trx, { tenantId, feedId, generation: next }, some);
    });
  }
  await runWork(db, systemCaller(tenantId, 'email-scanning'), async (work) => {
    await holdLease(work.trx, lease);
    for (const some of batches(removed)) await indicators.removeIndicators(work.trx, feedId, some);
    const changed = added.length + removed.length > 0;
    await finishAttempt(work.trx, feedId, {
      ...finished,
      ...(changed ? { generation: next, indicators: hashes.length } : {}),
    });
    if (changed)
      work.audit({
        action: 'email-scanning.feed.refresh',
        target: { type: 'feed', id: feedId },
        changes: {
          indicators: { before: before.length, after: hashes.length },
          added: { before: null, after: added.length },
          removed: { before: null, after: removed.length },
        },
      });
  });
}
