import t from 'tap';
import { json, request, signIn, startPlatform } from './platform.ts';

// The limit of sign-ins as it is by default; everything else out of the way.
const platform = await startPlatform(t, { RATE_LIMIT_AUTH_MAX: '5' });
const { url, stack } = platform;
const { email, password } = stack.credentials;
const session = (cookie: string) => request(`${url}/v1/auth/session`, 'GET', { cookie });

t.test('brute force: five attempts at an account, whatever its address is written like', async (t) => {
  const victim = await platform.newPerson('manager');
  const statuses: number[] = [];
  const spellings = [victim.email, victim.email.toUpperCase(), ` ${victim.email}`, `${victim.email} `];
  for (let at = 0; at < 12; at++) {
    const { reply } = await signIn(url, spellings[at % 4] as string, `Guess-number-${at}`);
    statuses.push(reply.status);
  }
  t.ok(statuses.filter((status) => status !== 429).length <= 5, statuses.join());
  t.equal(statuses.at(-1), 429);
  const { reply } = await signIn(url, victim.email, victim.password);
  t.equal(reply.status, 429, 'the right one does not come through either: an answer would tell it');
  t.match(reply.headers.get('retry-after'), /^[1-9]/);
});

t.test('brute force: what a caller says of where it comes from changes nothing', async (t) => {
  const victim = await platform.newPerson('viewer');
  const statuses = [];
  for (let at = 0; at < 8; at++) {
    const from = `203.0.113.${at}`;
    const claims = {
      'x-forwarded-for': from,
      'x-real-ip': from,
      forwarded: `for=${from}`,
      'x-stockade-client-ip': from,
    };
    statuses.push((await signIn(url, victim.email, `Guess-number-${at}`, claims)).reply.status);
  }
  t.strictSame(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
});

t.test('at once: of fifty guesses at the same moment five are looked at', async (t) => {
  const victim = await platform.newPerson('viewer');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => signIn(url, victim.email, `Guess-number-${at}`)),
  );
  t.equal(answers.filter(({ reply }) => reply.status === 401).length, 5);
  t.equal(answers.filter(({ reply }) => reply.status === 429).length, 45);
});

