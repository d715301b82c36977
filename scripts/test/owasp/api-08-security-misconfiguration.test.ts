import { isPublic } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { inside, request, signIn, startPlatform } from './platform.ts';

const platform = await startPlatform(t);
const { url, key, operator, stack } = platform;
const nobodysId = '0190a0a0-0000-7000-8000-000000000000';
const filled = (path: string) => path.replaceAll(/:\w+/g, nobodysId);
const operations = allOperations.filter(isPublic);

/** What each answer carries, whatever it is. */
const expected: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^strict-origin-when-cross-origin$/,
  'permissions-policy': /geolocation=\(\), microphone=\(\), camera=\(\)/,
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-request-id': /^[\w.-]+$/,
  // Nothing is kept by caches that others share; what has a tag may be kept by its reader, who asks before he uses it.
  'cache-control': /^(no-store|private, no-cache)$/,
};
const never = [
  'server',
  'x-powered-by',
  'x-aspnet-version',
  'via',
  'x-stockade-principal',
  'x-stockade-revoked',
  'x-stockade-client-ip',
];

t.test('headers of every operation, whether it is answered or refused', async (t) => {
  const wrong: string[] = [];
  for (const { id, method, path } of operations) {
    if (id === 'logout') continue;
    for (const headers of [{}, key, operator]) {
      const answer = await request(`${url}${filled(path)}`, method, headers as Record<string, string>);
      for (const [name, value] of Object.entries(expected))
        if (!value.test(answer.headers.get(name) ?? ''))
          wrong.push(`${id} ${answer.status}: ${name} is ${answer.headers.get(name)}`);
      for (const name of never) if (answer.headers.has(name)) wrong.push(`${id}: shows ${name}`);
      if (
        answer.text &&
        !/^(application\/json|text\/csv|message\/rfc822)/.test(answer.headers.get('content-type') ?? '')
      )
        wrong.push(`${id}: ${answer.headers.get('content-type')}`);
      if (inside.test(answer.text)) wrong.push(`${id}: tells of the inside: ${answer.text.slice(0, 200)}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test('what holds a token or a key is kept by nobody', async (t) => {
  const { cookie } = await signIn(url, stack.credentials.email, stack.credentials.password);
  const session = await request(`${url}/v1/auth/session`, 'GET', { cookie });
  t.ok(session.body.csrfToken);
  t.equal(session.headers.get('cache-control'), 'no-store');
  const login = await signIn(url, stack.credentials.email, stack.credentials.password);
  t.equal(login.reply.headers.get('cache-control'), 'no-store');
});

t.test('no answer to another site: CORS', async (t) => {
  for (const origin of [
    'https://evil.example',
    'null',
    `${url}.evil.example`,
    url.replace('127.0.0.1', '127.0.0.1.evil.example'),
    'http://localhost.evil.example',
    'file://',
    'https://127.0.0.1@evil.example',
  ]) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await request(`${url}/v1/inventory/items`, method, {
        ...key,
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      });
      t.equal(headers.get('access-control-allow-origin'), null, `${method} from ${origin}`);
    }
  }
  const own = await request(`${url}/v1/inventory/items`, 'OPTIONS', {
    origin: url,
    'access-control-request-method': 'POST',
  });
  t.equal(own.headers.get('access-control-allow-origin'), url);
  t.not(own.headers.get('access-control-allow-origin'), '*');
  t.match(own.headers.get('vary'), /origin/i, 'no cache gives it to another');
});

t.test('nothing lies about: files, consoles and debuggers', async (t) => {
  for (const path of [
    '/.git/config',
    '/.env',
    '/package.json',
    '/src/app.ts',
    '/../package.json',
    '/%2e%2e/package.json',
    '/server-status',
    '/actuator',
    '/debug',
    '/console',
    '/phpinfo.php',
    '/swagger.json',
    '/graphql',
    '/metrics',
    '/node_modules/',
    '/docs/../package.json',
    '/docs/%2e%2e/%2e%2e/package.json',
    '/docs/..%2f..%2fpackage.json',
    '/robots.txt',
    '/backup.sql',
  ]) {
    const { status, text } = await request(`${url}${path}`, 'GET', key);
    t.ok([400, 404].includes(status), `${path}: ${status}`);
    t.notMatch(text.replaceAll(path, ''), inside);
  }
});

t.test('TRACE and CONNECT are not for this server, and nothing lists a folder', async (t) => {
  for (const path of ['/', '/v1', '/v1/', '/v1/inventory', '/docs/', '/health/']) {
    const { text } = await request(`${url}${path}`, 'GET');
    t.notMatch(text, /index of|<li><a href/i, path);
  }
});

t.test('there is no password that everybody knows', async (t) => {
  for (const [email, password] of [
    [stack.credentials.email, 'password'],
    [stack.credentials.email, 'owner'],
    [stack.credentials.email, 'demo'],
    [stack.credentials.email, 'Stockade-2026'],
    ['admin@demo.example', 'admin'],
    ['admin', 'admin'],
  ] as const) {
    const { reply } = await signIn(url, email, password);
    t.ok([400, 401].includes(reply.status), `${email} ${password}`);
  }
  t.ok(stack.credentials.password.length >= 24, 'what it starts with is made anew');
});

t.test('only what the health check is for is open to anybody', async (t) => {
  for (const { id, method, path, access } of operations) {
    if (access === 'public') continue;
    t.equal((await request(`${url}${filled(path)}`, method)).status, 401, id);
  }
  const live = await request(`${url}/health/live`, 'GET');
  t.strictSame(Object.keys(live.body), ['status'], 'which tells no version');
  t.strictSame(
    operations
      .filter(({ access }) => access === 'public')
      .map(({ id }) => id)
      .filter((id) => !/login|inbound|password|invitation|passkey|mfa|email/i.test(id)),
    [],
    'what needs no credential is about getting one, or is signed',
  );
});

t.test('services and their metrics listen on this machine alone', async (t) => {
  for (const name of ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit']) {
    const { port, metricsPort } = await stack.process(name);
    t.equal(
      (await request(`http://127.0.0.1:${port}/v1/inventory/items`, 'GET', key)).status,
      name === 'inventory' ? 401 : 404,
    );
    t.ok(metricsPort > 0 && metricsPort !== port, 'metrics have a port of their own');
  }
});
