import type { UpdateFeedBody } from '@stockade/contracts/email-scanning';
import { errors } from '@stockade/service-kit';
import type { Updateable } from 'kysely';
import type { Static } from 'typebox';
import type { FeedRow } from './queries.ts';
import type { FeedTable } from './tables.ts';

/** Throws unless it is an address that can be asked. Secrets in it would be shown to all who may read feeds. */
export function checkUrl(text: string | null): void {
  if (text === null) return;
  const url = URL.parse(text);
  if (!url) throw errors.validation([{ path: '/url', message: 'is no address' }]);
  if (url.username || url.password)
    throw errors.validation([{ path: '/url', message: 'must hold no user and no password' }]);
}

/**
 * The columns that a change sets. When it is fetched from elsewhere, or not any more, whoever fetches it right now loses
 * the right to; what is there stays until something else has come.
 */
export function changesOf(
  before: FeedRow,
  {
    name,
    url = before.url,
    intervalMinutes = before.interval_minutes,
    active = before.active,
  }: Static<typeof UpdateFeedBody>,
  now: Date,
): Updateable<FeedTable> {
  const moved = url !== before.url || active !== before.active;
  const stays = before.next_refresh_at && soonest(before.next_refresh_at, intervalMinutes, now);
  const begins = url !== null && active ? now : dueUpload(before, now);
  return {
    ...{ name: name ?? before.name, url, interval_minutes: intervalMinutes, active },
    next_refresh_at: moved ? begins : stays,
    ...(moved ? { lease: null, leased_until: null, failures: 0 } : {}),
    ...(url === before.url ? {} : { etag: null, last_modified: null }),
  };
}

/** What is due may be an upload, which is taken in whatever becomes of the URL. */
const dueUpload = ({ next_refresh_at: due }: FeedRow, now: Date) => (due && due <= now ? due : null);

/** A shorter interval counts at once. */
const soonest = (due: Date, intervalMinutes: number, now: Date) =>
  new Date(Math.min(due.getTime(), now.getTime() + intervalMinutes * 60_000));

export function checkRefreshable({ id, url, active }: FeedRow): void {
  if (url === null)
    throw errors.conflict(`Feed ${id} has no URL to be fetched from: upload its content, or set one.`);
  if (!active) throw errors.invalidState({ what: `Feed ${id}`, state: 'inactive', allowed: ['active'] });
}

/** Why new content is not taken in place of what is there, or null. */
export function shrinkProblem(before: number, after: number, accepted: boolean): string | null {
  if (accepted || after >= before * 0.1) return null;
  return `It shrank from ${before} to ${after} indicators, which is not taken without a person's consent: ask again with acceptShrink.`;
}

const firstRetryMinutes = 1;

/** Minutes until the next attempt: after failures soon at first, then ever later, but never later than its interval. */
export function minutesToNext(intervalMinutes: number, failures: number): number {
  if (failures === 0) return intervalMinutes;
  return Math.min(intervalMinutes, firstRetryMinutes * 2 ** Math.min(failures - 1, 20));
}
