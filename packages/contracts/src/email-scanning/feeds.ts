import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import {
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';

export const feedFormats = ['urlhaus-csv', 'url-list', 'domain-list', 'sha256-list', 'ip-list'] as const;

/** What a feed may hold, and be as a file. */
export const maxIndicators = 1_000_000;
export const maxFeedBytes = 50 * 1024 * 1024;
/** So many feeds a tenant may have. */
export const maxFeeds = 20;

const url = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2_000 });
const intervalMinutes = Type.Integer({ minimum: 5, maximum: 10_080 });

/** Where addresses and files that are known to be bad come from. */
export const Feed = Type.Object(
  {
    ...ResourceFields,
    name: Type.String(),
    format: OneOf(feedFormats),
    url: Nullable(Type.String()),
    intervalMinutes: Type.Integer(),
    active: Type.Boolean(),
    indicators: Type.Integer({ description: 'How many of them are in use.' }),
    lastAttemptAt: Nullable(Timestamp),
    lastSuccessAt: Nullable(Timestamp),
    ageSeconds: Nullable(Type.Integer({ description: 'How long ago the last success was.' })),
    lastError: Nullable(
      Type.String({ description: 'Why the last attempt failed; what was there before stays in use.' }),
    ),
    refreshing: Type.Boolean({ description: 'Whether a refresh or an upload is under way or due.' }),
  },
  { $id: 'Feed' },
);
export type Feed = Static<typeof Feed>;

export const CreateFeedBody = Strict({
  name: Name,
  format: OneOf(feedFormats),
  url: Type.Optional(url),
  intervalMinutes: Type.Optional(intervalMinutes),
  active: Type.Optional(Type.Boolean()),
});

export const UpdateFeedBody = Strict(
  {
    name: Type.Optional(Name),
    url: Type.Optional(Nullable(url)),
    intervalMinutes: Type.Optional(intervalMinutes),
    active: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);

const acceptShrink = Type.Boolean({
  description: 'Take it even when over 90% of what is there would go.',
});
export const RefreshFeedBody = Type.Optional(Strict({ acceptShrink: Type.Optional(acceptShrink) }));

const FeedParams = Strict({ feedId: Id });
const service = 'email-scanning' as const;

export const createFeed = defineOperation({
  id: 'createFeed',
  service,
  method: 'POST',
  path: '/v1/mail/feeds',
  summary: 'Add a threat feed',
  description:
    'From a URL, fetched now and every `intervalMinutes` (60 unless told), or without one from uploads. Formats: `urlhaus-csv` (CSV with `#` comments; the column url), `url-list`, `domain-list` (plain, hosts file, or `||domain^`), `sha256-list` (plain, CSV or as sha256sum prints it), `ip-list`. New indicators put the mail of the last 30 days to another scan. What very many use (google.com, sharepoint.com, …) is matched by its full URL only.',
  access: 'mail:approve',
  tier: 'WRITE',
  body: CreateFeedBody,
  responses: { 201: Feed },
});

export const listFeeds = defineOperation({
  id: 'listFeeds',
  service,
  method: 'GET',
  path: '/v1/mail/feeds',
  summary: 'List threat feeds, newest first',
  access: 'mail:read',
  tier: 'READ',
  query: Strict({ ...ListFields, active: Type.Optional(Type.Boolean()) }),
  responses: { 200: Page(Feed) },
});

export const getFeed = defineOperation({
  id: 'getFeed',
  service,
  method: 'GET',
  path: '/v1/mail/feeds/:feedId',
  summary: 'Read a feed: how old it is, and what went wrong',
  access: 'mail:read',
  tier: 'READ',
  params: FeedParams,
  responses: { 200: Feed },
});

export const updateFeed = defineOperation({
  id: 'updateFeed',
  service,
  method: 'PATCH',
  path: '/v1/mail/feeds/:feedId',
  summary: 'Change a feed',
  description: 'An inactive feed is neither fetched nor matched.',
  access: 'mail:approve',
  tier: 'WRITE',
  params: FeedParams,
  body: UpdateFeedBody,
  responses: { 200: Feed },
});

export const refreshFeed = defineOperation({
  id: 'refreshFeed',
  service,
  method: 'POST',
  path: '/v1/mail/feeds/:feedId/refresh',
  summary: 'Fetch a feed now',
  description: 'It is fetched in the background: read the feed to see how it went.',
  access: 'mail:approve',
  tier: 'WRITE',
  params: FeedParams,
  body: RefreshFeedBody,
  responses: { 202: Feed },
});

export const uploadFeed = defineOperation({
  id: 'uploadFeed',
  service,
  method: 'POST',
  path: '/v1/mail/feeds/:feedId/upload',
  summary: 'Give a feed its content as a file',
  description:
    "In the feed's format, at most 50 MiB; it replaces what is there. Taken in in the background: read the feed to see how it went.",
  access: 'mail:approve',
  tier: 'WRITE',
  params: FeedParams,
  query: Strict({ acceptShrink: Type.Optional(acceptShrink) }),
  consumes: ['text/plain', 'text/csv'],
  bodyLimit: maxFeedBytes,
  responses: { 202: Feed },
});

export const deleteFeed = defineOperation({
  id: 'deleteFeed',
  service,
  method: 'DELETE',
  path: '/v1/mail/feeds/:feedId',
  summary: 'Remove a feed with its indicators',
  access: 'mail:approve',
  tier: 'WRITE',
  params: FeedParams,
  responses: { 204: Type.Undefined() },
});

export const feedOperations: readonly Operation[] = [
  createFeed,
  listFeeds,
  getFeed,
  updateFeed,
  deleteFeed,
  refreshFeed,
  uploadFeed,
];
