import {
  type ApiKey,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '@stockade/contracts/identity';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

/** A key is shown once: what a repeated call gets is without it. */
const replay = ({ key: _, ...shown }: ApiKey & { key: string }) => shown;

export const apiKeyRoutes = defineRoutes<IdentityDb>((route) => {
  route(createApiKey, ({ body, command }) =>
    command((work) => commands.createApiKey(work, body), { replay }),
  );
  route(rotateApiKey, ({ params, body, ifMatch, reply, command }) =>
    command((work) => commands.rotateApiKey(work, params.keyId, body ?? {}, ifMatch, reply), { replay }),
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
