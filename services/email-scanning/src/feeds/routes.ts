import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import {
  createFeed,
  deleteFeed,
  getFeed,
  listFeeds,
  refreshFeed,
  updateFeed,
  uploadFeed,
} from '@stockade/contracts/email-scanning';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

const compress = promisify(zstdCompress);

export const feedRoutes = defineRoutes<EmailScanningDb>((route) => {
  route(createFeed, ({ body, command }) => command((work) => commands.createFeed(work, body)));
  route(listFeeds, async ({ query, read }) => {
    const { data, nextCursor } = page(await read((trx) => queries.listFeeds(trx, query)), query);
    const now = new Date();
    return { data: data.map((row) => queries.toFeed(row, now)), nextCursor };
  });
  route(getFeed, async ({ params, read }) => {
    const row = await read((trx) => queries.findFeed(trx, params.feedId));
    if (!row) throw errors.notFound('Feed', params.feedId);
    return queries.toFeed(row, new Date());
  });
  route(updateFeed, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeFeed(work, params.feedId, body, ifMatch)),
  );
  route(deleteFeed, async ({ params, ifMatch, command }) => {
    await command((work) => commands.removeFeed(work, params.feedId, ifMatch));
    return undefined;
  });
  route(refreshFeed, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.requestRefresh(work, params.feedId, { acceptShrink: body?.acceptShrink, ifMatch }),
    ),
  );
  route(uploadFeed, async ({ params, query, body, ifMatch, command }) => {
    if (!body?.length)
      throw errors.validation([{ path: '/', message: "is empty: send the feed's content as the body" }]);
    // Before the transaction: no connection is kept while it is compressed.
    const upload = {
      content: await compress(body),
      bytes: body.length,
      acceptShrink: query.acceptShrink,
    };
    return command((work) => commands.uploadFeed(work, params.feedId, upload, ifMatch));
  });
});
