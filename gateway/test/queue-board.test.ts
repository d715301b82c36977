import { createQueueBackend } from '@stockade/messaging';
import { eventually, redisMissing, startRedis } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import { pino } from 'pino';
import t from 'tap';

const missing = redisMissing();
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`anyone:${key}`).toString('base64')}`,
});
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

t.test('the board of queues in Redis', missing ? { skip: missing } : {}, async (t) => {
  const redis = await startRedis(t);
  const { url, credentials } = await startStack(t, { REDIS_URL: redis.url });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${url}${path}`, { method, headers, redirect: 'manual' });
  const operator = basic(credentials.operatorKey);

  t.test('is for operators alone', async (t) => {
    const nobody = await get('/admin/queues');
    t.equal(nobody.status, 401);
    t.match(nobody.headers.get('www-authenticate'), /^Basic /, 'a browser asks');
    for (const path of ['/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/css/x.css']) {
      t.equal((await get(path)).status, 401, path);
      t.equal((await get(path, basic('wrong'))).status, 401, path);
      t.equal((await get(path, basic(credentials.apiKey))).status, 403, `${path}: a tenant's key`);
    }
    const page = await get('/admin/queues', operator);
    t.equal(page.status, 200);
    t.match(await page.text(), '<div id="root">');
    t.equal((await get('/admin/queues', bearer(credentials.operatorKey))).status, 200);
  });

  t.test('loads from its own host, and nothing can be put into it', async (t) => {
    const page = await get('/admin/queues', operator);
    const policy = page.headers.get('content-security-policy') ?? '';
    t.match(policy, "script-src 'self';");
    t.match(policy, "frame-ancestors 'none'");
    const [script = ''] = /static\/js\/main\.\w+\.js/.exec(await page.text()) ?? [];
    const loaded = await get(`/admin/queues/${script}`, operator);
    t.equal(loaded.status, 200);
    t.match(loaded.headers.get('content-type'), /javascript/);
  });

  t.test('shows jobs masked, and changes nothing', async (t) => {
    const backend = await createQueueBackend({
      ...{ directUrl: '', redisUrl: redis.url, applicationName: 'test', log: pino({ level: 'silent' }) },
    });
    t.teardown(() => backend.close());
    const queue = backend.queue('inventory');
    // Held back, so that it is there to be looked at.
    const event = { type: 'purchasing.goods-received.v1', payload: { orderNumber: 'for Ada Lovelace' } };
    await queue.add('event', { events: [event as never] }, { jobId: 'shown', delay: 600_000 });
    const shown = await eventually('the job is listed', async () => {
      const answer = await get(
        '/admin/queues/api/queues?activeQueue=inventory&status=delayed&page=1',
        operator,
      );
      const text = await answer.text();
      return text.includes('goods-received') && text;
    });
    t.notMatch(shown, 'Lovelace');
    t.match(shown, '[masked]');
    for (const [method, path] of [
      ['PUT', '/admin/queues/api/queues/inventory/shown/promote'],
      ['PUT', '/admin/queues/api/queues/inventory/pause'],
      ['PUT', '/admin/queues/api/queues/inventory/empty'],
      ['POST', '/admin/queues/api/queues/inventory/add'],
      ['DELETE', '/admin/queues/api/queues/inventory'],
    ] as const)
      t.ok([404, 405].includes((await get(path, operator, method)).status), `${method} ${path}`);
    t.equal(await (await queue.getJob('shown'))?.getState(), 'delayed', 'it is where it was');
  });
});
