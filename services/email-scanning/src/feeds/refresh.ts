import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { maxFeedBytes } from '@stockade/contracts/email-scanning';
import { inTenant } from '@stockade/database';
import type { Service, Task } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { fetchFeed } from './fetch-feed.ts';
import {
  claimFeed,
  holdLease,
  type Lease,
  LeaseLost,
  releaseLease,
  renewEveryMs,
  renewLease,
} from './lease.ts';
import { failAttempt, finishAttempt } from './outcome-queries.ts';
import { type FeedRow, findFeed, findUpload } from './queries.ts';
import { BadFeed, readFeed } from './read-feed.ts';
import { replaceIndicators } from './replace-indicators.ts';

type Refreshing = Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;
type Upload = NonNullable<Awaited<ReturnType<typeof findUpload>>>;

export interface RefreshOptions {
  /** Whether feeds may be fetched from servers of private networks. */
  allowPrivate: boolean;
  /** Ends it soon; the feed is for another process then. */
  signal: AbortSignal;
}

/** When it is not the feed's fault. */
const retryAfterSeconds = 60;

const decompress = promisify(zstdDecompress);
const slice = 65_536;

/** A file in pieces, and something else in between: a million lines take seconds. */
async function* slices(bytes: Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += slice) {
    signal.throwIfAborted();
    yield bytes.subarray(at, at + slice);
    await nextTurn();
  }
}

const basics = (feed: FeedRow) => ({
  intervalMinutes: feed.interval_minutes,
  scheduled: feed.url !== null && feed.active,
});

async function takeUpload(
  { db }: Refreshing,
  lease: Lease,
  { feed, upload, signal }: { feed: FeedRow; upload: Upload; signal: AbortSignal },
): Promise<void> {
  const content = await decompress(upload.content, { maxOutputLength: maxFeedBytes });
  await replaceIndicators(db, lease, {
    hashes: await readFeed(feed.format, slices(content, signal)),
    acceptShrink: feed.accept_shrink,
    finished: { ...basics(feed), uploadId: upload.id, marks: { etag: null, lastModified: null } },
    signal,
  });
}

async function fetchNew(
  { db }: Refreshing,
  lease: Lease,
  feed: FeedRow,
  { allowPrivate, signal }: RefreshOptions,
): Promise<void> {
  const source = { url: feed.url ?? '', etag: feed.etag, lastModified: feed.last_modified };
  const fetched = await fetchFeed(source, { allowPrivate, signal }, async ({ body, ...marks }) => ({
    hashes: await readFeed(feed.format, body),
    marks,
  }));
  if (fetched)
    return replaceIndicators(db, lease, {
      hashes: fetched.hashes,
      acceptShrink: feed.accept_shrink,
      finished: { ...basics(feed), marks: fetched.marks },
      signal,
    });
  await inTenant(db, lease.tenantId, async (trx) => {
    await holdLease(trx, lease);
    await finishAttempt(trx, lease.feedId, basics(feed));
  });
}

async function noteFailure(
  { db }: Refreshing,
  lease: Lease,
  { feed, upload, reason }: { feed: FeedRow; upload: Upload | undefined; reason: string },
): Promise<void> {
  await inTenant(db, lease.tenantId, async (trx) => {
    await holdLease(trx, lease);
    await failAttempt(trx, lease.feedId, {
      ...basics(feed),
      reason,
      failures: feed.failures + 1,
      ...(upload ? { uploadId: upload.id } : {}),
    });
  });
}

async function refresh(service: Refreshing, lease: Lease, options: RefreshOptions): Promise<void> {
  const { feed, upload } = await inTenant(
    service.db,
    lease.tenantId,
    async (trx) => ({
      feed: await findFeed(trx, lease.feedId),
      upload: await findUpload(trx, lease.feedId),
    }),
    { readOnly: true },
  );
  if (!feed) throw new LeaseLost();
  try {
    if (upload) await takeUpload(service, lease, { feed, upload, signal: options.signal });
    else if (feed.url !== null && feed.active) await fetchNew(service, lease, feed, options);
    else await releaseUnused(service, lease);
  } catch (error) {
    if (!(error instanceof BadFeed) || options.signal.aborted) throw error;
    await noteFailure(service, lease, { feed, upload, reason: error.message });
  }
}

/** Nothing was to be done: it was turned off, or its file is taken in already. */
async function releaseUnused({ db }: Refreshing, lease: Lease): Promise<void> {
  await inTenant(db, lease.tenantId, async (trx) => {
    await holdLease(trx, lease);
    await trx
      .updateTable('feeds')
      .set({ lease: null, leased_until: null, next_refresh_at: null })
      .where('id', '=', lease.feedId)
      .execute();
  });
}

/** Refreshes one feed that is due. Gives whether there was one. */
export async function refreshDue(service: Refreshing, options: RefreshOptions): Promise<boolean> {
  const { signal } = options;
  const { systemDb, log } = service;
  const lease = await claimFeed(systemDb);
  if (!lease) return false;
  const renewal = setInterval(() => {
    renewLease(systemDb, lease).catch((error) => log.warn({ err: error }, 'A lease could not be renewed'));
  }, renewEveryMs);
  try {
    await refresh(service, lease, options);
  } catch (error) {
    if (error instanceof LeaseLost) return true;
    if (!signal.aborted) log.error({ err: error, feed: lease.feedId }, 'A feed could not be refreshed');
    await releaseLease(systemDb, lease, signal.aborted ? 0 : retryAfterSeconds).catch((failure) =>
      log.warn({ err: failure }, 'A feed waits until its lease is over'),
    );
  } finally {
    clearInterval(renewal);
  }
  return true;
}

/** One feed at a time in a process: each takes a million rows at most. */
export const feedTask = (options: Pick<RefreshOptions, 'allowPrivate'>): Task<EmailScanningDb> => ({
  name: 'refresh-feeds',
  everyMs: 2_000,
  run: async (service, signal) => {
    while (!signal.aborted && (await refreshDue(service, { ...options, signal })));
  },
});