t.test('who exists is told by no answer', async (t) => {
  const known = await platform.newPerson('viewer');
  const disabled = await platform.newPerson('viewer');
  await platform.owner.call('PATCH', `/v1/identity/users/${disabled.id}`, { body: { status: 'disabled' } });
  const told = async (address: string, secret: string) => {
    const { reply } = await signIn(url, address, secret);
    const { message, code } = reply.body.error;
    return JSON.stringify([reply.status, code, message, [...reply.headers.keys()].sort()]);
  };
  const wrong = await told(known.email, 'Not-their-password-1');
  t.equal(await told('nobody@owasp.example', 'Not-their-password-1'), wrong, 'an address that nobody has');
  t.equal(await told(disabled.email, disabled.password), wrong, 'one of a user who is disabled');
  t.match(wrong, /^\[401,"INVALID_CREDENTIALS"/);
});

t.test("who exists is told by no answer's time", async (t) => {
  const known = await platform.newPerson('viewer');
  // Each attempt with an address of its own, as the limit goes by account; the shortest time is the least disturbed.
  const shortest = async (address: () => string) => {
    const times = [];
    for (let at = 0; at < 5; at++) {
      const started = performance.now();
      await signIn(url, address(), 'Not-their-password-1');
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  };
  const [real, none] = [
    await shortest(() => known.email),
    await shortest(() => `nobody-${Math.random()}@x.example`),
  ];
  t.ok(
    none > real / 3,
    `a password is worked at for nobody as well: ${none.toFixed(1)} and ${real.toFixed(1)} ms`,
  );
});

t.test('session fixation: a session that was there before is none', async (t) => {
  const planted = 'stockade_session=planted-by-somebody-else';
  const first = await signIn(url, email, password, { cookie: planted });
  t.equal(first.reply.status, 200);
  t.not(first.cookie, planted);
  t.equal((await session(planted)).status, 401);
  const second = await signIn(url, email, password, { cookie: first.cookie });
  t.not(second.cookie, first.cookie, 'each sign-in makes a new one');
  t.ok((second.cookie.split('=')[1] ?? '').length >= 43, '256 bits');
  const both = await session(`${planted}; ${second.cookie}`);
  t.not(both.status, 500);
  t.equal(
    (await request(`${url}/v1/auth/session?stockade_session=${first.cookie.split('=')[1]}`, 'GET')).status,
    401,
    'in a URL it is nothing',
  );
});

t.test('the cookie is for this site, for HTTP and for this browser alone', async (t) => {
  const person = await platform.newPerson('viewer');
  const { setCookie } = await signIn(url, person.email, person.password);
  t.match(setCookie, /; HttpOnly/);
  t.match(setCookie, /; SameSite=Strict/);
  t.match(setCookie, /; Path=\//);
  t.match(setCookie, /; Max-Age=\d+/);
  t.notMatch(setCookie, /; Domain=/i);
});

t.test(
  'invalidation: logout, a new password, another role, disabling and removal end every session',
  async (t) => {
    const open = async () => {
      const person = await platform.newPerson('operator');
      const [a, b] = [
        await signIn(url, person.email, person.password),
        await signIn(url, person.email, person.password),
      ];
      t.equal((await session(a.cookie)).status, 200);
      t.equal((await session(b.cookie)).status, 200);
      return { person, a, b };
    };
    const users = '/v1/identity/users';
    const endings: Record<string, (id: string) => Promise<{ status: number }>> = {
      'a new password': (id) =>
        platform.owner.call('PATCH', `${users}/${id}`, { body: { password: 'Another-good-horse-9' } }),
      'another role': (id) => platform.owner.call('PATCH', `${users}/${id}`, { body: { role: 'viewer' } }),
      disabling: (id) => platform.owner.call('PATCH', `${users}/${id}`, { body: { status: 'disabled' } }),
      removal: (id) => platform.owner.call('DELETE', `${users}/${id}`),
    };
    for (const [what, end] of Object.entries(endings)) {
      const { person, a, b } = await open();
      t.ok((await end(person.id)).status < 300, what);
      t.equal((await session(a.cookie)).status, 401, `${what}: the first is dead at once`);
      t.equal((await session(b.cookie)).status, 401, `${what}: the second too`);
    }
    const { person, a, b } = await open();
    const page = { cookie: a.cookie, 'x-csrf-token': a.csrfToken, origin: url };
    t.equal((await request(`${url}/v1/auth/logout`, 'POST', page)).status, 204);
    t.equal((await session(a.cookie)).status, 401, 'logout: it is dead at once');
    t.equal((await session(b.cookie)).status, 200, 'and no other');
    const other = { cookie: b.cookie, 'x-csrf-token': b.csrfToken, origin: url, ...json };
    const change = (currentPassword: string) =>
      request(
        `${url}/v1/auth/password`,
        'POST',
        other,
        JSON.stringify({ currentPassword, newPassword: 'A-new-battery-horse-1' }),
      );
    t.equal((await change('not the current one')).status, 403, 'a stolen session changes no password');
    t.equal((await change(person.password)).status, 200);
    t.equal((await session(b.cookie)).status, 401, 'with the password every session ends');
  },
);

t.test('weak and well-known passwords', async (t) => {
  for (const bad of [
    'short1A!',
    'password1234',
    'Password1234!',
    'aaaaaaaaaaaaaaaa',
    'alllowercaseletters',
    'Qwertyuiop123!',
    'x'.repeat(2_000),
  ]) {
    const { status } = await platform.owner.call('POST', '/v1/identity/users', {
      body: { email: `weak-${Math.random()}@owasp.example`, name: 'Weak', role: 'viewer', password: bad },
    });
    t.equal(status, 400, bad.slice(0, 30));
  }
  const { status } = await platform.owner.call('POST', '/v1/identity/users', {
    body: {
      email: 'scripts@owasp.example',
      name: 'Long',
      role: 'viewer',
      password: `Äöü 漢字 ${'Long-Passphrase '.repeat(6)}7`.trim(),
    },
  });
  t.equal(status, 201, 'long ones of any script are welcome');
});

t.test('credentials that are none: in every form, and nowhere but in their header', async (t) => {
  const { apiKey } = stack.credentials;
  const items = `${url}/v1/inventory/items`;
  for (const authorization of [
    ...[
      '',
      'Bearer',
      'Bearer ',
      'Bearer null',
      'Bearer undefined',
      'Basic Og==',
      `Basic ${btoa(`${email}:${password}`)}`,
    ],
    ...[
      `Bearer ${apiKey.slice(0, -1)}`,
      `Bearer ${apiKey}x`,
      `Bearer ${apiKey.toLowerCase()}`,
      `Bearer ${apiKey.slice(0, 9)}`,
    ],
    ...[
      `Bearer stk_live_${'a'.repeat(43)}_aaaaaa`,
      `Bearer ${'x'.repeat(4_000)}`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      `Token ${apiKey}`,
    ],
  ])
    t.equal((await request(items, 'GET', { authorization })).status, 401, authorization.slice(0, 40));
  for (const path of [`?api_key=${apiKey}`, `?access_token=${apiKey}`, `?key=${apiKey}`])
    t.equal((await request(`${items}${path}`, 'GET')).status, 401, 'in the URL');
  t.equal((await request(items, 'GET', { 'x-api-key': apiKey })).status, 401, 'in another header');
  t.equal(
    (await request(items, 'GET', { cookie: `stockade_session=${apiKey}` })).status,
    401,
    'in the cookie',
  );
  t.equal((await request(items, 'GET', { authorization: `Bearer ${apiKey}` })).status, 200);
});
