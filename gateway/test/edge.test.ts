import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

const uuid = '0190a0a0-0000-7000-8000-000000000000';

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what is checked
  body: any;
}

t.test('the edge of a whole running system', async (t) => {
  const stack = await startStack(t, { RATE_LIMIT_READ_MAX: '100', RATE_LIMIT_AUTH_MAX: '5' });
  const { url, credentials } = stack;
  const call = async (
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, { method, redirect: 'manual', ...init } as RequestInit);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text };
  };
  const key = { authorization: `Bearer ${credentials.apiKey}` };
  const operator = { authorization: `Bearer ${credentials.operatorKey}` };
  const json = { 'content-type': 'application/json' };
  const isEnvelope = (answer: Answer, status: number, code: string, what: string) => {
    t.equal(answer.status, status, what);
    const { error } = answer.body;
    t.match(
      error,
      { code, statusCode: status, message: /\S/, timestamp: /^\d{4}-/, path: /^\//, requestId: /\S/ },
      `${what}: in the envelope`,
    );
    t.equal(answer.headers.get('x-request-id'), error.requestId);
  };

  t.test('every failure has its envelope', async () => {
    const items = '/v1/inventory/items';
    const post = (body: string | Buffer, headers: Record<string, string> = json) =>
      call('POST', items, { headers: { ...key, ...headers }, body });
    isEnvelope(await call('GET', '/nothing'), 404, 'NOT_FOUND', 'an unknown path');
    isEnvelope(await call('GET', '/internal/authenticate'), 404, 'NOT_FOUND', 'an internal path');
    isEnvelope(await call('DELETE', items, { headers: key }), 405, 'METHOD_NOT_ALLOWED', 'another method');
    isEnvelope(await call('GET', items), 401, 'UNAUTHENTICATED', 'no credential');
    isEnvelope(
      await call('GET', items, { headers: { authorization: 'Bearer stk_live_nonsense' } }),
      401,
      'UNAUTHENTICATED',
      'a wrong one',
    );
    isEnvelope(
      await call('GET', items, { headers: { authorization: 'Basic eDp5' } }),
      401,
      'UNAUTHENTICATED',
      'another kind',
    );
    isEnvelope(await post('{"sku":'), 400, 'MALFORMED_BODY', 'bad JSON');
    isEnvelope(await post('{"sku":"A","sku":"B"}'), 400, 'MALFORMED_BODY', 'a duplicate key');
    isEnvelope(await post('{}'), 400, 'VALIDATION_ERROR', 'missing fields');
    isEnvelope(
      await post('<a/>', { 'content-type': 'text/xml' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'another media type',
    );
    isEnvelope(
      await post(Buffer.alloc(10 * 1024 * 1024 + 1, 32)),
      413,
      'PAYLOAD_TOO_LARGE',
      'more than 10 MB',
    );
    isEnvelope(
      await call('GET', `${items}/not-an-id`, { headers: key }),
      400,
      'VALIDATION_ERROR',
      'a malformed id',
    );
    isEnvelope(await call('GET', `${items}/${uuid}`, { headers: key }), 404, 'NOT_FOUND', 'an unknown id');
    isEnvelope(
      await call('GET', `${items}?nothing=1`, { headers: key }),
      400,
      'VALIDATION_ERROR',
      'an unknown parameter',
    );
    isEnvelope(
      await call('GET', `${items}/%zz`, { headers: key }),
      400,
      'VALIDATION_ERROR',
      'a URL that is none',
    );
    isEnvelope(
      await call('GET', '/v1/admin/tenants', { headers: key }),
      403,
      'FORBIDDEN',
      "the operator's, by an owner",
    );
    isEnvelope(
      await call('GET', items, { headers: operator }),
      403,
      'FORBIDDEN',
      "a tenant's, by the operator",
    );
  });

  t.test('headers', async (t) => {
    const { headers } = await call('GET', '/v1/inventory/sites', {
      headers: { ...key, 'x-request-id': 'my-id.1' },
    });
    const expected = {
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': 'geolocation=(), microphone=(), camera=()',
      'x-request-id': 'my-id.1',
    };
    for (const [name, value] of Object.entries(expected)) t.equal(headers.get(name), value, name);
    t.match(headers.get('content-security-policy'), /default-src 'none'/);
    t.equal(headers.get('strict-transport-security'), null, 'only under TLS');
    for (const name of ['server', 'x-powered-by', 'x-stockade-revoked'])
      t.equal(headers.get(name), null, `no ${name}`);
    for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'])
      t.match(headers.get(name), /^\d+$/, name);
    const odd = await call('GET', '/v1/inventory/sites', { headers: { ...key, 'x-request-id': 'a b"c' } });
    t.match(odd.headers.get('x-request-id'), /^[0-9a-f-]{36}$/, 'an odd id is not taken over');
    const elsewhere = await call('GET', '/v1/inventory/sites', {
      headers: { ...key, origin: 'https://evil.example' },
    });
    t.equal(elsewhere.headers.get('access-control-allow-origin'), null);
    const local = await call('GET', '/v1/inventory/sites', {
      headers: { ...key, origin: 'http://localhost:5173' },
    });
    t.equal(local.headers.get('access-control-allow-origin'), 'http://localhost:5173');
  });

  t.test('a forged principal lets nobody in', async (t) => {
    const forged = {
      'x-stockade-principal': 'eyJhbGciOiJub25lIn0.e30.',
      'x-stockade-client-ip': '127.0.0.1',
    };
    t.equal((await call('GET', '/v1/inventory/items', { headers: forged })).status, 401);
    const { port } = await stack.process('inventory');
    for (const headers of [{}, forged, key]) {
      const direct = await fetch(`http://127.0.0.1:${port}/v1/inventory/items`, { headers });
      t.equal(direct.status, 401, 'a service called directly');
      t.match(await direct.json(), { error: { code: 'UNAUTHENTICATED' } });
    }
  });

  t.test('a session, its CSRF token and its end', async (t) => {
    const { email, password } = credentials;
    const login = await call('POST', '/v1/auth/login', {
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    t.equal(login.status, 200);
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? '';
    const { csrfToken } = login.body;
    const change = (headers: Record<string, string>) =>
      call('POST', '/v1/inventory/sites', {
        headers: { cookie, ...json, ...headers },
        body: `{"code":"C${Math.random().toString(36).slice(2, 8)}","name":"S"}`,
      });
    const good = { origin: url, 'x-csrf-token': csrfToken };
    t.equal((await change(good)).status, 201);
    for (const [what, headers] of Object.entries({
      'no token': { origin: url },
      'a wrong token': { ...good, 'x-csrf-token': `${csrfToken.slice(0, -1)}x` },
      'no origin': { 'x-csrf-token': csrfToken },
      'another origin': { ...good, origin: 'https://evil.example' },
    })) {
      t.match(
        await change(headers as Record<string, string>),
        { status: 403, body: { error: { code: 'CSRF_FAILED' } } },
        what,
      );
    }
    t.match((await call('GET', '/v1/auth/session', { headers: { cookie } })).body, {
      user: { email },
      csrfToken,
    });
    t.equal((await call('POST', '/v1/auth/logout', { headers: { cookie, ...good } })).status, 204);
    t.equal((await call('GET', '/v1/auth/session', { headers: { cookie } })).status, 401, 'dead at once');
    t.equal((await call('GET', '/v1/auth/session')).status, 401);
  });

  t.test('a revoked key is dead at once', async (t) => {
    const made = await call('POST', '/v1/identity/api-keys', {
      headers: { ...key, ...json },
      body: '{"name":"x","scopes":["inventory:read"]}',
    });
    const headers = { authorization: `Bearer ${made.body.key}` };
    t.equal((await call('GET', '/v1/inventory/items', { headers })).status, 200);
    t.equal((await call('GET', '/v1/purchasing/suppliers', { headers })).status, 403, 'its scopes hold');
    t.equal((await call('DELETE', `/v1/identity/api-keys/${made.body.id}`, { headers: key })).status, 204);
    t.equal((await call('GET', '/v1/inventory/items', { headers })).status, 401);
  });

  t.test('idempotency, through the gateway', async (t) => {
    const body = '{"code":"IDEM","name":"Once"}';
    const post = (text: string) =>
      call('POST', '/v1/inventory/sites', {
        headers: { ...key, ...json, 'idempotency-key': 'edge-1' },
        body: text,
      });
    const answers = await Promise.all([post(body), post(body), post(body)]);
    const done = answers.filter((answer) => answer.status === 201);
    t.ok(done.length >= 1 && answers.every((answer) => [201, 409].includes(answer.status)));
    t.match(await post(body), { status: 201, body: { id: done[0]?.body.id } });
    t.equal((await post(body)).headers.get('idempotency-replayed'), 'true');
    isEnvelope(await post('{"code":"OTHER","name":"Twice"}'), 422, 'IDEMPOTENCY_MISMATCH', 'another body');
  });

  t.test('of 200 reads at once exactly 100 pass a limit of 100', async (t) => {
    const person = { email: 'reader@demo.example', password: 'Reads-a-lot-2026' };
    await call('POST', '/v1/identity/users', {
      headers: { ...key, ...json },
      body: JSON.stringify({ ...person, name: 'R', role: 'viewer' }),
    });
    const login = await call('POST', '/v1/auth/login', { headers: json, body: JSON.stringify(person) });
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call('GET', '/v1/inventory/sites', { headers: { cookie } })),
    );
    t.equal(answers.filter((answer) => answer.status === 200).length, 100);
    const refused = answers.filter((answer) => answer.status === 429);
    t.equal(refused.length, 100);
    t.match(refused[0]?.body.error, { code: 'RATE_LIMITED' });
    t.match(refused[0]?.headers.get('retry-after'), /^[1-9]\d*$/);
    t.equal(refused[0]?.headers.get('ratelimit-remaining'), '0');
    t.equal(
      (await call('GET', '/v1/inventory/sites', { headers: key })).status,
      200,
      'others are not concerned',
    );
  });

  t.test('five sign-ins for an account, then none', async (t) => {
    const attempt = () =>
      call('POST', '/v1/auth/login', {
        headers: json,
        body: '{"email":"guessed@demo.example","password":"Guess-1234567"}',
      });
    const statuses = [];
    for (let at = 0; at < 7; at++) statuses.push((await attempt()).status);
    t.strictSame(statuses, [401, 401, 401, 401, 401, 429, 429]);
  });

  t.test('health, metrics, the document and the explorer', async (t) => {
    t.match(await call('GET', '/health/live'), { status: 200, body: { status: 'ok' } });
    t.match(await call('GET', '/health?type=live'), { status: 200 });
    t.match(await call('GET', '/health/ready'), { status: 200, body: { status: 'ok' } });
    t.equal((await call('GET', '/health/detailed')).status, 401);
    const detailed = await call('GET', '/health/detailed', { headers: operator });
    t.match(detailed.body, { status: 'ok', score: 100, version: /^\d/, uptimeSeconds: Number });
    for (const check of [
      'database',
      'queues',
      'memory',
      'disk',
      'eventLoop',
      'rateLimits',
      'breakers',
      'services',
      'feeds',
    ])
      t.ok(detailed.body.checks[check], check);
    t.equal((await call('GET', '/metrics')).status, 404, 'never on the public port');
    for (const name of ['gateway', 'identity', 'inventory', 'purchasing', 'email-scanning', 'audit']) {
      const { metricsPort } = await stack.process(name);
      const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then((answer) => answer.text());
      for (const metric of [
        'http_request_duration_seconds_count',
        'nodejs_eventloop_lag_seconds',
        'nodejs_gc_duration_seconds',
        'process_resident_memory_bytes',
      ]) {
        t.ok(text.includes(metric), `${name} shows ${metric}`);
      }
      const own =
        name === 'gateway'
          ? ['upstream_breaker_state']
          : ['database_pool_connections', 'queue_jobs', 'outbox_waiting'];
      for (const metric of own) t.ok(text.includes(metric), `${name} shows ${metric}`);
    }
    const document = await call('GET', '/openapi.json');
    t.equal(document.body.openapi, '3.1.0');
    t.equal(
      (
        await call('GET', '/openapi.json', {
          headers: { 'if-none-match': String(document.headers.get('etag')) },
        })
      ).status,
      304,
    );
    const docs = await fetch(`${url}/docs`);
    const page = await docs.text();
    t.equal(docs.status, 200);
    t.notMatch(page, /(src|href)="https?:/, 'nothing is loaded from elsewhere');
    t.match(docs.headers.get('content-security-policy'), /default-src 'none'/);
  });

  t.test('the operator sees queues, and replays what died', async (t) => {
    const queues = await call('GET', '/v1/admin/queues', { headers: operator });
    t.strictSame(queues.body.data.map((queue: { name: string }) => queue.name).sort(), [
      'audit',
      'email-scanning',
      'email-scanning.scan',
      'identity',
      'inventory',
      'purchasing',
    ]);
    t.equal((await call('GET', '/v1/admin/queues', { headers: key })).status, 403);
    t.match(await call('GET', '/v1/admin/queues/inventory/dead-letters', { headers: operator }), {
      status: 200,
      body: { data: [], nextCursor: null },
    });
    t.equal((await call('GET', '/v1/admin/queues/nothing/dead-letters', { headers: operator })).status, 404);
    const missing = await call('POST', `/v1/admin/queues/inventory/dead-letters/${uuid}/replay`, {
      headers: operator,
    });
    isEnvelope(missing, 404, 'NOT_FOUND', 'an unknown dead letter');
    t.match(missing.body.error.path, /^\/v1\/admin\//);
    const discard = (body: string, who: Record<string, string> = operator) =>
      call('POST', '/v1/admin/queues/inventory/dead-letters/discard', { headers: { ...who, ...json }, body });
    isEnvelope(await discard('{}'), 400, 'VALIDATION_ERROR', 'nothing is given up without a reason');
    t.match(await discard('{"note":"none of them matters"}'), {
      ...{ status: 200, body: { resolved: 0, remaining: 0 } },
    });
    t.equal((await discard('{"note":"x"}', key)).status, 403);
  });

  t.test('a service that is down is a 503 with Retry-After; the rest keeps working', async (t) => {
    const { pid } = await stack.process('inventory');
    process.kill(pid, 'SIGKILL');
    const down = await eventually('it is missed', async () => {
      const answer = await call('GET', '/v1/inventory/items', { headers: key });
      return answer.status === 503 && answer;
    });
    isEnvelope(down, 503, 'SERVICE_UNAVAILABLE', 'down');
    t.match(down.headers.get('retry-after'), /^\d+$/);
    t.equal((await call('GET', '/v1/purchasing/suppliers', { headers: key })).status, 200);
    t.match((await call('GET', '/health/ready')).status, 200, 'readiness stays, degraded');
    await eventually(
      'it is back',
      async () => (await call('GET', '/v1/inventory/items', { headers: key })).status === 200,
    );
  });
});
