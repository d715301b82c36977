import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { faulty } from './faulty.ts';
import { startSharedStack } from './setup.ts';

t.test('reads that many make, beside a whole running system', async (t) => {
  const stack = await startSharedStack(t);
  const key = { authorization: `Bearer ${stack.credentials.apiKey}` };
  const json = { ...key, 'content-type': 'application/json' };
  const read = (url: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers: { ...key, ...headers } });
  const addSite = async (url: string, code: string) => {
    const body = JSON.stringify({ code, name: 'Before' });
    const answer = await fetch(`${url}/v1/inventory/sites`, { method: 'POST', headers: json, body });
    return (await answer.json()) as { id: string };
  };
  const rename = (url: string, id: string, name: string) =>
    fetch(`${url}/v1/inventory/sites/${id}`, {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify({ name }),
    });

  /** From when on changes are heard answers are kept. */
  const isHearing = (url: string) =>
    eventually('changes are heard', async () => {
      const answer = await read(url, '/v1/purchasing/settings');
      return answer.headers.get('cache-status') === 'stockade; hit';
    });

  t.test('whoever made a change reads it; through another gateway it is read soon', async (t) => {
    const [{ url }, other] = [await stack.addGateway(t), await stack.addGateway(t)];
    const { id } = await addSite(url, 'KEPT-1');
    const path = `/v1/inventory/sites/${id}`;
    const nameAt = async (url: string) => {
      const answer = await read(url, path);
      return ((await answer.json()) as { name: string }).name;
    };
    await eventually('a read is answered from what is kept', async () => {
      const answer = await read(url, path);
      return answer.headers.get('cache-status') === 'stockade; hit' && answer.headers.get('age') === '0';
    });
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
      t.equal(await nameAt(other.url), await nameAt(url));
      t.equal((await rename(url, id, name)).status, 200);
      t.equal(await nameAt(url), name);
      await eventually(
        'the other gateway hears of it',
        async () => (await nameAt(other.url)) === name,
        1_500,
      );
    }
  });

  t.test('who has the same already gets a 304, kept or not', async (t) => {
    const { url } = await stack.addGateway(t);
    const { id } = await addSite(url, 'KEPT-2');
    for (const path of [`/v1/inventory/sites/${id}`, '/v1/inventory/sites', '/v1/inventory/dashboard']) {
      const etag = (await read(url, path)).headers.get('etag') as string;
      for (const given of [etag, `"other", ${etag}`, '*']) {
        const answer = await read(url, path, { 'if-none-match': given });
        t.equal(answer.status, 304, `${path} ${given}`);
        t.equal(answer.headers.get('etag'), etag);
        t.equal(await answer.text(), '');
      }
      t.equal((await read(url, path, { 'if-none-match': '"other"' })).status, 200);
    }
    const head = await fetch(`${url}/v1/inventory/sites/${id}`, { method: 'HEAD', headers: key });
    t.equal(head.status, 200);
    t.match(head.headers.get('content-length'), /^[1-9]/);
  });

  t.test('what one tenant read is nothing to another', async (t) => {
    const { url } = await stack.addGateway(t);
    const { id } = await addSite(url, 'KEPT-3');
    await read(url, `/v1/inventory/sites/${id}`);
    const operator = { authorization: `Bearer ${stack.credentials.operatorKey}` };
    const owner = { email: 'kept@other.example', password: 'Correct-Horse-9-Battery' };
    const made = await fetch(`${url}/v1/admin/tenants`, {
      method: 'POST',
      headers: { ...operator, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: 'Other', ownerName: 'Owner' },
        ...{ ownerEmail: owner.email, ownerPassword: owner.password },
      }),
    });
    t.equal(made.status, 201);
    const login = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(owner),
    });
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] as string;
    const answer = await fetch(`${url}/v1/inventory/sites/${id}`, { headers: { cookie } });
    t.equal(answer.status, 404);
    const list = await fetch(`${url}/v1/inventory/sites`, { headers: { cookie } });
    t.strictSame(((await list.json()) as { data: unknown[] }).data, []);
  });

  t.test('many who ask at once ask the service once', async (t) => {
    const waiting: ServerResponse[] = [];
    const inventory = await faulty(t, (_request, response) => void waiting.push(response));
    const { url } = await stack.addGateway(t, { INVENTORY_URL: inventory });
    await isHearing(url);
    const answers = Array.from({ length: 20 }, () => read(url, '/v1/inventory/dashboard'));
    await eventually('it is asked', () => waiting.length > 0);
    // All twenty are waiting by then: what they have in common is that nobody is answered yet.
    await eventually('all are let in', async () => (await read(url, '/v1/purchasing/settings')).ok);
    t.equal(waiting.length, 1);
    for (const response of waiting) response.setHeader('content-length', '2').end('{}');
    t.strictSame([...new Set((await Promise.all(answers)).map(({ status }) => status))], [200]);
  });

  t.test(
    'when the service cannot be asked, what it said last is told as such; the rest is a 503',
    async (t) => {
      let mood: 'well' | 'gone' | 'broken' = 'well';
      const inventory = await faulty(t, (request, response) => {
        if (mood === 'gone') return void request.socket.destroy();
        response.statusCode = mood === 'well' ? 200 : 500;
        response.setHeader('content-type', 'application/json');
        response.setHeader('etag', '"7"');
        const body = mood === 'well' ? '{"name":"Known"}' : '{"error":{}}';
        response.setHeader('content-length', body.length).end(body);
      });
      const { url } = await stack.addGateway(t, { INVENTORY_URL: inventory });
      const path = '/v1/inventory/sites/019ab000-0000-7000-8000-000000000001';
      t.equal((await read(url, path)).status, 200);
      const isStale = async (what: string) => {
        const answer = await read(url, path);
        t.equal(answer.status, 200, what);
        t.equal(answer.headers.get('cache-status'), 'stockade; hit; detail=stale', what);
        t.match(answer.headers.get('age'), /^\d+$/);
        t.equal(await answer.text(), '{"name":"Known"}');
        t.equal((await read(url, path, { 'if-none-match': '"7"' })).status, 304);
        t.equal((await read(url, '/v1/inventory/sites')).status, 503, 'what was never asked');
        t.equal((await read(url, '/v1/inventory/balances')).status, 503, 'what is never kept');
      };
      mood = 'gone';
      await rename(url, '019ab000-0000-7000-8000-000000000001', 'Anything');
      await isStale('nobody answers');
      mood = 'broken';
      for (let at = 0; at < 5; at++) await read(url, '/v1/inventory/balances');
      await isStale('the breaker is open');
      const operator = { authorization: `Bearer ${stack.credentials.operatorKey}` };
      const reset = `${url}/v1/admin/breakers/inventory/reset`;
      t.equal((await fetch(reset, { method: 'POST', headers: operator })).status, 200);
    },
  );

  t.test('reports are shed first, and work last', async (t) => {
    const held: ServerResponse[] = [];
    const inventory = await faulty(t, (_request, response) => void held.push(response));
    const { url } = await stack.addGateway(t, { INVENTORY_URL: inventory, MAX_CONCURRENT_CALLS: '5' });
    const { hostname, port } = new URL(url);
    const hold = async () => {
      const before = held.length;
      const call = request({ hostname, port, path: '/v1/inventory/balances', headers: key }).end();
      call.on('error', () => {});
      t.teardown(() => call.destroy());
      await eventually('it is held', () => held.length > before);
    };
    const report = async () => (await read(url, '/v1/audit/entries')).status;
    const other = async () => (await read(url, '/v1/purchasing/invoices')).status;
    const work = async () => {
      const answer = await fetch(`${url}/v1/purchasing/suppliers`, {
        method: 'POST',
        headers: json,
        body: '{}',
      });
      return answer.status;
    };
    for (let at = 0; at < 4; at++) await hold();
    t.strictSame([await report(), await other(), await work()], [200, 200, 400]);
    await hold();
    t.strictSame([await report(), await other(), await work()], [503, 200, 400]);
    await hold();
    t.strictSame([await report(), await other(), await work()], [503, 503, 400]);
    const one = request({
      ...{ hostname, port, method: 'POST', path: '/v1/inventory/sites' },
      headers: json,
    }).end('{}');
    one.on('error', () => {});
    t.teardown(() => one.destroy());
    await eventually('it is held', () => held.length === 7);
    t.strictSame([await report(), await other(), await work()], [503, 503, 503]);
    t.equal((await fetch(`${url}/health/live`)).status, 200);
    for (const response of held) response.end('{}');
    if (!one.destroyed) await once(one, 'close');
    await eventually('there is room again', async () => (await report()) === 200);
  });
});
