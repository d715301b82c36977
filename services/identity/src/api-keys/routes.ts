import { createApiKey, getApiKey, listApiKeys, revokeApiKey } from '@stockade/contracts/identity';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const apiKeyRoutes = defineRoutes<IdentityDb>((route) => {
  route(createApiKey, ({ body, command }) =>
    command((work) => commands.createApiKey(work, body), { replay: ({ key: _, ...shown }) => shown }),
  );
  route(listApiKeys, ({ query, read }) =>
    read(async (trx) => page(await queries.listApiKeys(trx, query), query)),
  );
  route(getApiKey, async ({ params, read }) => {
    const key = await read((trx) => queries.findApiKey(trx, params.keyId));
    if (!key) throw errors.notFound('API key', params.keyId);
    return queries.toApiKey(key);
  });
  route(revokeApiKey, async ({ params, ifMatch, reply, command }) => {
    await command((work) => commands.revokeApiKey(work, params.keyId, ifMatch, reply));
    return undefined;
  });
});
