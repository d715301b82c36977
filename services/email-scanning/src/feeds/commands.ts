import {
  type CreateFeedBody,
  type Feed,
  maxFeeds,
  type UpdateFeedBody,
} from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import { changesOf, checkRefreshable, checkUrl } from './rules.ts';

type MailWork = Work<EmailScanningDb>;

const audited = ['name', 'format', 'url', 'interval_minutes', 'active'];
const defaultIntervalMinutes = 60;

const taken = (name: string) => ({
  feeds_name_key: () => errors.conflict(`There is a feed ${name} already.`, { field: 'name' }),
});

function note(work: MailWork, action: string, before: queries.FeedRow | null, after: queries.FeedRow): Feed {
  work.audit({
    action: `email-scanning.feed.${action}`,
    target: { type: 'feed', id: after.id },
    changes: changed(before, after, audited),
  });
  return queries.toFeed(after, work.now);
}

export async function createFeed(work: MailWork, body: Static<typeof CreateFeedBody>): Promise<Feed> {
  const { name, format, url = null, intervalMinutes = defaultIntervalMinutes, active = true } = body;
  checkUrl(url);
  if ((await queries.lockAndCount(work.trx, work.tenantId)) >= maxFeeds)
    throw errors.conflict(`There are ${maxFeeds} feeds already: that is as many as there may be.`, {
      limit: maxFeeds,
    });
  const row = await queries
    .insertFeed(work.trx, {
      ...{ tenant_id: work.tenantId, id: newId(), name, format, url, active },
      interval_minutes: intervalMinutes,
      next_refresh_at: url !== null && active ? work.now : null,
    })
    .catch((error) => mapConstraint(error, taken(name)));
  return note(work, 'create', null, row);
}

async function lock(work: MailWork, id: string, ifMatch: number | null): Promise<queries.FeedRow> {
  const row = await queries.lockFeed(work.trx, id);
  if (!row) throw errors.notFound('Feed', id);
  checkVersion(row.version, ifMatch);
  return row;
}

export async function changeFeed(
  work: MailWork,
  id: string,
  body: Static<typeof UpdateFeedBody>,
  ifMatch: number | null,
): Promise<Feed> {
  checkUrl(body.url ?? null);
  const before = await lock(work, id, ifMatch);
  const after = await queries
    .updateFeed(work.trx, id, changesOf(before, body, work.now))
    .catch((error) => mapConstraint(error, taken(body.name ?? before.name)));
  return note(work, 'update', before, after);
}

/** Removes a feed: whoever refreshes it right now finds that it is gone. */
export async function removeFeed(work: MailWork, id: string, ifMatch: number | null): Promise<void> {
  const row = await lock(work, id, ifMatch);
  await queries.deleteFeed(work.trx, id);
  work.audit({
    action: 'email-scanning.feed.delete',
    target: { type: 'feed', id },
    changes: changed(row, null, audited),
  });
}

/**
 * A refresh under way began without this consent, and its end would take the consent with it: it loses the right to end,
 * and the feed is refreshed anew.
 */
const consent = (acceptShrink: boolean) => ({
  accept_shrink: acceptShrink,
  ...(acceptShrink ? { lease: null, leased_until: null } : {}),
});

/** Has a feed fetched now. */
export async function requestRefresh(
  work: MailWork,
  id: string,
  { acceptShrink = false, ifMatch }: { acceptShrink: boolean | undefined; ifMatch: number | null },
): Promise<Feed> {
  const before = await lock(work, id, ifMatch);
  checkRefreshable(before);
  const after = await queries.updateFeed(work.trx, id, {
    next_refresh_at: work.now,
    ...consent(acceptShrink),
  });
  return note(work, 'request-refresh', before, after);
}

interface Upload {
  /** Compressed. */
  content: Buffer;
  /** Of what came. */
  bytes: number;
  acceptShrink: boolean | undefined;
}

/** Takes a file in; it is read in the background. */
export async function uploadFeed(
  work: MailWork,
  id: string,
  { content, bytes, acceptShrink = false }: Upload,
  ifMatch: number | null,
): Promise<Feed> {
  await lock(work, id, ifMatch);
  await queries.storeUpload(work.trx, {
    ...{ tenant_id: work.tenantId, feed_id: id, id: newId(), content },
  });
  const after = await queries.updateFeed(work.trx, id, {
    next_refresh_at: work.now,
    ...consent(acceptShrink),
  });
  work.audit({
    action: 'email-scanning.feed.upload',
    target: { type: 'feed', id },
    changes: { bytes: { before: null, after: bytes } },
  });
  return queries.toFeed(after, work.now);
}
