import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/schema.ts';

export type { components, operations, paths } from './generated/schema.ts';

export interface ClientOptions {
  /** Of the gateway: `https://stockade.example`. */
  baseUrl: string;
  /** `stk_live_…`, or `stk_test_…` of a test tenant. */
  apiKey: string;
  fetch?: typeof globalThis.fetch;
}

/**
 * Calls Stockade's API with the types of its schemas:
 *
 * ```ts
 * const stockade = createClient({ baseUrl, apiKey });
 * const { data, error } = await stockade.POST('/v1/inventory/items', {
 *   body: { sku: 'BRKT-80', name: 'Steel bracket', unit: 'each' },
 *   headers: { 'idempotency-key': crypto.randomUUID() },
 * });
 * ```
 *
 * `error` is the envelope of every failure. With an Idempotency-Key any change may safely be repeated.
 */
export function createClient({ baseUrl, apiKey, fetch }: ClientOptions): Client<paths> {
  return createFetchClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(fetch ? { fetch: (request: Request) => fetch(request) } : {}),
  });
}
