import { createClient } from '@stockade/client';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

t.test('the typed client, against a running system', async (t) => {
  const { url: baseUrl, credentials } = await startStack(t);
  const stockade = createClient({ baseUrl, apiKey: credentials.apiKey });
  const body = { sku: 'CLIENT-1', name: 'By the client', unit: 'each' as const };
  const headers = { 'Idempotency-Key': 'client-1' };
  const made = await stockade.POST('/v1/inventory/items', { body, params: { header: headers } });
  t.equal(made.response.status, 201);
  const again = await stockade.POST('/v1/inventory/items', { body, params: { header: headers } });
  t.equal(again.data?.id, made.data?.id, 'a repeated call makes one item');
  const listed = await stockade.GET('/v1/inventory/items', { params: { query: { search: 'CLIENT-1' } } });
  t.strictSame(
    listed.data?.data.map(({ sku }) => sku),
    ['CLIENT-1'],
  );
  const itemId = '0190a0a0-0000-7000-8000-000000000000';
  const missing = await stockade.GET('/v1/inventory/items/{itemId}', { params: { path: { itemId } } });
  t.equal(missing.error?.error.code, 'NOT_FOUND');
  const stranger = createClient({ baseUrl, apiKey: 'stk_live_wrong' });
  t.equal((await stranger.GET('/v1/inventory/items')).error?.error.code, 'UNAUTHENTICATED');
});
